"""Whom a fact concerns, as addresses of notices ("person:17", "opinion:55")."""

from collections.abc import Iterable

from openrenda.kernel import clock
from openrenda.kernel.crypto import unseal
from openrenda.liaison.models import Booking, Opinion, OpinionDeputy, ReceptionDeputy, ReceptionEvent, ResidentContact
from openrenda.liaison.rules.who import UNIT_ROLES
from openrenda.liaison.states import Attendance, BookingState, OpinionState
from openrenda.orgs.models import Mandate
from openrenda.orgs.selectors import people_in_role, people_with_role
from openrenda.orgs.states import Role

_SITS_AT = {Role.STATION_STAFF: "station_id", Role.STATION_HEAD: "station_id", Role.STREET_NPC: "street_id"}


def opinion(opinion_id: int) -> Opinion:
    """For subscribers, who act for nobody. One query."""
    return Opinion.objects.select_related("station", "handler_unit").get(pk=opinion_id)


def reception(event_id: int) -> ReceptionEvent:
    """For subscribers, who act for nobody. One query."""
    return ReceptionEvent.objects.select_related("station").get(pk=event_id)


def email_of(urn: str) -> str:
    """The address the resident behind "opinion:55" left, or "". One query."""
    sealed = (
        ResidentContact.objects.filter(opinion_id=int(urn.removeprefix("opinion:")))
        .values_list("email_sealed", flat=True)
        .first()
    )
    return unseal(sealed or "")


def children_of(opinion_id: int) -> list[int]:
    """Opinions merged into this one. One query."""
    rows = Opinion.objects.filter(merged_into_id=opinion_id, state=OpinionState.MERGED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def deputies_on(opinion_id: int) -> list[str]:
    """Deputies who received the opinion or are responsible for it. One query."""
    rows = OpinionDeputy.objects.filter(opinion_id=opinion_id).order_by("pk")
    return _people(rows.values_list("mandate__person_id", flat=True))


def deputy(mandate_id: int) -> list[str]:
    """One query."""
    return _people(Mandate.objects.filter(pk=mandate_id).values_list("person_id", flat=True))


def office(role: Role, about: Opinion | ReceptionEvent) -> list[str]:
    """Whoever holds the role over this matter: at its station, in its street, in the district. One query."""
    today = clock.today()
    column = _SITS_AT.get(role)
    if column is None:
        return _people(people_with_role(about.congress_id, role, today).values_list("pk", flat=True))
    at = getattr(about, column)
    return [] if at is None else _people(people_in_role(role, [at], today).values_list("pk", flat=True))


def unit(unit_id: int | None, *roles: Role) -> list[str]:
    """Whoever works for the unit, in those roles (any, if none is named). One query for each role."""
    if unit_id is None:
        return []
    found: list[str] = []
    for role in roles or UNIT_ROLES:
        found += _people(people_in_role(role, [unit_id], clock.today()).values_list("pk", flat=True))
    return list(dict.fromkeys(found))


def deputies_of_reception(event_id: int) -> list[str]:
    """Deputies still down for the day. One query."""
    rows = ReceptionDeputy.objects.filter(event_id=event_id).exclude(attendance=Attendance.EXCUSED)
    return _people(rows.order_by("pk").values_list("mandate__person_id", flat=True))


def bookers(event_id: int) -> list[tuple[str, str]]:
    """(address of notices, e-mail) of those with an appointment; a postponed day's have moved along. Two queries."""
    event = ReceptionEvent.objects.get(pk=event_id)
    rows = Booking.objects.filter(event_id=event.postponed_to_id or event.pk, state=BookingState.BOOKED)
    return [(f"booking:{row.pk}", unseal(row.email_sealed)) for row in rows.order_by("pk")]


def _people(ids: Iterable[int]) -> list[str]:
    return [f"person:{pk}" for pk in ids]
