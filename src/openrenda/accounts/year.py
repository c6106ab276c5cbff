"""A calendar year as its page shows it."""

import calendar as gregorian
from dataclasses import dataclass
from datetime import date

from openrenda.kernel import asked, clock
from openrenda.kernel.calendars import WANTED_COVERAGE_DAYS, coverage_is_short, fresh_calendar
from openrenda.kernel.models import CalendarDay
from openrenda.kernel.recompute import DueChange, all_recomputes
from openrenda.kernel.text import N_
from openrenda.kernel.workdays import DayKind, notices_until

NOTICE = N_("国务院办公厅放假通知")
BY_WEEKDAY = N_("尚无通知，按周末推算")


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day: what it is, and why."""

    day: date
    kind: DayKind
    is_override: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Its weeks from Monday; None where the neighbour's days stand."""

    number: int
    weeks: list[list[DayCell | None]]
    workdays: int


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not simply a weekday or a weekend."""

    day: date
    kind: DayKind
    note: str
    source: str
    is_override: bool


@dataclass(frozen=True, slots=True)
class Year:
    """All months, the days out of the ordinary, and how far ahead the calendar reaches."""

    number: int
    months: list[Month]
    special: list[SpecialDay]
    workdays: int
    covered_until: date
    is_short: bool
    wanted_days: int


def year_asked(params: asked.Params) -> int:
    """The year of the address, else this one. No query."""
    given = asked.number(params, "year")
    return given if given is not None and 2004 <= given <= 2100 else clock.today().year


def year_of(number: int) -> Year:
    """The year with its overrides. Two queries."""
    cal = fresh_calendar()
    overrides = {row.day: row for row in CalendarDay.objects.filter(day__year=number)}
    cells = {
        (month, day): DayCell(
            date(number, month, day), cal.kind(date(number, month, day)), date(number, month, day) in overrides
        )
        for month in range(1, 13)
        for day in range(1, gregorian.monthrange(number, month)[1] + 1)
    }
    months = [_month(number, month, cells) for month in range(1, 13)]
    special = [
        _special(cell, overrides.get(cell.day))
        for cell in cells.values()
        if cell.is_override or cell.kind in (DayKind.HOLIDAY, DayKind.MAKEUP)
    ]
    return Year(
        number,
        months,
        special,
        sum(month.workdays for month in months),
        cal.covered_until,
        coverage_is_short(cal),
        WANTED_COVERAGE_DAYS,
    )


def _month(number: int, month: int, cells: dict[tuple[int, int], DayCell]) -> Month:
    weeks = [
        [cells[month, day] if day else None for day in week]
        for week in gregorian.Calendar(firstweekday=0).monthdayscalendar(number, month)
    ]
    worked = sum(cell is not None and cell.kind in (DayKind.WORKDAY, DayKind.MAKEUP) for week in weeks for cell in week)
    return Month(month, weeks, worked)


def _special(cell: DayCell, row: CalendarDay | None) -> SpecialDay:
    if row is not None:
        return SpecialDay(cell.day, cell.kind, row.note, row.source, is_override=True)
    source = NOTICE if cell.day <= notices_until() else BY_WEEKDAY
    return SpecialDay(cell.day, cell.kind, "", source, is_override=False)


@dataclass(frozen=True, slots=True)
class PendingGroup:
    """Open deadlines of one kind that the calendar in force would move."""

    label: str
    changes: list[DueChange]


def pending_changes(congress_id: int) -> list[PendingGroup]:
    """What applying the calendar would do now; kinds without a change are left out. Queries: the owners'."""
    cal = fresh_calendar()
    groups = [PendingGroup(kind.label, list(kind.preview(congress_id, cal))) for kind in all_recomputes()]
    return [group for group in groups if group.changes]
