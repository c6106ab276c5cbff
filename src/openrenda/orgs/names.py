"""What a name may hold."""

import re
import unicodedata

from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}  # controls, invisible marks, halves of characters, line breaks
_ALIGNING_SPACE = re.compile(r"(?<=[^\x00-\u024f])\s+(?=[^\x00-\u024f])")  # 张　三, as rosters align two characters
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
