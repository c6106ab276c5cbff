"""Reads of logins, sign-ins and locks."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import salted_hmac

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound
from openrenda.orgs.selectors import Hat, hats_of

from .models import Lockout, SignIn, User


def fold_login(raw: str) -> str:
    """The login name as it is kept and compared: full-width letters and capitals make no difference."""
    return unicodedata.normalize("NFKC", raw).strip().casefold()


def lock_key(kind: str, text: str) -> str:
    """A keyed hash, so that the table of failures tells nobody which names were tried."""
    return salted_hmac("openrenda.accounts.lockout", f"{kind}:{text}", algorithm="sha256").hexdigest()


def actor_of(user: User, *, hat: Hat | None = None, origin: str = "") -> Actor:
    """The person behind a login, with the powers of one hat. Needs `user.person`."""
    person = user.person
    return Actor(
        urn=f"person:{person.pk}",
        name=person.name,
        congress_id=person.congress_id,
        roles=hat.roles if hat else frozenset(),
        person_id=person.pk,
        origin=origin,
    )


def live_sign_in(pk: int) -> SignIn | None:
    """An open session with its login and person, unless it ended or the login is switched off. One query."""
    row = SignIn.objects.select_related("user__person").filter(pk=pk, ended_at=None, user__is_active=True).first()
    return row if row is not None and row.overrun() is None else None


def hats_today(user: User) -> list[Hat]:
    """In which capacities the login's person may act today. Two queries."""
    return hats_of(user.person_id, clock.today())


def worn(hats: Sequence[Hat], *keys: str) -> Hat | None:
    """The first of `keys` that is still held, else the first hat."""
    held = {hat.key: hat for hat in hats}
    return next((held[key] for key in keys if key in held), hats[0] if hats else None)


def user_of(congress_id: int, user_id: int) -> User:
    """One login with its person; NotFound if unknown. One query."""
    row = User.objects.filter(pk=user_id, person__congress_id=congress_id).select_related("person").first()
    if row is None:
        raise NotFound("accounts.no_account")
    return row


def user_of_login(congress_id: int, login: str) -> User:
    """One login by its name; NotFound if unknown. One query."""
    row = User.objects.filter(login=fold_login(login), person__congress_id=congress_id).select_related("person").first()
    if row is None:
        raise NotFound("accounts.no_account")
    return row


def lock_of(user: User) -> datetime | None:
    """Until when guessing has locked this login, if it has. One query."""
    row = Lockout.objects.filter(user=user, locked_until__gt=clock.now()).first()
    return row.locked_until if row else None


def open_sign_ins(congress_id: int, size: int = 200) -> list[SignIn]:
    """Sessions that could go on now, newest first. One query."""
    now = clock.now()
    rows = SignIn.objects.filter(user__person__congress_id=congress_id, ended_at=None, ends_at__gt=now)
    return [row for row in rows.select_related("user__person").order_by("-seen_at")[:size] if row.overrun() is None]


def sign_ins_of(user: User, size: int = 10) -> list[SignIn]:
    """The last sessions of a login, newest first. One query."""
    return list(SignIn.objects.filter(user=user).order_by("-pk")[:size])


@dataclass(frozen=True, slots=True)
class LockRow:
    """A lock in force: `login` is empty for a name that nobody has, and for an address."""

    id: int
    login: str
    name: str
    failures: int
    locked_until: datetime


def locks_in_force(congress_id: int, size: int = 200) -> list[LockRow]:
    """Who is locked out now. One query."""
    rows = Lockout.objects.filter(congress_id=congress_id, locked_until__gt=clock.now()).select_related("user__person")
    return [
        LockRow(
            row.pk,
            row.user.login if row.user else "",
            row.user.person.name if row.user else "",
            row.failures,
            row.locked_until,
        )
        for row in rows.order_by("-last_failed_at")[:size]
        if row.locked_until is not None
    ]
