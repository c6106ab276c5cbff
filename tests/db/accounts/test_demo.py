"""One account per role, found by kind, in any district; nothing of it outside of a demonstration."""

from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from openrenda.accounts import actions, demo, selectors
from openrenda.accounts.demo.roster import CAN, DEPUTIES, STAFF
from openrenda.accounts.errors import DemoOnly, NoPassword
from openrenda.accounts.models import User
from openrenda.kernel.errors import NotFound
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Congress, Mandate, Person, Post
from openrenda.orgs.states import OVERSEERS, Role, UnitKind
from tests.makers.accounts import PASSWORD, a_user, sysadmin_actor, visitor
from tests.makers.orgs import a_congress, a_deputy, a_person, setup_actor


@pytest.fixture
def district(settings: Settings) -> Any:
    settings.DEMO = True
    congress = a_congress()
    a_deputy("甲一", code="D001", station="S01", sc_post="主任")
    for number in range(2, 6):
        a_deputy(code=f"D00{number}", station="S02")
    a_deputy(code="D006", station="S01", sc_post="委员")
    a_deputy(code="D007", station=None, delegation="望河代表团")
    return congress


def roles_of(login: Any) -> Any:
    user = User.objects.select_related("person").get(login=login)
    hat = selectors.worn(selectors.hats_today(user), user.last_hat)
    return {role for role, _ in hat.roles}


def test_every_role_of_the_roster_gets_an_account_that_wears_it(district: Congress) -> None:
    assert demo.ensure_accounts(district) == []
    for login, (_, role, _) in CAN.items():
        assert str(role) in roles_of(login), login
    assert {role for _, role, _ in CAN.values()} == set(Role)


def test_running_it_again_changes_nothing(district: Congress) -> None:
    demo.ensure_accounts(district)
    before = (User.objects.count(), Person.objects.count(), Post.objects.count())
    demo.ensure_accounts(district)
    assert (User.objects.count(), Person.objects.count(), Post.objects.count()) == before


def test_places_are_chosen_by_kind(district: Congress) -> None:
    demo.ensure_accounts(district, prefer=["B04"])
    unit = {p.person.user.login: p.unit for p in Post.objects.select_related("unit", "person__user")}
    assert unit["demo-station-staff"] == unit["demo-station-head"]
    assert unit["demo-station-staff"].code == "S02", "the station with most deputies"
    assert unit["demo-street-npc"].code == unit["demo-street-clerk"].code == "J02"
    assert unit["demo-community-clerk"].code == "Q02", "a community of the station's street"
    assert unit["demo-sc-rep"].code == "R02"
    assert unit["demo-sc-office"].code == "R01"
    assert unit["demo-gov-hub"].code == "G01"
    assert (unit["demo-dept-clerk"].code, unit["demo-dept-2-clerk"].code) == ("B04", "B03")
    assert unit["demo-court-clerk"].kind == UnitKind.COURT
    deputy = Mandate.objects.get(person__user__login="demo-deputy")
    assert deputy.station.code == "S02"


def test_the_three_overseers_are_three_people_with_nothing_else(district: Congress) -> None:
    demo.ensure_accounts(district)
    posts = list(Post.objects.filter(role__in=OVERSEERS))
    assert len({p.person_id for p in posts}) == 3
    assert Post.objects.filter(person_id__in=[p.person_id for p in posts]).count() == 3


def test_the_chair_is_one_person_with_two_hats(district: Congress) -> None:
    demo.ensure_accounts(district)
    user = User.objects.get(login="demo-sc-leader")
    assert user.person.name == "甲一"
    assert len(selectors.hats_today(user)) == 2
    assert roles_of("demo-sc-leader") == {"SC_LEADER"}


def test_letters_go_nowhere(district: Congress) -> None:
    demo.ensure_accounts(district)
    assert {p.email.partition("@")[2] for p in Person.objects.exclude(email="")} == {"example.invalid"}


def test_a_district_without_court_or_deputies_says_what_is_missing(settings: Settings) -> None:
    settings.DEMO = True
    congress = orgs.found_congress(code="small", name="小区", short_name="小区", actor_name="setup")
    actor = setup_actor(congress)
    orgs.open_term(number=1, starts_on=date(2024, 1, 1), ends_on=None, actor=actor)
    orgs.add_unit(code="X1", name="常委会", short_name="", kind=UnitKind.NPC, parent_id=None, actor=actor)
    missing = {entry.login for entry in demo.ensure_accounts(congress)}
    assert "demo-court-clerk" in missing
    assert "demo-deputy" in missing
    assert "demo-sc-rep" not in missing
    assert User.objects.filter(login="demo-sysadmin").exists()


def test_outside_of_a_demonstration_there_is_none(settings: Settings, district: Congress) -> None:
    demo.ensure_accounts(district)
    settings.DEMO = False
    with pytest.raises(DemoOnly):
        demo.ensure_accounts(district)
    with pytest.raises(DemoOnly):
        demo.step_in(login="demo-sysadmin", leaving=None, actor=visitor(district), agent="")


def test_a_demo_account_never_gets_a_password(district: Congress) -> None:
    demo.ensure_accounts(district)
    with pytest.raises(NoPassword):
        actions.reset_password(user_id=User.objects.get(login="demo-sc-rep").pk, actor=sysadmin_actor(district))


def test_only_accounts_of_the_roster_let_one_in_without_a_password(district: Congress) -> None:
    demo.ensure_accounts(district)
    a_user(a_person(), login="real")
    for login in ("real", "", "demo-nobody"):
        with pytest.raises(NotFound):
            demo.step_in(login=login, leaving=None, actor=visitor(district), agent="")
    taken = User.objects.get(login="demo-sc-rep")
    taken.set_password(PASSWORD)
    taken.save()
    with pytest.raises(NotFound):
        demo.step_in(login="demo-sc-rep", leaving=None, actor=visitor(district), agent="")


def test_the_demo_page_lists_all_in_groups_with_few_queries(
    district: Congress, django_assert_max_num_queries: Any
) -> None:
    demo.ensure_accounts(district)
    with django_assert_max_num_queries(3):
        sections = demo.grouped(district.pk)
    assert sum(len(s.accounts) for s in sections) == len(STAFF) + len(DEPUTIES)
    assert [s.label for s in sections] == [
        "人大代表",
        "联络站与街道",
        "人大常委会",
        "政府与承办单位",
        "审判机关",
        "系统、安全、审计管理员",
    ]
    assert all(account.place and account.can for s in sections for account in s.accounts)
