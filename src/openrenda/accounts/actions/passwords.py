"""Changing one's own password."""

from django.db import transaction

from openrenda.accounts.errors import SignInLocked, WeakPassword
from openrenda.accounts.models import User
from openrenda.accounts.passwords import faults, rules_of
from openrenda.accounts.states import SignInEnd
from openrenda.audit.actions import digest, record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound, OpenRendaError
from openrenda.kernel.text import N_

from .end_sign_ins import end_sign_ins_of
from .lockouts import FORGET_AFTER, count_failure, forget_failures, lock_rules, locked_counter, minutes_left
from .sign_in import password_is_right


def change_password(*, user_id: int, old: str, new: str, actor: Actor, keep_sign_in: int) -> User:
    """Take a new password and end this login's other sessions. Wrong old passwords count like failed sign-ins."""
    outcome = _attempt(user_id=user_id, old=old, new=new, actor=actor, keep_sign_in=keep_sign_in)
    if isinstance(outcome, OpenRendaError):
        raise outcome
    return outcome


@transaction.atomic
def _attempt(*, user_id: int, old: str, new: str, actor: Actor, keep_sign_in: int) -> User | OpenRendaError:
    user = User.objects.select_for_update(of=("self",)).select_related("person").filter(pk=user_id).first()
    if user is None or user.person_id != actor.person_id:
        raise NotFound("accounts.no_account")
    before = digest(user)
    rules = lock_rules(actor.congress_id)
    counter = locked_counter(kind="login", text=user.login, congress_id=actor.congress_id, user=user)
    if minutes := minutes_left(counter, clock.now()):
        return SignInLocked(minutes=minutes)
    if not password_is_right(user, old):
        left = count_failure(counter, limit=rules.failures, minutes=rules.minutes, window=FORGET_AFTER, actor=actor)
        if not left:
            return SignInLocked(minutes=rules.minutes)
        return WeakPassword(fields={"old": N_("现在的密码不对。")})
    check_new(user, new, old=old)
    forget_failures(counter)
    set_password(user, new, initial=False)
    record(actor, "accounts.password_changed", user, before=before)
    end_sign_ins_of(user, reason=SignInEnd.PASSWORD, actor=actor, keep=keep_sign_in)
    return user


def check_new(user: User, new: str, *, old: str = "") -> None:
    """Raise WeakPassword with everything that is wrong at once."""
    rules = rules_of(user.person.congress_id)
    found = faults(new, rules=rules, login=user.login, names=(user.person.pinyin,))
    if old and new == old:
        found.append(N_("新密码不能和现在的一样。"))
    if found:
        text = "".join(found).format(length=rules.length, classes=rules.classes)
        raise WeakPassword(fields={"new": text})


def set_password(user: User, raw: str, *, initial: bool) -> None:
    """Store the hash and when; an initial one must be changed at the first sign-in (within a transaction)."""
    user.set_password(raw)
    user.password_changed_at = clock.now()
    user.must_change_password = user.password_is_initial = initial
    user.save(update_fields=["password", "password_changed_at", "must_change_password", "password_is_initial"])
