"""Text as a cell can hold it."""

import re

from .cells import neutralised

LONGEST = 32_767
"""Characters in a cell of Excel, counted as UTF-16 does."""

CUT = "……（超过一格能放下的长度，后面的没有导出）"
# What XML, and so an .xlsx, cannot hold; and halves of characters, which no encoding can.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def cell_text(text: str) -> str:
    """The text without control characters, with plain line ends, neutral, and cut, saying so, if it is too long."""
    clean = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _fitting(neutralised(clean))


def _fitting(text: str) -> str:
    if 2 * len(text) <= LONGEST or _units(text) <= LONGEST:
        return text
    room = (LONGEST - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
