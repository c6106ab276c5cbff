"""How values are written: dates with their weekday, waiting times, figures. None never becomes a number."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.utils.translation import gettext, ngettext

from openrenda.kernel import clock

from .current import lang

WEEKDAYS = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def t(text: str | None, **params: object) -> str:
    """A marked text (label, error, notice) in the reader's language; {named} parts are filled in: labels translated,
    days (2025-03-06, as facts carry them) written out."""
    if not text:
        return ""
    translated = gettext(str(text))
    if not params:
        return translated
    return translated.format(**{key: _part(value) for key, value in params.items()})


def _part(value: object) -> object:
    if not isinstance(value, str):
        return value
    return day_text(value) if ISO_DAY.fullmatch(value) else t(value)


def day_text(written: str) -> str:
    """2025-03-06, as facts and letters keep it, as 2025年3月6日; what is no day stays as it is."""
    with suppress(ValueError):
        return cdate(date.fromisoformat(written))
    return written


def _day(moment: date | datetime) -> date:
    return clock.local(moment).date() if isinstance(moment, datetime) else moment


def cdate(moment: date | datetime | None) -> str:
    """2025年3月6日"""
    if moment is None:
        return ""
    day = _day(moment)
    if lang() == "en":
        return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def cdate_weekday(moment: date | datetime | None) -> str:
    """2025年3月6日（周四）: where a deadline is meant."""
    if moment is None:
        return ""
    day = _day(moment)
    if lang() == "en":
        return f"{WEEKDAYS_EN[day.weekday()]} {cdate(day)}"
    return f"{cdate(day)}（周{WEEKDAYS[day.weekday()]}）"


def ctime(moment: datetime | None) -> str:
    """09:05, in Shanghai."""
    return "" if moment is None else clock.local(moment).strftime("%H:%M")


def cdatetime(moment: datetime | None) -> str:
    """2025年3月6日 09:05"""
    return "" if moment is None else f"{cdate(moment)} {ctime(moment)}"


def iso(moment: date | datetime | None) -> str:
    """For the datetime attribute of <time>."""
    if moment is None:
        return ""
    return clock.local(moment).isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()


def wait(span: timedelta | int | datetime | date | None) -> str:
    """等了3天: from a span, a number of days, or the moment since when."""
    if span is None:
        return ""
    lasted = _lasted(span)
    if lasted < HOUR:
        return gettext("不到1小时")
    if lasted < DAY:
        hours = lasted // HOUR
        return ngettext("等了%(n)s小时", "等了%(n)s小时", hours) % {"n": hours}
    return ngettext("等了%(n)s天", "等了%(n)s天", lasted.days) % {"n": lasted.days}


def _lasted(span: timedelta | int | datetime | date) -> timedelta:
    if isinstance(span, timedelta):
        return span
    if isinstance(span, int):
        return timedelta(days=span)
    if isinstance(span, datetime):
        return clock.now() - span
    return clock.today() - span


def number(value: float | None, digits: int = 0) -> str:
    """12,345; None is 暂无数据."""
    return gettext("暂无数据") if value is None else f"{value:,.{digits}f}"


def percent(ratio: float | Fraction | None, digits: int = 1) -> str:
    """0.934 → 93.4%; None (nothing to divide by) is 暂无数据, never 0 % or 100 %."""
    return gettext("暂无数据") if ratio is None else f"{float(ratio) * 100:.{digits}f}%"


def initials(name: str) -> str:
    """One or two letters for a round picture: the last two characters of a Chinese name, else first letters."""
    parts = name.replace("·", " ").split()
    if not parts:
        return "·"
    if all(part.isascii() for part in parts):
        return "".join(part[0] for part in parts[:2]).upper()
    return parts[-1][-2:] if len(parts) == 1 else parts[0][:2]


FILTERS = {
    "cdate": cdate,
    "cdate_weekday": cdate_weekday,
    "cdatetime": cdatetime,
    "ctime": ctime,
    "day_text": day_text,
    "initials": initials,
    "iso": iso,
    "number": number,
    "percent": percent,
    "wait": wait,
}
