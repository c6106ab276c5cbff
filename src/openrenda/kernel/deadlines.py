"""Clocks: month clocks by 民法典 §201–§203, working-day and calendar-day clocks, lamps. Every deadline can say
how it was computed (domain.md B.1)."""

import calendar as months_of
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .enums import Labelled
from .text import N_
from .workdays import Calendar, DayKind


class Lamp(Labelled):
    """Warning levels, the same in every module (domain.md B.1)."""

    NONE = "none", N_("无期限")
    GREEN = "green", N_("正常")
    YELLOW = "yellow", N_("临近")
    ORANGE = "orange", N_("紧急")
    RED = "red", N_("逾期")
    BLUE = "blue", N_("按期办结")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of "how this date was computed": a day and what was done with it."""

    day: date
    note: str
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """`legal_due` by the bare rule, `due` after moving off rest days; `basis` is the law or the setting."""

    start: date
    legal_due: date
    due: date
    basis: str
    steps: tuple[Step, ...]


def add_months(start: date, count: int) -> date:
    """Same day number `count` months on, or the month's last day if it has none such (民法典 §202)."""
    index = start.month - 1 + count
    year, month = start.year + index // 12, index % 12 + 1
    return date(year, month, min(start.day, months_of.monthrange(year, month)[1]))


def _rolled(legal: date, cal: Calendar) -> tuple[date, list[Step]]:
    due = cal.next_workday(legal)
    skipped = [legal] if due != legal else []
    skipped += [day for day in cal.days(legal, due) if day != due]
    return due, [Step(day, cal.kind(day).label) for day in skipped]


def months(start: date, count: int, cal: Calendar, basis: str) -> Deadline:
    """A month clock: the start day is not counted; an end on a rest day moves to the next working day."""
    legal = add_months(start, count)
    due, skipped = _rolled(legal, cal)
    steps = [Step(start, N_("起算日，当日不计")), Step(legal, N_("按月计算的届满日"), counted=True), *skipped]
    if due != legal:
        steps.append(Step(due, N_("顺延到下一个工作日"), counted=True))
    return Deadline(start, legal, due, basis, tuple(steps))


def days(start: date, count: int, cal: Calendar, basis: str, *, roll: bool = True) -> Deadline:
    """A calendar-day clock; with `roll` an end on a rest day moves to the next working day (民法典 §203)."""
    legal = start + timedelta(days=count)
    due, skipped = _rolled(legal, cal) if roll else (legal, [])
    steps = [Step(start, N_("起算日，当日不计")), Step(legal, N_("按自然日计算的届满日"), counted=True), *skipped]
    if due != legal:
        steps.append(Step(due, N_("顺延到下一个工作日"), counted=True))
    return Deadline(start, legal, due, basis, tuple(steps))


def workdays(start: date, count: int, cal: Calendar, basis: str) -> Deadline:
    """A working-day clock: each day after the start is counted if it is worked."""
    due = cal.add(start, count)
    steps = [Step(start, N_("起算日，当日不计"))]
    for day in cal.days(start, due):
        kind = cal.kind(day)
        steps.append(Step(day, kind.label, counted=kind in (DayKind.WORKDAY, DayKind.MAKEUP)))
    return Deadline(start, due, due, basis, tuple(steps))


def hours(start: datetime, count: int) -> datetime:
    """An hour clock runs through nights and rest days: it is for danger (24 hours, domain.md 1.5)."""
    return start + timedelta(hours=count)


def days_left(due: date, today: date, cal: Calendar) -> int:
    """Working days left until `due`: 0 on the day itself, negative when overdue (at least -1)."""
    if today > due:
        return min(-1, -cal.between(due, today))
    return cal.between(today, due)


def lamp(due: date | None, today: date, cal: Calendar, done_on: date | None = None) -> Lamp:
    """Green > 10 working days left, yellow ≤ 10, orange ≤ 3, red overdue; done: blue in time, red late."""
    if due is None:
        return Lamp.NONE
    if done_on is not None:
        return Lamp.BLUE if done_on <= due else Lamp.RED
    if today > due:
        return Lamp.RED
    left = days_left(due, today, cal)
    if left <= 3:
        return Lamp.ORANGE
    return Lamp.YELLOW if left <= 10 else Lamp.GREEN
