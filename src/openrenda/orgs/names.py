"""Names: pinyin and initials for finding people; what a name may hold."""

import unicodedata

from pypinyin import Style, lazy_pinyin

from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_

_DOTS = {"•": "·", "‧": "·", "・": "·", "･": "·", "●": "·"}


class BadName(Invalid):
    code = "orgs.bad_name"
    message = N_("姓名不能为空，也不能含有换行或控制符。")
    remedy = N_("请填写 1 至 60 个字符的姓名，可含生僻字和“·”。")


def clean_name(raw: str) -> str:
    """The name as it is kept: NFC, one middle dot for all its look-alikes; CJK extensions are left as they are."""
    name = unicodedata.normalize("NFC", raw).strip()
    for dot, middle in _DOTS.items():
        name = name.replace(dot, middle)
    if not name or len(name) > 60 or any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in name):
        raise BadName(fields={"name": BadName.message})
    return name


def pinyin_of(name: str) -> tuple[str, str]:
    """(full pinyin without spaces, initials), lower case; characters without a reading stay themselves."""
    full = "".join(lazy_pinyin(name)).lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return full[:200], initials[:60]
