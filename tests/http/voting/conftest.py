"""People signed in as each role, and polls at their stages."""

import pytest
from django.db import transaction
from django.test import Client

from openrenda.accounts.actions.sign_in import begin
from openrenda.accounts.http import SESSION_KEY
from openrenda.accounts.models import User
from openrenda.accounts.tenancy import forget_congress
from openrenda.kernel import clock
from openrenda.orgs.models import Mandate, Person
from openrenda.orgs.states import Role
from openrenda.voting.selectors import forget_elections
from openrenda.voting.views.limits import refusals
from tests.makers import orgs

PLACES = {
    "office": (Role.SC_OFFICE, "R01"), "teller": (Role.TELLER, "R01"), "second teller": (Role.TELLER, "R02"),
    "sc_leader": (Role.SC_LEADER, "R01"), "clerk": (Role.UNIT_CLERK, "B03"),
}  # fmt: skip
DEPUTIES = {"chief": 0, "scrutineer": 1, "third": 2, "voter": 3}
WHO = ("visitor", "chief", "scrutineer", "voter", "outsider", "office", "teller", "sc_leader", "clerk")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    """Nothing that a process keeps is left of the test before."""
    forget_congress()
    forget_elections()
    refusals.forget()


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


class Doors:
    """`doors["office"]`: a client signed in as that, over the deputies of one poll."""

    def __init__(self) -> None:
        self.deputies: list[Mandate] = [orgs.a_deputy() for _ in range(7)]
        self._known: dict[str, Client] = {}

    def __getitem__(self, who: str) -> Client:
        if who not in self._known:
            self._known[who] = self._open(who)
        return self._known[who]

    def _open(self, who: str) -> Client:
        if who == "visitor":
            return Client()
        if who == "outsider":
            return client_of(orgs.a_deputy().person)
        if who in DEPUTIES:
            return client_of(self.deputies[DEPUTIES[who]].person)
        role, place = PLACES[who]
        return client_of(orgs.a_staff_member(role, place))


@pytest.fixture
def doors() -> Doors:
    return Doors()
