"""The system administrator's work: logins for people, one-time passwords, switching off; and unlocking."""

import re

from django.db import transaction

from openrenda.accounts.errors import HasLogin, LoginTaken, NoPassword, NotYourself
from openrenda.accounts.models import Lockout, User
from openrenda.accounts.passwords import one_time_password
from openrenda.accounts.rules import may_end_sessions, may_keep_accounts, may_unlock, require
from openrenda.accounts.selectors import fold_login
from openrenda.accounts.states import SignInEnd
from openrenda.audit.actions import digest, record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid, NotFound
from openrenda.kernel.text import N_
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Person

from .end_sign_ins import end_sign_ins_of
from .passwords import set_password

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{2,79}")


@transaction.atomic
def add_person(*, name: str, phone: str, email: str, actor: Actor) -> Person:
    """Enter somebody who shall get a post or a login. Raises BadName (orgs)."""
    require(may_keep_accounts, actor)
    return orgs.add_person(name=name, phone=phone, email=email, actor=actor)


@transaction.atomic
def create_account(*, person_id: int, login: str, actor: Actor) -> tuple[User, str]:
    """A login for a person, with a password to be shown once and changed at the first sign-in."""
    require(may_keep_accounts, actor)
    person = Person.objects.select_for_update().filter(pk=person_id, congress_id=actor.congress_id).first()
    if person is None:
        raise NotFound("accounts.no_person")
    name = fold_login(login)
    if not _LOGIN.fullmatch(name):
        raise Invalid(fields={"login": N_("登录名用 3 到 80 个小写字母、数字或 . _ - @，以字母或数字开头。")})
    if User.objects.filter(person=person).exists():
        raise HasLogin
    if User.objects.filter(login=name).exists():
        raise LoginTaken(login=name)
    password, now = one_time_password(), clock.now()
    user = User(login=name, person=person, password_changed_at=now, created_at=now, password_is_initial=True)
    user.set_password(password)
    user.save()
    record(actor, "accounts.created", user, person=person.pk)
    return user, password


def _mine(user_id: int, actor: Actor) -> User:
    """The login, row-locked, within the actor's congress."""
    rows = User.objects.select_for_update(of=("self",)).select_related("person")
    user = rows.filter(pk=user_id, person__congress_id=actor.congress_id).first()
    if user is None:
        raise NotFound("accounts.no_account")
    return user


@transaction.atomic
def reset_password(*, user_id: int, actor: Actor) -> tuple[User, str]:
    """A fresh one-time password; all sessions end, a lock is lifted."""
    user = _mine(user_id, actor)
    before = digest(user)
    require(may_keep_accounts, actor, user)
    if not user.has_usable_password():
        raise NoPassword
    password = one_time_password()
    set_password(user, password, initial=True)
    Lockout.objects.filter(user=user).update(failures=0, locked_until=None)
    record(actor, "accounts.password_reset", user, before=before)
    end_sign_ins_of(user, reason=SignInEnd.PASSWORD, actor=actor)
    return user, password


@transaction.atomic
def unlock(*, user_id: int, actor: Actor) -> User:
    """Let a locked-out person try again at once."""
    user = _mine(user_id, actor)
    require(may_unlock, actor, user)
    Lockout.objects.filter(user=user).update(failures=0, locked_until=None)
    record(actor, "accounts.unlocked", user)
    return user


@transaction.atomic
def lift_lock(*, lockout_id: int, actor: Actor) -> Lockout:
    """Let a locked name or address try again, whoever it is."""
    row = Lockout.objects.select_for_update().filter(pk=lockout_id, congress_id=actor.congress_id).first()
    if row is None:
        raise NotFound("accounts.no_lock")
    before = digest(row)
    require(may_end_sessions, actor, row)
    row.failures, row.locked_until = 0, None
    row.save(update_fields=["failures", "locked_until"])
    record(actor, "accounts.lock_lifted", row, before=before, account=row.user_id)
    return row


@transaction.atomic
def deactivate(*, user_id: int, actor: Actor) -> User:
    """Switch a login off; its sessions end, its history stays."""
    user = _mine(user_id, actor)
    before = digest(user)
    require(may_keep_accounts, actor, user)
    if user.person_id == actor.person_id:
        raise NotYourself
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(actor, "accounts.deactivated", user, before=before)
    end_sign_ins_of(user, reason=SignInEnd.DEACTIVATED, actor=actor)
    return user


@transaction.atomic
def reactivate(*, user_id: int, actor: Actor) -> User:
    """Switch a login on again."""
    user = _mine(user_id, actor)
    before = digest(user)
    require(may_keep_accounts, actor, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(actor, "accounts.reactivated", user, before=before)
    return user
