"""Rules combine, and the reason survives."""

import pytest

from openrenda.kernel.actor import Actor
from openrenda.kernel.verdict import ALLOWED, Rule, Verdict, all_of, any_of, deny, none_of
from tests.makers.kernel import an_actor

ME = an_actor("person:1", ("DEPUTY", 5), ("DEPUTY_LEAD", 5), ("UNIT_CLERK", 9))


def says(verdict: Verdict) -> Rule:
    def check(actor: Actor, target: object) -> Verdict:
        return verdict

    return check


FIRST, SECOND = deny("first", "一"), deny("second", "二", "办法")
YES, NO1, NO2 = says(ALLOWED), says(FIRST), says(SECOND)


def never(actor: Actor, target: object) -> Verdict:
    raise AssertionError("asked in vain")


def test_all_of_answers_with_the_first_refusal_and_asks_no_further() -> None:
    assert all_of(YES, YES)(ME, None)
    assert all_of(YES, NO2, never)(ME, None) == SECOND
    assert all_of()(ME, None) == ALLOWED


def test_any_of_answers_with_the_last_refusal_and_stops_at_the_first_leave() -> None:
    assert any_of(NO1, YES, never)(ME, None) == ALLOWED
    assert any_of(NO1, NO2)(ME, None) == SECOND
    with pytest.raises(ValueError, match="no rules"):
        any_of()


def test_none_of_turns_a_rule_round_and_needs_a_reason() -> None:
    assert none_of(YES, FIRST)(ME, None) == FIRST
    assert none_of(NO1, SECOND)(ME, None) == ALLOWED
    with pytest.raises(ValueError, match="refusal"):
        none_of(NO1, ALLOWED)


def test_a_refusal_is_false_and_leave_is_true() -> None:
    assert not deny("x", "不行")
    assert bool(ALLOWED) is True


def test_an_actor_holds_roles_over_scopes() -> None:
    assert ME.holds("DEPUTY", 5)
    assert not ME.holds("DEPUTY", 9)
    assert not ME.holds("DEPUTY", None)
    assert ME.has("COURT", "UNIT_CLERK")
    assert not ME.has("COURT")
    assert ME.scopes("DEPUTY", "UNIT_CLERK") == {5, 9}


def test_actors_without_a_person() -> None:
    visitor, clockwork = Actor.anonymous(3, origin="10.0.0.1"), Actor.system("nightly", 3)
    assert (visitor.is_anonymous, visitor.is_system, visitor.origin) == (True, False, "10.0.0.1")
    assert (clockwork.is_anonymous, clockwork.is_system, clockwork.urn) == (False, True, "system:nightly")
    assert not clockwork.roles
    assert ME.speaking_for("张大爷").on_behalf_of == "张大爷"
    assert ME.on_behalf_of == ""
