"""Who wrote: looked up by number and code without telling anything to those who guess, revealed only with a reason."""

from datetime import timedelta

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock, codes, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import unseal
from openrenda.kernel.errors import NotAllowed
from openrenda.kernel.parameters import number as setting
from openrenda.kernel.text import N_
from openrenda.liaison.errors import TrackRefused
from openrenda.liaison.models import Opinion, ResidentContact, TrackAttempt
from openrenda.liaison.rules import clocks, who

from .case import lock, tell, write
from .values import Contact, Receipt

_WINDOW = timedelta(hours=1)
_KEPT = timedelta(days=2)


def resident(opinion: Opinion, origin: str = "") -> Actor:
    """The writer as an actor, after number and code have been checked."""
    return Actor(urn=f"opinion:{opinion.pk}", name=N_("反映人"), congress_id=opinion.congress_id, origin=origin)


def track(*, number: str, code: str, congress_id: int, origin: str) -> Actor:
    """The resident's own actor (urn "opinion:<id>"); TrackRefused for everything else.

    Unknown number, wrong code, somebody else's code and too many tries take the same queries and the same hash, and
    raise the same error. Not atomic on purpose: the failed try must stay in the table when the refusal is raised."""
    number, code = codes.tidy_number(number), codes.tidy_code(code)
    now = clock.now()
    keys = (codes.keyed_hash("tracked number", congress_id, number), codes.origin_hash(origin, now.date()))
    since = TrackAttempt.objects.filter(at__gt=now - _WINDOW, is_ok=False)
    too_many = (
        since.filter(number_hash=keys[0]).count() >= setting(clocks.TRACK_PER_NUMBER, congress_id),
        since.filter(origin_hash=keys[1]).count() >= setting(clocks.TRACK_PER_ORIGIN, congress_id),
    )
    found = Opinion.objects.filter(congress_id=congress_id, number=number).first()
    fits = codes.code_matches(found.code_hash if found else "", congress_id, number, code)
    is_ok = fits and found is not None and not any(too_many)
    TrackAttempt.objects.create(at=now, number_hash=keys[0], origin_hash=keys[1], is_ok=is_ok)
    if found is None or not is_ok:
        raise TrackRefused
    return resident(found, origin)


def forget_attempts() -> int:
    """Drop look-ups older than two days; how many went. One query."""
    gone, _ = TrackAttempt.objects.filter(at__lt=clock.now() - _KEPT).delete()
    return gone


@transaction.atomic
def reveal_contact(*, opinion_id: int, reason: str, actor: Actor) -> Contact:
    """Name and phone in the clear, for those who may, with a reason that is recorded (domain.md 1.7.2)."""
    reason = texts.line(reason, "reason", 200)
    opinion = lock(opinion_id, actor)
    if not (verdict := who.may_reveal_contact(actor, opinion)):
        raise NotAllowed.by(verdict)
    row = ResidentContact.objects.get(opinion=opinion)
    record(actor, "liaison.contact_revealed", opinion, reason=reason)
    return Contact(unseal(row.name_sealed), unseal(row.phone_sealed), unseal(row.email_sealed))


@transaction.atomic
def reset_query_code(*, opinion_id: int, reason: str, actor: Actor) -> Receipt:
    """A new code for somebody who stands at the station's desk; nowhere else, and never by post or phone."""
    reason = texts.line(reason, "reason", 200)
    opinion = lock(opinion_id, actor)
    if not (verdict := who.is_station_staff(actor, opinion)):
        raise NotAllowed.by(verdict)
    before = digest(opinion)
    code = codes.fresh_code()
    write(opinion, code_hash=codes.code_hash(opinion.congress_id, opinion.number, code))
    tell(opinion, "reset_code", N_("在联络站重置查询码"), actor)
    record(actor, "liaison.code_reset", opinion, before=before, reason=reason)
    return Receipt(opinion.pk, opinion.number, code)
