"""Signing in."""

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from openrenda.accounts.errors import InitialPasswordExpired, SignInLocked, WrongCredentials
from openrenda.accounts.models import SignIn, User
from openrenda.accounts.parameters import IDLE_MINUTES, INITIAL_PASSWORD_DAYS, PASSWORD_DAYS, SESSION_HOURS
from openrenda.accounts.passwords import LONGEST
from openrenda.accounts.selectors import actor_of, fold_login
from openrenda.audit.actions import record
from openrenda.kernel import clock, parameters
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import OpenRendaError

from .lockouts import (
    FORGET_AFTER,
    count_failure,
    count_origin_failure,
    forget_failures,
    lock_rules,
    locked_counter,
    minutes_left,
    origin_minutes_left,
)


def sign_in(*, login: str, password: str, actor: Actor, agent: str = "") -> SignIn:
    """Begin a session, or raise the one answer to unknown name, wrong password and switched-off login.

    The refusal is raised after the commit: the failure it counts must not be rolled back with it.
    """
    outcome = _attempt(login=fold_login(login)[:80], password=password[: LONGEST + 1], actor=actor, agent=agent)
    if isinstance(outcome, OpenRendaError):
        raise outcome
    return outcome


@transaction.atomic
def _attempt(*, login: str, password: str, actor: Actor, agent: str) -> SignIn | OpenRendaError:
    rules = lock_rules(actor.congress_id)
    if minutes := origin_minutes_left(actor):
        return SignInLocked(minutes=minutes)
    user = User.objects.select_related("person").filter(login=login, person__congress_id=actor.congress_id).first()
    counter = locked_counter(kind="login", text=login, congress_id=actor.congress_id, user=user)
    right = password_is_right(user, password)
    if minutes := minutes_left(counter, clock.now()):
        return SignInLocked(minutes=minutes)
    if user is None or not user.is_active or not right:
        left = count_failure(counter, limit=rules.failures, minutes=rules.minutes, window=FORGET_AFTER, actor=actor)
        count_origin_failure(actor, rules)
        if left:
            return WrongCredentials(left=left, minutes=rules.minutes)
        return SignInLocked(minutes=rules.minutes)
    forget_failures(counter)
    if _initial_password_is_old(user):
        record(actor, "accounts.initial_password_expired", user)
        return InitialPasswordExpired()
    return begin(user, origin=actor.origin, agent=agent)


def password_is_right(user: User | None, password: str) -> bool:
    """Hashes once, whether or not there is anything to compare with: the time tells nothing."""
    if user is None or not user.has_usable_password():
        make_password(password)
        return False
    return check_password(password, user.password, setter=lambda raw: _rehash(user, raw))


def _rehash(user: User, raw: str) -> None:
    """The hasher has been strengthened since: keep the stronger hash."""
    user.set_password(raw)
    user.save(update_fields=["password"])


def _initial_password_is_old(user: User) -> bool:
    if not user.must_change_password:
        return False
    days = parameters.number(INITIAL_PASSWORD_DAYS, user.person.congress_id)
    return user.password_is_initial and clock.now() - user.password_changed_at > timedelta(days=days)


def begin(user: User, *, origin: str, agent: str, hat: str = "", **detail: str) -> SignIn:
    """Open a session for a login that has proved itself (within the caller's transaction)."""
    now, congress_id = clock.now(), user.person.congress_id
    days = parameters.number(PASSWORD_DAYS, congress_id)
    if user.has_usable_password() and now - user.password_changed_at > timedelta(days=days):
        user.must_change_password = True
        user.save(update_fields=["must_change_password"])
    row = SignIn.objects.create(
        user=user,
        hat=hat or user.last_hat,
        began_at=now,
        seen_at=now,
        ends_at=now + timedelta(hours=parameters.number(SESSION_HOURS, congress_id)),
        idle_minutes=parameters.number(IDLE_MINUTES, congress_id),
        origin=origin[:60],
        agent=agent[:200],
    )
    record(actor_of(user, origin=origin), "accounts.signed_in", row, account=user.pk, **detail)
    return row
