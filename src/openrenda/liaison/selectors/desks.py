"""Reads of single pages: a station's desk, a reception day as the station sees it, the days promised to a resident."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.errors import NotFound
from openrenda.kernel.workflow import Offer
from openrenda.liaison.models import Booking, Clock, ReceptionDeputy, ReceptionEvent
from openrenda.liaison.states import Attendance, BookingState, ClockKind, ReceptionState
from openrenda.liaison.workflow import RECEPTION
from openrenda.orgs.models import Unit
from openrenda.orgs.states import Role

from .case import clock_row, tracked_id
from .finding import reception_rows, with_parts
from .keyset import Key, page, parse_int
from .rows import ClockRow, Page, ReceptionRow
from .workbench import reception_for

DESK_ROLES = (Role.STATION_STAFF, Role.STATION_HEAD)


@dataclass(frozen=True, slots=True)
class Desk:
    """A station whose staff the actor belongs to."""

    station_id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ReceptionCase:
    """A reception day with its deputies and appointments, and the moves open to the actor."""

    event: ReceptionEvent
    deputies: list[ReceptionDeputy]
    bookings: list[Booking]
    offers: list[Offer[ReceptionState]]


RESIDENT_CLOCKS = (ClockKind.REGISTER, ClockKind.DECISION, ClockKind.ANSWER, ClockKind.FEEDBACK, ClockKind.RATING)


def promised(*, actor: Actor) -> list[ClockRow]:
    """The running clocks that a resident may know of, with how each day was computed. One query."""
    running = Clock.objects.filter(opinion_id=tracked_id(actor), met_on=None, is_superseded=False)
    rows = running.filter(kind__in=RESIDENT_CLOCKS).order_by("due", "pk")
    today, cal = clock.today(), load_calendar()
    return [clock_row(row, today, cal) for row in rows]


def desks(actor: Actor) -> list[Desk]:
    """Stations at whose desk the worn hat sits. One query."""
    rows = Unit.objects.filter(pk__in=actor.scopes(*DESK_ROLES)).order_by("code")
    return [Desk(unit.pk, unit.code, unit.name) for unit in rows]


def desk(actor: Actor, code: str) -> Desk:
    """One of them; NotFound for another's. One query."""
    found = next((row for row in desks(actor) if row.code == code), None)
    if found is None:
        raise NotFound("liaison.no_desk")
    return found


def reception_choices(station_id: int) -> list[tuple[int, str]]:
    """Reception days of the last fortnight and today, newest first. One query."""
    since = clock.now() - timedelta(days=14)
    rows = ReceptionEvent.objects.filter(station_id=station_id, starts_at__gte=since, starts_at__lte=_tonight())
    open_rows = rows.filter(state__in=[ReceptionState.ANNOUNCED, ReceptionState.RUNNING, ReceptionState.FINISHED])
    return [
        (row.pk, f"{clock.local(row.starts_at):%Y-%m-%d %H:%M} {row.topic or row.place}")
        for row in open_rows.order_by("-starts_at")[:20]
    ]


def station_receptions(
    *, station_id: int, is_past: bool = False, after: str = "", size: int = 20
) -> Page[ReceptionRow]:
    """A station's reception days in any state: those to come soonest first, those gone by latest first. Two queries."""
    rows = with_parts(ReceptionEvent.objects.filter(station_id=station_id))
    now = clock.now()
    rows = rows.filter(ends_at__lte=now) if is_past else rows.filter(ends_at__gt=now)
    keys = (Key("starts_at", datetime.fromisoformat, falls=is_past), Key("id", parse_int, falls=is_past))
    return page(rows, keys, after, size, reception_rows)


def reception_case(*, actor: Actor, event_id: int) -> ReceptionCase:
    """One reception day for its station's staff and its deputies; foreign ones look unknown. Five queries."""
    event = reception_for(actor=actor, event_id=event_id)
    deputies = list(event.deputies.select_related("mandate__person", "stands_in_for__person").order_by("pk"))
    bookings = list(event.bookings.filter(state=BookingState.BOOKED))
    return ReceptionCase(event, deputies, bookings, RECEPTION.offers(actor, event))


def expected(case: ReceptionCase) -> list[tuple[int, str]]:
    """Deputies still down for the day, for check boxes. No query."""
    gone = {Attendance.EXCUSED.value}
    return [(row.mandate_id, row.mandate.person.name) for row in case.deputies if row.attendance not in gone]


def _tonight() -> datetime:
    return clock.at_time(clock.today(), 23, 59)
