"""Signing in: one answer, one path, one lock."""

from typing import Any

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openrenda.accounts import actions
from openrenda.accounts.errors import InitialPasswordExpired, SignInLocked, WrongCredentials
from openrenda.accounts.models import Lockout, SignIn
from openrenda.audit.models import AuditEntry
from openrenda.kernel.errors import NotAllowed
from openrenda.kernel.parameters import BadValue
from openrenda.orgs.states import Role
from tests.conftest import FrozenClock
from tests.makers.accounts import PASSWORD, a_sign_in, a_user, a_user_in, sysadmin_actor, visitor
from tests.makers.orgs import a_congress, a_person, staff_actor


def attempt(login: Any, password: Any, origin: Any = "10.0.0.1") -> Any:
    return actions.sign_in(login=login, password=password, actor=visitor(origin=origin))


def refuse(login: Any, password: Any, origin: Any = "10.0.0.1") -> Any:
    with pytest.raises((WrongCredentials, SignInLocked)) as refusal:
        attempt(login, password, origin)
    return refusal.value


def test_the_right_password_opens_a_session_and_is_recorded(clock: FrozenClock) -> None:
    user = a_user_in(Role.SC_REP, "R02")
    row = a_sign_in(user)
    assert row.user == user
    assert (row.ends_at - row.began_at).total_seconds() == 12 * 3600
    entry = AuditEntry.objects.filter(kind="accounts.signed_in").latest("pk")
    assert (entry.actor_urn, entry.origin, entry.subject_id) == (f"person:{user.person_id}", "10.0.0.1", row.pk)


@pytest.mark.parametrize("typed", ["USER-A", "ｕｓｅｒ-ａ", "  user-a "])
def test_capitals_and_full_width_letters_make_no_difference_in_the_name(typed: Any) -> None:
    user = a_user(a_person(), login="user-a")
    assert attempt(typed, PASSWORD).user == user


def test_unknown_name_and_wrong_password_get_the_same_answers_up_to_and_beyond_the_lock() -> None:
    a_user(a_person(), login="known")
    for _ in range(7):
        known, unknown = refuse("known", "wrong", "10.0.0.1"), refuse("unknown", "wrong", "10.0.0.2")
        assert type(known) is type(unknown)
        assert (known.code, known.params) == (unknown.code, unknown.params)


def test_a_switched_off_login_answers_like_a_wrong_password() -> None:
    user = a_user(a_person(), login="gone")
    actions.deactivate(user_id=user.pk, actor=sysadmin_actor())
    off, unknown = refuse("gone", PASSWORD), refuse("nobody", PASSWORD, "10.0.0.2")
    assert (off.code, off.params) == (unknown.code, unknown.params)


def counted(monkeypatch: pytest.MonkeyPatch) -> Any:
    """How often a password is hashed."""
    calls = []
    hasher = hashers.get_hasher("default")
    real = type(hasher).encode

    def encode(self: Any, password: Any, salt: Any) -> Any:
        calls.append(password)
        return real(self, password, salt)

    monkeypatch.setattr(type(hasher), "encode", encode)
    return calls


@pytest.mark.parametrize("failures", [0, 5])
def test_unknown_and_known_names_do_the_same_work(monkeypatch: pytest.MonkeyPatch, failures: Any) -> None:
    """One hash each and the same number of queries, locked or not: the time tells nothing."""
    a_user(a_person(), login="known")
    for _ in range(failures):
        refuse("known", "wrong", "10.0.0.1")
        refuse("unknown", "wrong", "10.0.0.2")
    work = {}
    calls = counted(monkeypatch)
    for login, origin in (
        ("known", "10.0.0.1"),
        ("unknown", "10.0.0.2"),
        ("known", "10.0.0.1"),
        ("unknown", "10.0.0.2"),
    ):
        calls.clear()
        with CaptureQueriesContext(connection) as queries:
            refuse(login, "wrong", origin)
        work[login] = (len(calls), len(queries))
    assert work["known"] == work["unknown"]
    assert work["known"][0] == 1


def test_five_failures_lock_for_fifteen_minutes_even_with_the_right_password(clock: FrozenClock) -> None:
    user = a_user(a_person(), login="known")
    lefts = [refuse("known", "wrong").params.get("left") for _ in range(4)]
    assert lefts == [4, 3, 2, 1]
    assert isinstance(refuse("known", "wrong"), SignInLocked)
    clock.forward(minutes=14, seconds=59)
    assert refuse("known", PASSWORD).params == {"minutes": 1}
    clock.forward(seconds=2)
    assert attempt("known", PASSWORD).user == user
    assert Lockout.objects.get(user=user).failures == 0


def test_after_a_lock_has_lapsed_counting_begins_anew(clock: FrozenClock) -> None:
    a_user(a_person(), login="known")
    for _ in range(5):
        refuse("known", "wrong")
    clock.forward(minutes=16)
    assert refuse("known", "wrong").params["left"] == 4


def test_a_right_password_wipes_the_slate() -> None:
    a_user(a_person(), login="known")
    for _ in range(4):
        refuse("known", "wrong")
    attempt("known", PASSWORD)
    assert refuse("known", "wrong").params["left"] == 4


def test_failures_and_lock_are_recorded_without_the_typed_name() -> None:
    for _ in range(5):
        refuse("some-secret-typed-here", "wrong")
    kinds = list(AuditEntry.objects.filter(kind__startswith="accounts.").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["accounts.sign_in_failed"] * 4 + ["accounts.locked"]
    entries = AuditEntry.objects.filter(kind__in=kinds)
    assert all("secret" not in str((e.detail, e.actor_name, e.subject_id)) for e in entries)
    assert not Lockout.objects.filter(key__contains="secret").exists()


def test_one_address_that_tries_many_names_is_stopped_and_others_are_not(clock: FrozenClock) -> None:
    for number in range(60):
        refuse(f"name{number}", "wrong", "10.9.9.9")
    user = a_user(a_person(), login="known")
    assert isinstance(refuse("known", PASSWORD, "10.9.9.9"), SignInLocked)
    assert attempt("known", PASSWORD, "10.0.0.3").user == user
    clock.forward(minutes=16)
    assert attempt("known", PASSWORD, "10.9.9.9").user == user


def test_the_lock_follows_the_register_and_the_register_has_bounds(clock: FrozenClock) -> None:
    secadmin = staff_actor(Role.SECADMIN, "R01")
    for raw in ("2", "6", "0", "-1", "x", "", "1e9"):
        with pytest.raises(BadValue):
            actions.change_setting(key="accounts.lock_failures", raw=raw, reason="试", actor=secadmin)
    for raw in ("9", "100000"):
        with pytest.raises(BadValue):
            actions.change_setting(key="accounts.lock_minutes", raw=raw, reason="试", actor=secadmin)
    with pytest.raises(NotAllowed):
        actions.change_setting(key="accounts.lock_failures", raw="3", reason="试", actor=sysadmin_actor())
    actions.change_setting(key="accounts.lock_failures", raw="3", reason="安全检查要求", actor=secadmin)
    lefts = [refuse("nobody", "wrong").params.get("left") for _ in range(3)]
    assert lefts == [2, 1, None]


def test_a_one_time_password_lapses(clock: FrozenClock) -> None:
    user = a_user(a_person(), login="late", fresh=True)
    clock.forward(days=8)
    with pytest.raises(InitialPasswordExpired):
        attempt("late", user.once)
    assert not SignIn.objects.filter(user=user).exists()


def test_a_login_of_another_congress_is_unknown_here() -> None:
    other = a_congress("elsewhere")
    a_user(a_person(congress=other), login="theirs")
    assert refuse("theirs", PASSWORD).params["left"] == 4
