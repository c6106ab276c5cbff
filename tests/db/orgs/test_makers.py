"""The small district stands, and what it cost is known."""

from openrenda.kernel import clock
from openrenda.orgs import selectors
from openrenda.orgs.states import Role
from tests.makers import orgs


def test_the_small_district_is_made_once() -> None:
    congress = orgs.a_congress()
    assert orgs.a_congress() == congress
    assert congress.units.count() == len(orgs.UNITS)
    assert str(orgs.the_session()) == "16-5"


def test_a_made_deputy_has_the_hat_that_accounts_would_give() -> None:
    mandate = orgs.a_deputy(sc_post="委员", leads_delegation=True)
    (hat,) = selectors.hats_of(mandate.person_id, clock.today())
    assert hat.roles == orgs.deputy_actor(mandate).roles


def test_a_made_staff_member_has_the_hat_that_accounts_would_give() -> None:
    actor = orgs.staff_actor(Role.GOV_HUB, "G01")
    assert actor.person_id is not None
    (hat,) = selectors.hats_of(actor.person_id, clock.today())
    assert hat.roles == actor.roles
