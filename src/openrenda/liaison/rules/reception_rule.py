"""Reception rules as stations write them: 每月8日 9:00-11:00, 每周一 15:00-17:30,
每月第一个周五 15:00-16:00, 单月15日 9:00-11:00.

The text is what the public reads; the structure is what dates are made of. A text nobody can parse is kept and
simply makes no dates.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from typing import Any

from openrenda.kernel.workdays import Calendar

_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4, "最后一": -1, "1": 1, "2": 2, "3": 3, "4": 4}
_TIMES = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:：]([0-5]\d)\s*[-—－–~至到]+\s*([01]?\d|2[0-3])[:：]([0-5]\d)(?!\d)")
_MONTH_DAYS = re.compile(r"(每月|单月|双月|每个月)((?:\d{1,2}[日号]?[、,，和]?)+)[日号]")
_NTH = re.compile(r"(每月|单月|双月|每个月)第?(最后一|[一二三四1-4])个?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKLY = re.compile(r"每?(?:周|星期|礼拜)([一二三四五六日天](?:[、,，和][一二三四五六日天])*)")


@dataclass(frozen=True, slots=True)
class ReceptionRule:
    """`days` of the month, or `weekdays` (0 Monday), of which the `nth` each month; `months` 0 all, 1 odd, 2 even."""

    begins: str
    ends: str
    days: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    months: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "ReceptionRule":
        return cls(**{**raw, "days": tuple(raw["days"]), "weekdays": tuple(raw["weekdays"])})

    def times(self) -> tuple[time, time]:
        return time.fromisoformat(self.begins), time.fromisoformat(self.ends)

    def falls_on(self, day: date) -> bool:
        """Is `day` one of the rule's own days (before any moving)?"""
        if self.months and day.month % 2 != self.months % 2:
            return False
        if self.days:
            return day.day in self.days
        if day.weekday() not in self.weekdays:
            return False
        if self.nth == -1:
            return (day + timedelta(days=7)).month != day.month
        return not self.nth or (day.day - 1) // 7 + 1 == self.nth

    def dates(self, first: date, last: date, cal: Calendar) -> Iterator[tuple[date, date]]:
        """(the rule's day, the day it is held) from `first` to `last`: a day off moves to the next working day."""
        day = first
        while day <= last:
            if self.falls_on(day):
                yield day, cal.next_workday(day)
            day += timedelta(days=1)


def parse(text: str) -> ReceptionRule | None:
    """The rule in the text, or None if it says none that we understand."""
    text = text.strip()
    hours = _TIMES.search(text)
    if hours is None:
        return None
    begins = f"{int(hours[1]):02}:{hours[2]}"
    ends = f"{int(hours[3]):02}:{hours[4]}"
    if begins >= ends:
        return None
    before = text[: hours.start()] or text[hours.end() :]
    return _when(before, begins, ends)


def _when(text: str, begins: str, ends: str) -> ReceptionRule | None:
    months = {"单": 1, "双": 2}
    if found := _NTH.search(text):
        return ReceptionRule(
            begins, ends, weekdays=(_WEEKDAYS[found[3]],), nth=_ORDINALS[found[2]], months=months.get(found[1][0], 0)
        )
    if found := _MONTH_DAYS.search(text):
        days = tuple(sorted({int(d) for d in re.findall(r"\d+", found[2])}))
        if all(1 <= day <= 31 for day in days):
            return ReceptionRule(begins, ends, days=days, months=months.get(found[1][0], 0))
        return None
    if found := _WEEKLY.search(text):
        return ReceptionRule(begins, ends, weekdays=tuple(sorted({_WEEKDAYS[c] for c in found[1] if c in _WEEKDAYS})))
    return None
