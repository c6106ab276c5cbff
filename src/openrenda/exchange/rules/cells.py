"""Cells that would start a program when the file is opened in Excel or WPS are made plain text (OWASP: CSV injection).

Excel and WPS take a text that begins with one of these for a formula; with a tab or a carriage return before it, too.
"""

import unicodedata
from collections.abc import Iterable

STARTS = frozenset("=+-@\t\r\n")
_PLAIN_NUMBER = frozenset("0123456789.,")


def neutralised(text: str) -> str:
    """The same text with an apostrophe before it where a spreadsheet would calculate it. Numbers stay numbers.

    Full-width look-alikes (＝＋－＠) count too: some programs fold them. Doing it twice changes nothing more.
    """
    return f"'{text}" if is_dangerous(text) else text


def is_dangerous(text: str) -> bool:
    """Would a spreadsheet calculate this text? Signs before a plain number (-12.5) only make a number."""
    first = text.lstrip(" \u3000\ufeff")[:1]
    if not first or unicodedata.normalize("NFKC", first) not in STARTS:
        return False
    return first not in "+-" or not _is_number(text.strip()[1:])


def _is_number(digits: str) -> bool:
    return bool(digits) and digits[0].isdigit() and digits.count(".") < 2 and _PLAIN_NUMBER.issuperset(digits)


def neutralised_row(cells: Iterable[str]) -> list[str]:
    """A whole row for a CSV writer."""
    return [neutralised(cell) for cell in cells]


def restored(text: str) -> str:
    """What stood there before it was neutralised: our own exports come in again unchanged."""
    return text[1:] if text.startswith("'") and is_dangerous(text[1:]) else text
