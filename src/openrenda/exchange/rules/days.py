"""Dates as offices write them."""

import re
import unicodedata
from datetime import date, timedelta

from openrenda.kernel.text import N_

NO_YEAR = N_("“{value}”没有写年份，请写成 2025-03-06")
NO_DATE = N_("“{value}”不是日期，应写成 2025-03-06")
NO_SUCH_DAY = N_("“{value}”这一天不存在")
_FULL = re.compile(r"(\d{4})\s*(?:[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?)")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.0+)?")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_SHORT = re.compile(r"\d{1,2}\s*(?:月\s*\d{1,2}\s*[日号]?|[-/.]\s*\d{1,2})")
_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, the year 1900 being a leap year there."""


class BadDay(ValueError):
    """`reason` is the msgid that says how to mend it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_day(raw: str) -> date:
    """2025-3-6, 2025/03/06, 2025.3.6, 2025年3月6日, 20250306, an Excel serial number; a time of day is dropped.

    Raises BadDay: a day without its year is not guessed.
    """
    text = _TIME.sub("", unicodedata.normalize("NFKC", raw).strip())
    if found := _FULL.fullmatch(text):
        year, *rest = (int(part) for part in found.groups() if part)
        return _day(year, rest[0], rest[1])
    if found := _PACKED.fullmatch(text):
        return _day(*(int(part) for part in found.groups()))
    if _SERIAL.fullmatch(text):
        return _ZERO + timedelta(days=int(float(text)))
    raise BadDay(NO_YEAR if _SHORT.fullmatch(text) else NO_DATE)


def _day(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2200:
        raise BadDay(NO_DATE)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDay(NO_SUCH_DAY) from None
