"""When things happened that a register does not date. Pure; both ways in (replay and bulk) assume the same days.

Each function is one assumption, told to readers in docs/explanation/register.md.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openrenda.kernel import clock
from openrenda.kernel.deadlines import add_months
from openrenda.kernel.workdays import Calendar

FILED_HOUR, SUBMITTED_HOUR = 9, 15
RELEASED_AFTER, RATED_AFTER, RATED_AGAIN_AFTER, ORDERED_AFTER = 2, 3, 1, 2
OPINION_AFTER = 15
REVIEW_MONTHS = 12


def workdays_after(calendar: Calendar, day: date, count: int, hour: int = 10) -> datetime:
    """`count` working days after a day, at an hour."""
    return clock.at_time(calendar.add(day, count), hour)


def accepted_at(calendar: Calendar, filed_on: date, assigned_on: date | None) -> datetime:
    """A working day after it was filed, at the latest on the morning it was assigned."""
    next_day = workdays_after(calendar, filed_on, 1)
    return next_day if assigned_on is None else min(next_day, clock.at_time(assigned_on, 9))


@dataclass(frozen=True, slots=True)
class Signings:
    """When units signed: the one that gave it back (None: it did not), the one that answers (None: not yet)."""

    before_return: datetime | None
    at: datetime | None


def signings(
    assigned_on: date, signed_on: date | None, returned: tuple[date, date] | None, *, went_on: bool
) -> Signings:
    """`returned`: (given back, given to another). `went_on`: something was done later, so somebody must have signed."""
    if returned is None:
        day = signed_on or (assigned_on if went_on else None)
        return Signings(None, None if day is None else clock.at_time(day, 16))
    back, again = returned
    told = clock.at_time(signed_on or assigned_on, 16)
    first = told if signed_on is not None and signed_on <= back else None
    if signed_on is None and not went_on:
        return Signings(None, None)
    return Signings(first, clock.at_time(again, 16) if first else max(told, clock.at_time(again, 16)))


def extension_asked_at(calendar: Calendar, assigned_on: date) -> datetime:
    """Some twelve working days before the first deadline."""
    return clock.at_time(calendar.next_workday(add_months(assigned_on, 3) - timedelta(days=18)), 10)


def extension_granted_at(calendar: Calendar, asked: datetime) -> datetime:
    """Two working days later."""
    return workdays_after(calendar, asked.date(), 2, 11)


def opinions_at(calendar: Calendar, begun: datetime) -> datetime:
    """Co-handlers: fifteen working days after the lead unit began."""
    return workdays_after(calendar, begun.date(), OPINION_AFTER, 11)


def released_at(calendar: Calendar, replied_on: date) -> datetime:
    """Publication was decided two working days after the reply."""
    return workdays_after(calendar, replied_on, RELEASED_AFTER, 9)


def rated_at(calendar: Calendar, replied_on: date, *, again: bool = False) -> datetime:
    """The deputy rated on the third working day after the reply, on the first after a second one."""
    return workdays_after(calendar, replied_on, RATED_AGAIN_AFTER if again else RATED_AFTER, 19)


def rehandling_ordered_at(calendar: Calendar, rated_on: date) -> datetime:
    """Two working days after the bad rating."""
    return workdays_after(calendar, rated_on, ORDERED_AFTER)


def met_again_at(ordered: datetime, replied_again_on: date) -> datetime:
    """The unit met the deputy on the day before the second reply."""
    return max(ordered, clock.at_time(replied_again_on - timedelta(days=1), 15))


def review_on(replied_on: date) -> date:
    """A class C reply without a dated promise is looked at again after a year."""
    return add_months(replied_on, REVIEW_MONTHS)
