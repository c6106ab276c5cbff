"""Posts, mandates, hats, units and their successors."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from openrenda.kernel import clock
from openrenda.kernel.crypto import unseal
from openrenda.kernel.errors import NotFound
from openrenda.orgs import actions, selectors
from openrenda.orgs.actions import NoSuccessor, SeparationOfDuties, WrongScope
from openrenda.orgs.models import Mandate, Post
from openrenda.orgs.states import Level, Role, UnitKind
from tests.makers import orgs

TODAY = date(2025, 3, 10)
ONE_DAY = timedelta(days=1)


def appoint(person_id: int, role: Role, unit: str, starts_on: date = TODAY) -> Post:
    where = orgs.a_unit(unit)
    return actions.appoint(
        person_id=person_id, role=role, unit_id=where.pk, starts_on=starts_on, actor=orgs.setup_actor(where.congress)
    )


def labels(person_id: int, on: date = TODAY) -> list[str]:
    return [hat.label for hat in selectors.hats_of(person_id, on)]


# --- hats -------------------------------------------------------------------------------------------------------------


def test_a_person_wears_one_hat_per_mandate_and_one_per_unit() -> None:
    mandate = orgs.a_deputy(sc_post="委员")
    for role, unit in ((Role.STATION_HEAD, "S01"), (Role.STREET_NPC, "J01"), (Role.UNIT_LEADER, "J01")):
        appoint(mandate.person_id, role, unit)
    hats = selectors.hats_of(mandate.person_id, TODAY)
    assert [hat.label for hat in hats] == [
        "区人大代表（桐荫代表团）", "桐荫联络站 · 联络站站长", "桐荫街道 · 街道人大工委、承办单位负责人",
    ]  # fmt: skip
    assert hats[0].roles == {("DEPUTY", mandate.pk), ("SC_MEMBER", mandate.pk)}
    street = orgs.a_unit("J01").pk
    assert hats[2].roles == {("STREET_NPC", street), ("UNIT_LEADER", street)}
    assert hats[2].key == f"unit:{street}"


def test_two_levels_are_two_hats() -> None:
    mandate = orgs.a_deputy()
    actions.enter_mandate(
        person_id=mandate.person_id, term_id=orgs.the_term().pk, code="S-7", delegation="市代表团", constituency="",
        station_id=None, starts_on=TODAY, level=Level.CITY, actor=orgs.setup_actor(mandate.congress),
    )  # fmt: skip
    assert labels(mandate.person_id) == ["区人大代表（桐荫代表团）", "市人大代表（市代表团）"]


def test_a_hat_is_worn_between_its_dates_both_included() -> None:
    person = orgs.a_person()
    post = appoint(person.pk, Role.UNIT_CLERK, "B03", starts_on=TODAY)
    actions.end_post(post_id=post.pk, on=TODAY + ONE_DAY, actor=orgs.setup_actor(person.congress))
    worn = [bool(labels(person.pk, TODAY + n * ONE_DAY)) for n in range(-1, 3)]
    assert worn == [False, True, True, False]
    post.refresh_from_db()
    assert [post.held_on(TODAY + n * ONE_DAY) for n in range(-1, 3)] == worn


def test_an_ended_mandate_gives_no_hat_but_stays() -> None:
    mandate = orgs.a_deputy()
    actions.end_mandate(
        mandate_id=mandate.pk, on=TODAY, reason="调离本行政区域", actor=orgs.setup_actor(mandate.congress)
    )
    assert labels(mandate.person_id, TODAY)
    assert labels(mandate.person_id, TODAY + ONE_DAY) == []
    assert Mandate.objects.get(pk=mandate.pk).end_reason == "调离本行政区域"
    assert not selectors.deputies_in_office(mandate.congress_id, TODAY + ONE_DAY).exists()


def test_hats_cost_two_queries_whatever_their_number(django_assert_num_queries: pytest.FixtureRequest) -> None:
    few, many = orgs.a_person(), orgs.a_person()
    appoint(few.pk, Role.UNIT_CLERK, "B03")
    for unit in ("B03", "B04", "J01", "J02"):
        appoint(many.pk, Role.UNIT_CLERK, unit)
    for person in (few, many):
        with django_assert_num_queries(2):  # type: ignore[operator]
            labels(person.pk)


# --- separation of duties ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("has", "asks"),
    [
        (Role.SYSADMIN, Role.AUDITOR),
        (Role.SYSADMIN, Role.SECADMIN),
        (Role.AUDITOR, Role.UNIT_CLERK),
        (Role.UNIT_CLERK, Role.SECADMIN),
        (Role.SC_REP, Role.SYSADMIN),
    ],
)
def test_overseers_hold_nothing_else(has: Role, asks: Role) -> None:
    person = orgs.a_person()
    appoint(person.pk, has, "R01")
    with pytest.raises(SeparationOfDuties):
        appoint(person.pk, asks, "R02")
    assert person.posts.count() == 1


def test_a_post_that_ends_later_still_counts_and_one_that_ended_does_not() -> None:
    person = orgs.a_person()
    post = appoint(person.pk, Role.AUDITOR, "R01", starts_on=TODAY)
    actor = orgs.setup_actor(person.congress)
    actions.end_post(post_id=post.pk, on=TODAY + 30 * ONE_DAY, actor=actor)
    with pytest.raises(SeparationOfDuties):
        appoint(person.pk, Role.SYSADMIN, "R01", starts_on=TODAY + ONE_DAY)
    appoint(person.pk, Role.SYSADMIN, "R01", starts_on=TODAY + 31 * ONE_DAY)


def test_the_same_overseer_post_at_a_second_unit_is_no_mixture() -> None:
    person = orgs.a_person()
    appoint(person.pk, Role.AUDITOR, "R01")
    appoint(person.pk, Role.AUDITOR, "G01")
    assert person.posts.count() == 2


def test_a_deputy_is_no_overseer_and_an_overseer_no_deputy() -> None:
    deputy, overseer = orgs.a_deputy(), orgs.a_staff_member(Role.AUDITOR, "R01")
    with pytest.raises(SeparationOfDuties):
        appoint(deputy.person_id, Role.AUDITOR, "R01")
    with pytest.raises(SeparationOfDuties):
        actions.enter_mandate(
            person_id=overseer.pk, term_id=orgs.the_term().pk, code="D999", delegation="桐荫代表团", constituency="",
            station_id=None, starts_on=TODAY, actor=orgs.setup_actor(overseer.congress),
        )  # fmt: skip


def test_business_posts_may_be_held_together() -> None:
    person = orgs.a_person()
    appoint(person.pk, Role.UNIT_CLERK, "B03")
    appoint(person.pk, Role.UNIT_ADMIN, "B03")
    assert person.posts.count() == 2


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.DEPUTY_LEAD, Role.SC_MEMBER])
def test_a_mandates_powers_are_no_post(role: Role) -> None:
    with pytest.raises(WrongScope):
        appoint(orgs.a_person().pk, role, "R01")


# --- people -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["𠮷㐂子", "𰀀𱍐", "阿依古丽·吐尔逊"])
def test_rare_names_are_stored_and_found(name: str) -> None:
    person = orgs.a_person(name)
    person.refresh_from_db()
    assert person.name == name
    assert person.congress.people.get(name=name) == person


def test_a_phone_is_sealed() -> None:
    person = orgs.a_person(phone="13800001234")
    assert "13800001234" not in person.phone_sealed
    assert unseal(person.phone_sealed) == "13800001234"


# --- units ------------------------------------------------------------------------------------------------------------


def dissolve(code: str, successor: str | None) -> None:
    unit = orgs.a_unit(code)
    actions.dissolve_unit(
        unit_id=unit.pk, on=TODAY, actor=orgs.setup_actor(unit.congress),
        successor_id=orgs.a_unit(successor).pk if successor else None,
    )  # fmt: skip


def test_duties_follow_the_successors() -> None:
    dissolve("B04", "B03")
    assert selectors.living_unit(orgs.a_unit("B04")).code == "B03"
    dissolve("B03", "J01")
    assert selectors.living_unit(orgs.a_unit("B04")).code == "J01"
    assert "B04" not in {unit.code for unit in selectors.handling_units(orgs.a_congress().pk)}


def test_successors_make_no_circle() -> None:
    dissolve("B04", "B03")
    with pytest.raises(NoSuccessor):
        dissolve("B03", "B04")
    with pytest.raises(NoSuccessor):
        dissolve("B03", "B03")


def test_a_unit_may_end_without_a_successor() -> None:
    dissolve("Q02", None)
    assert selectors.living_unit(orgs.a_unit("Q02")).code == "Q02"


def test_the_database_refuses_a_successor_of_a_living_unit() -> None:
    unit = orgs.a_unit("B04")
    unit.successor = orgs.a_unit("B03")
    with pytest.raises(IntegrityError, match="unit_successor_after_end"), transaction.atomic():
        unit.save()


def test_the_street_of_a_place() -> None:
    streets = {code: selectors.street_of(orgs.a_unit(code)) for code in ("C01", "S01", "Q01", "J01", "B03", "R01")}
    assert {code: street.code if street else None for code, street in streets.items()} == {
        "C01": "J01", "S01": "J01", "Q01": "J01", "J01": "J01", "B03": None, "R01": None,
    }  # fmt: skip


def test_the_tree_costs_three_queries(django_assert_num_queries: pytest.FixtureRequest) -> None:
    congress = orgs.a_congress()
    with django_assert_num_queries(3):  # type: ignore[operator]
        tree = {
            unit.code: {child.code: [c.code for c in child.children.all()] for child in unit.children.all()}
            for unit in selectors.unit_tree(congress.pk)
        }
    assert tree["G00"]["J01"] == ["Q01", "S01"]


# --- tenants ----------------------------------------------------------------------------------------------------------


def test_what_belongs_to_another_congress_is_unknown() -> None:
    here, there = orgs.a_congress(), orgs.a_congress("elsewhere")
    stranger = orgs.setup_actor(there)
    person, unit = orgs.a_person(congress=there), orgs.a_unit("B03", here)
    with pytest.raises(NotFound):
        actions.appoint(person_id=person.pk, role=Role.UNIT_CLERK, unit_id=unit.pk, starts_on=TODAY, actor=stranger)
    with pytest.raises(NotFound):
        actions.add_unit(code="X1", name="乱插", short_name="", kind=UnitKind.OTHER, parent_id=unit.pk, actor=stranger)
    with pytest.raises(NotFound):
        actions.record_session(
            term_id=orgs.the_term(here).pk, number=6, opened_on=TODAY, closed_on=TODAY, actor=stranger
        )
    mandate = orgs.a_deputy(congress=there, station=None)
    with pytest.raises(NotFound):
        actions.assign_station(mandate_id=mandate.pk, station_id=orgs.a_unit("S01", here).pk, actor=stranger)
    with pytest.raises(NotFound):
        selectors.unit_by_code(there.pk, "no such code")


# --- reading ----------------------------------------------------------------------------------------------------------


def test_who_holds_a_role() -> None:
    clerk = orgs.a_staff_member(Role.UNIT_CLERK, "B03")
    orgs.a_staff_member(Role.UNIT_LEADER, "B03")
    orgs.a_staff_member(Role.UNIT_CLERK, "B04")
    unit = orgs.a_unit("B03")
    assert list(selectors.people_in_role(Role.UNIT_CLERK, [unit.pk], TODAY)) == [clerk]
    assert selectors.people_with_role(unit.congress_id, Role.UNIT_CLERK, TODAY).count() == 2
    assert not selectors.people_in_role(Role.UNIT_CLERK, [unit.pk], date(2020, 1, 1)).exists()


def test_a_deputy_is_found_by_code_and_by_token() -> None:
    mandate = orgs.a_deputy("王小二", code="D042")
    assert selectors.mandate_by_code(mandate.congress_id, "D042").person.name == "王小二"
    assert selectors.mandate_by_token(mandate.qr_token) == mandate
    for call in (
        lambda: selectors.mandate_by_code(mandate.congress_id, "D000"),
        lambda: selectors.mandate_by_token("x"),
    ):
        with pytest.raises(NotFound):
            call()


@pytest.mark.parametrize("count", [1, 12])
def test_the_deputies_cost_one_query(count: int, django_assert_num_queries: pytest.FixtureRequest) -> None:
    congress = orgs.a_congress()
    for _ in range(count):
        orgs.a_deputy()
    with django_assert_num_queries(1):  # type: ignore[operator]
        shown = [(m.person.name, str(m.delegation), str(m.constituency), str(m.station)) for m in
                 selectors.deputies_in_office(congress.pk, TODAY)]  # fmt: skip
    assert len(shown) == count


def test_terms_and_sessions_by_date() -> None:
    congress = orgs.a_congress()
    assert selectors.current_term(congress.pk, TODAY).number == 16
    session = selectors.latest_session(congress.pk, clock.today())
    assert session is not None
    assert session.number == 5
    assert selectors.latest_session(congress.pk, date(2025, 2, 17)) is None
    with pytest.raises(NotFound):
        selectors.current_term(congress.pk, date(2020, 1, 1))
    assert selectors.the_congress() == congress
    with pytest.raises(NotFound):
        selectors.the_congress("nowhere")
