"""Working days of the State Council's notices: weekends, holidays, and weekends worked instead (调休).

`Calendar` is a value: notices from the chinesecalendar package, overridden by `CalendarDay` rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from chinese_calendar.constants import holidays as _notice_holidays
from chinese_calendar.constants import workdays as _notice_workdays

from .enums import Labelled
from .text import N_

ONE_DAY = timedelta(days=1)


class DayKind(Labelled):
    """What a day is."""

    WORKDAY = "workday", N_("工作日")
    WEEKEND = "weekend", N_("周末")
    HOLIDAY = "holiday", N_("法定节假日")
    MAKEUP = "makeup", N_("调休上班日")


_NOTICES_UNTIL = date(max(day.year for day in _notice_holidays), 12, 31)


def notices_until() -> date:
    """The last day of the last year for which the package carries the State Council's notice."""
    return _NOTICES_UNTIL


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. `overrides` beat the notices; years without a notice fall back to weekends."""

    overrides: Mapping[date, DayKind] = field(default_factory=dict)

    @property
    def covered_until(self) -> date:
        """Last day known by notice, or by an override of a later year (one row claims its year)."""
        years = [day.year for day in self.overrides]
        return max(notices_until(), date(max(years), 12, 31)) if years else notices_until()

    def kind(self, day: date) -> DayKind:
        """What `day` is, and thereby why it counts or does not."""
        if day in self.overrides:
            return self.overrides[day]
        weekend = day.weekday() >= 5
        if day in _notice_workdays:
            return DayKind.MAKEUP if weekend else DayKind.WORKDAY
        if day in _notice_holidays:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if weekend else DayKind.WORKDAY

    def is_workday(self, day: date) -> bool:
        return self.kind(day) in (DayKind.WORKDAY, DayKind.MAKEUP)

    def next_workday(self, day: date) -> date:
        """`day` itself if it is worked, else the first worked day after it."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def days(self, start: date, end: date) -> Iterator[date]:
        """Days after `start` up to and including `end`."""
        while start < end:
            start += ONE_DAY
            yield start

    def add(self, start: date, count: int) -> date:
        """The `count`-th working day after `start` (the start day is not counted, 民法典 §201)."""
        if count < 0:
            raise ValueError(f"working days are counted forwards, not {count}")
        day = start
        while count > 0:
            day += ONE_DAY
            count -= self.is_workday(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        if end < start:
            return -self.between(end, start)
        return sum(self.is_workday(day) for day in self.days(start, end))
