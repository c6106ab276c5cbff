"""From a workbook's cell to text: numbers, days, answers, results of formulas that Excel has kept."""

import math
import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from openrenda.kernel.text import N_

NO_RESULT = N_("这一格是公式，文件里没有它的计算结果；请用 Excel 打开并保存，或粘贴为数值")
ERROR_VALUE = N_("这一格是错误值（如 #REF!、#N/A），请改成正确的内容")
BAD_NUMBER = N_("这一格的数字读不出来")
TOO_LONG = N_("这一格的内容太长")
BUILTIN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of formats that are days or times; 27 to 36 and 50 to 58 are those of Chinese Excel."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Unread(Exception):
    """A cell that cannot be read; the reason is a msgid."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_day_format(number: int, code: str) -> bool:
    """Does this number format show a day or a time?"""
    return number in BUILTIN_DATES or bool(code and is_date_format(code))


def number_text(raw: str, *, is_day: bool, from_1904: bool) -> str:
    """A number as a reader writes it: 41, 12.5, 13800005837, 2025-03-06, 2025-03-06 09:30."""
    try:
        value = float(raw)
    except ValueError:
        raise Unread(BAD_NUMBER) from None
    if not math.isfinite(value):
        raise Unread(BAD_NUMBER)
    if is_day and 0 <= value < 2_958_466:  # beyond is 31 December 9999
        return _moment_text(from_excel(value, MAC_EPOCH if from_1904 else WINDOWS_EPOCH))
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    try:
        return format(Decimal(f"{value:.15g}"), "f")
    except InvalidOperation:
        raise Unread(BAD_NUMBER) from None


def _moment_text(moment: object) -> str:
    if isinstance(moment, datetime):
        whole_day = moment.hour == moment.minute == moment.second == 0
        return moment.strftime("%Y-%m-%d" if whole_day else "%Y-%m-%d %H:%M")
    if isinstance(moment, time):
        return moment.strftime("%H:%M")
    return moment.isoformat() if isinstance(moment, date) else ""


def iso_text(raw: str) -> str:
    """A cell of the type "d": an ISO day, with its time when there is one."""
    day, _, clock = raw.strip().partition("T")
    return day if not clock or clock.startswith("00:00:00") else f"{day} {clock[:5]}"


def plain_text(raw: str) -> str:
    """Excel writes characters that XML forbids as _x000D_; line breaks are one kind."""
    if "_x" in raw:
        raw = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), raw)
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isprintable() else "".join(c for c in text if c in "\n\t" or _may_stand(c))


def _may_stand(char: str) -> bool:
    """No controls, no halves of characters."""
    return char >= " " and not "\ud800" <= char <= "\udfff"
