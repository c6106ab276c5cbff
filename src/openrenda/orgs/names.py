"""Names: pinyin and initials for finding people; what a name may hold."""

import re
import unicodedata

from pypinyin import lazy_pinyin

from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}  # controls, invisible marks, halves of characters, line breaks
_ALIGNING_SPACE = re.compile(r"(?<=[^\x00-\u024f])\s+(?=[^\x00-\u024f])")  # 张　三, as rosters align two characters
# Family names that are read otherwise than the dictionary's first reading.
_FAMILY = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "朴": "piao", "查": "zha", "盖": "ge",
    "缪": "miao", "任": "ren", "翟": "zhai", "乐": "yue", "冼": "xian", "牟": "mou", "种": "chong", "折": "she",
    "员": "yun", "尉迟": "yu chi", "万俟": "mo qi", "单于": "chan yu", "长孙": "zhang sun",
}  # fmt: skip
_DOTS = {"•": "·", "‧": "·", "・": "·", "･": "·", "●": "·"}


class BadName(Invalid):
    code = "orgs.bad_name"
    message = N_("姓名不能为空，也不能含有换行或控制符。")
    remedy = N_("请填写 1 至 60 个字符的姓名，可含生僻字和“·”。")


def clean_name(raw: str) -> str:
    """The name as it is kept: NFC, one middle dot for all its look-alikes, no spaces that only align; CJK extensions
    are left as they are, also those newer than this Python's tables."""
    name = unicodedata.normalize("NFC", raw).strip()
    for dot, middle in _DOTS.items():
        name = name.replace(dot, middle)
    if not name or len(name) > 60 or any(unicodedata.category(c) in _HIDDEN for c in name):
        raise BadName(fields={"name": BadName.message})
    return _ALIGNING_SPACE.sub("", name)


def pinyin_of(name: str) -> tuple[str, str]:
    """(full pinyin without spaces or dots, initials), lower case; characters without a reading stay themselves."""
    family = next((name[:n] for n in (2, 1) if name[:n] in _FAMILY and len(name) > n), "")
    syllables = [*_FAMILY.get(family, "").split(), *lazy_pinyin(name[len(family) :].replace("·", ""))]
    initials = "".join(syllable[0] if syllable.isascii() else syllable for syllable in syllables)
    return "".join(syllables).lower()[:200], initials.lower()[:60]
