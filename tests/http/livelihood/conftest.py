"""People signed in as each role."""

from collections.abc import Callable

import pytest
from django.test import Client

from openrenda.accounts.tenancy import forget_congress
from openrenda.orgs.models import Mandate
from openrenda.orgs.states import Role
from tests.makers import orgs
from tests.makers.stations import signed_in

Enter = Callable[[str], Client]

PLACES = {
    "hub": (Role.GOV_HUB, "G01"), "office": (Role.SC_OFFICE, "R01"), "rep": (Role.SC_REP, "R02"),
    "committee": (Role.SC_COMMITTEE, "R03"), "clerk": (Role.UNIT_CLERK, "B03"), "leader": (Role.UNIT_LEADER, "B03"),
    "other_clerk": (Role.UNIT_CLERK, "B04"), "other_leader": (Role.UNIT_LEADER, "B04"),
    "station": (Role.STATION_STAFF, "S01"), "street": (Role.STREET_NPC, "J01"), "auditor": (Role.AUDITOR, "R01"),
}  # fmt: skip
WHO = ("visitor", "deputy", *PLACES)


@pytest.fixture(autouse=True)
def _fresh_congress() -> None:
    """The congress of the test before is gone."""
    forget_congress()


@pytest.fixture
def enter() -> Enter:
    """`enter("hub")`, `enter("deputy")`, `enter("visitor")`, after a scene was made."""
    known: dict[str, Client] = {}

    def open_door(who: str) -> Client:
        if who not in known:
            known[who] = _client(who)
        return known[who]

    return open_door


def _client(who: str) -> Client:
    if who == "visitor":
        return Client()
    if who == "deputy":
        return signed_in(Mandate.objects.order_by("pk")[0].person)
    role, place = PLACES[who]
    return signed_in(orgs.a_staff_member(role, place))
