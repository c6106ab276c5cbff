"""People signed in as each role, and a scene."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from openrenda.accounts.actions.sign_in import begin
from openrenda.accounts.http import SESSION_KEY
from openrenda.accounts.models import User
from openrenda.accounts.tenancy import forget_congress
from openrenda.kernel import clock
from openrenda.orgs.models import Person
from openrenda.orgs.states import Role
from tests.http.suggestions.walk import Scene, a_scene
from tests.makers import orgs

Enter = Callable[[str], Client]

PLACES = {
    "rep": (Role.SC_REP, "R02"), "committee": (Role.SC_COMMITTEE, "R04"), "other_committee": (Role.SC_COMMITTEE, "R03"),
    "sc_leader": (Role.SC_LEADER, "R01"), "hub": (Role.GOV_HUB, "G01"), "clerk": (Role.UNIT_CLERK, "B03"),
    "leader": (Role.UNIT_LEADER, "B03"), "other_clerk": (Role.UNIT_CLERK, "B04"), "court": (Role.UNIT_CLERK, "F01"),
    "station": (Role.STATION_STAFF, "S01"), "auditor": (Role.AUDITOR, "R01"),
}  # fmt: skip
WHO = ("visitor", "lead", "cosigner", "other", *PLACES)


@pytest.fixture(autouse=True)
def _fresh_congress() -> None:
    """The congress of the test before is gone."""
    forget_congress()


@pytest.fixture
def scene() -> Scene:
    return a_scene()


def client_of(person: Person) -> Client:
    """Signed in as that person."""
    user, _ = User.objects.get_or_create(
        person=person,
        defaults={
            "login": f"p{person.pk}",
            "password_changed_at": clock.now(),
            "created_at": clock.now(),
            "must_change_password": False,
        },
    )
    client = Client()
    session = client.session
    with transaction.atomic():
        session[SESSION_KEY] = begin(user, origin="127.0.0.1", agent="test", hat="").pk
    session.save()
    return client


@pytest.fixture
def enter(scene: Scene) -> Enter:
    """`enter("lead")`, `enter("clerk")`, `enter("visitor")`."""
    known: dict[str, Client] = {}

    def open_door(who: str) -> Client:
        if who not in known:
            known[who] = _client(scene, who)
        return known[who]

    return open_door


def _client(scene: Scene, who: str) -> Client:
    if who == "visitor":
        return Client()
    if who in ("lead", "cosigner", "other"):
        return client_of(getattr(scene, who).person)
    role, place = PLACES[who]
    return client_of(orgs.a_staff_member(role, place))
