"""What somebody at a station's desk chooses from, and a reception day as the station sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound
from openrenda.kernel.workflow import Offer
from openrenda.liaison.models import Booking, ReceptionDeputy, ReceptionEvent
from openrenda.liaison.states import Attendance, BookingState, ReceptionState
from openrenda.liaison.workflow import RECEPTION
from openrenda.orgs.models import Unit
from openrenda.orgs.states import Role

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


def reception_case(*, actor: Actor, event_id: int) -> ReceptionCase:
    """One reception day for its station's staff and its deputies; unknown and foreign ones look alike. Five queries."""
    event = ReceptionEvent.objects.filter(pk=event_id, congress_id=actor.congress_id).select_related("station").first()
    if event is None or not _may_see(actor, event):
        raise NotFound("liaison.no_reception")
    deputies = list(event.deputies.select_related("mandate__person", "stands_in_for__person").order_by("pk"))
    bookings = list(event.bookings.filter(state=BookingState.BOOKED))
    return ReceptionCase(event, deputies, bookings, RECEPTION.offers(actor, event))


def _may_see(actor: Actor, event: ReceptionEvent) -> bool:
    if actor.has(Role.SC_REP) or actor.holds(Role.STREET_NPC, event.street_id):
        return True
    if any(actor.holds(role, event.station_id) for role in DESK_ROLES):
        return True
    mandates = actor.scopes(Role.DEPUTY)
    return bool(mandates) and event.deputies.filter(mandate_id__in=mandates).exists()


def expected(case: ReceptionCase) -> list[tuple[int, str]]:
    """Deputies still down for the day, for check boxes. No query."""
    gone = {Attendance.EXCUSED.value}
    return [(row.mandate_id, row.mandate.person.name) for row in case.deputies if row.attendance not in gone]


def _tonight() -> datetime:
    return clock.at_time(clock.today(), 23, 59)
