"""Ending sessions: by their owner, by time, by the security administrator."""

from django.db import transaction

from openrenda.accounts.models import SignIn, User
from openrenda.accounts.rules import may_end_sessions, require
from openrenda.accounts.states import SignInEnd
from openrenda.audit.actions import digest, record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound


@transaction.atomic
def sign_out(*, sign_in_id: int, actor: Actor) -> None:
    """The person leaves. Leaving twice is no error."""
    row = SignIn.objects.select_for_update().filter(pk=sign_in_id, ended_at=None).first()
    if row is not None:
        _end(row, SignInEnd.SIGNED_OUT, actor, "accounts.signed_out")


@transaction.atomic
def close_overrun(*, sign_in_id: int, origin: str) -> SignInEnd | None:
    """A session met again after its time: write down that it is over. Returns why; None if it had been ended."""
    row = SignIn.objects.select_for_update(of=("self",)).filter(pk=sign_in_id, ended_at=None)
    found = row.select_related("user__person").first()
    why = found.overrun() if found else None
    if found is not None and why is not None:
        person = found.user.person
        actor = Actor(
            urn=f"person:{person.pk}",
            name=person.name,
            congress_id=person.congress_id,
            person_id=person.pk,
            origin=origin,
        )
        _end(found, why, actor, "accounts.session_timed_out")
    return why


@transaction.atomic
def end_sign_in(*, sign_in_id: int, actor: Actor) -> SignIn:
    """The security administrator ends somebody's session."""
    row = (
        SignIn.objects.select_for_update(of=("self",))
        .filter(pk=sign_in_id, user__person__congress_id=actor.congress_id)
        .first()
    )
    if row is None:
        raise NotFound("accounts.no_session")
    require(may_end_sessions, actor, row)
    if row.ended_at is None:
        _end(row, SignInEnd.ENDED, actor, "accounts.session_ended")
    return row


def end_sign_ins_of(user: User, *, reason: SignInEnd, actor: Actor, keep: int | None = None) -> int:
    """End all open sessions of a login but `keep` (within the caller's transaction); returns how many."""
    rows = SignIn.objects.select_for_update().filter(user=user, ended_at=None).exclude(pk=keep or 0).order_by("pk")
    for row in rows:
        _end(row, reason, actor, "accounts.session_ended")
    return len(rows)


def _end(row: SignIn, reason: SignInEnd, actor: Actor, kind: str) -> None:
    before = digest(row)
    row.ended_at, row.end_reason = clock.now(), reason
    row.save(update_fields=["ended_at", "end_reason"])
    record(actor, kind, row, before=before, account=row.user_id, reason=str(reason))
