"""Numbers in words."""

import re

_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")}


def chinese_number(text: str) -> int:
    """第十六届 → 16; digits are taken as they are. ValueError when there is no number (0 to 99)."""
    if found := re.search(r"\d+", text):
        return int(found.group())
    found = re.search(r"[零一二三四五六七八九十]+", text)
    if found is None:
        raise ValueError(text)
    tens, ten, ones = found.group().rpartition("十")
    if not ten:
        return _DIGITS[found.group()]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
