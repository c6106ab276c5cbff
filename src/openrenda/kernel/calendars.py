"""The calendar in force: notices plus the administrator's overrides."""

import time
from datetime import date

from . import clock
from .models import CalendarDay
from .workdays import Calendar, DayKind

_KEEP_SECONDS = 5.0
WANTED_COVERAGE_DAYS = 400


class _Kept:
    calendar: Calendar | None = None
    until = 0.0


def load_calendar() -> Calendar:
    """The calendar with all overrides. One query, kept for five seconds per process (never across a restart)."""
    moment = time.monotonic()
    if _Kept.calendar is None or moment > _Kept.until:
        _Kept.calendar = fresh_calendar()
        _Kept.until = moment + _KEEP_SECONDS
    return _Kept.calendar


def fresh_calendar() -> Calendar:
    """The calendar as it is in the database now, overrides of this transaction included. One query."""
    rows = CalendarDay.objects.values_list("day", "kind")
    return Calendar({day: DayKind(kind) for day, kind in rows})


def forget_calendar() -> None:
    """Drop the kept calendar; called by the action that edits it, and between tests."""
    _Kept.calendar = None


def coverage_is_short(cal: Calendar, today: date | None = None) -> bool:
    """Does the calendar end less than 400 days ahead? Then somebody must enter next year's notice."""
    return (cal.covered_until - (today or clock.today())).days < WANTED_COVERAGE_DAYS
