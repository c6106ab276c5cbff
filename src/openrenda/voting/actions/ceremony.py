"""Credentials and the scrutineers' keys before the vote: only public parts come here, each is checked on receipt."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from ballotcrypt import group, trustees
from ballotcrypt.credentials import public_list
from ballotcrypt.election import new_uuid
from ballotcrypt.faults import Fault
from openrenda.audit.actions import digest, record
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.voting.errors import CeremonyOutOfOrder, CredentialsWrong, KeyRefused, NotTrustee
from openrenda.voting.events import SetupBegun
from openrenda.voting.models import Credential, Poll, Scrutineer, Setup
from openrenda.voting.rules.ballots import compact, digest_of

from .steps import Locked, facts_of, lock, required

MOST_CREDENTIALS = 5000


@dataclass(frozen=True, slots=True)
class Ceremony:
    """The public messages of all trustees in the order of their index; an empty one is not in yet."""

    people: list[Scrutineer]
    certs: list[str]
    polynomials: list[str]
    keys: list[str]


def ceremony_of(poll: Poll) -> Ceremony:
    """As it stands. One query."""
    people = list(poll.scrutineers.filter(index__isnull=False).order_by("index"))
    return Ceremony(
        people,
        [person.cert for person in people],
        [person.polynomial for person in people],
        [person.verification_key for person in people],
    )


def must_be_complete(ceremony: Ceremony) -> None:
    """All three rounds are over; otherwise who is missing."""
    missing = [person.name for person in ceremony.people if not person.verification_key]
    if missing:
        raise CeremonyOutOfOrder(why=f"还缺{'、'.join(missing)}的密钥")


@transaction.atomic
def begin_setup(*, poll_id: int, actor: Actor) -> Poll:
    """Start the preparation of an electronic vote: from now on credentials and keys are taken in."""
    case = lock(poll_id, actor)
    case.go("begin_setup", actor)
    case.poll.uuid = new_uuid()
    Setup.objects.create(poll=case.poll)
    kept = _take_over_keys(case.poll)
    case.write(actor, "setup_begun", uuid=case.poll.uuid, keys_taken_over=kept)
    publish(SetupBegun(**facts_of(case.poll)), actor)  # type: ignore[arg-type]  # keys are those of the event
    return case.poll


def _take_over_keys(poll: Poll) -> bool:
    """In a second vote the same scrutineers at the same places need no new keys; the session does not wait."""
    if poll.repeats is None or poll.repeats.threshold != poll.threshold:
        return False
    before, now = ceremony_of(poll.repeats), ceremony_of(poll)
    same = [person.mandate_id for person in before.people] == [person.mandate_id for person in now.people]
    if not (same and before.keys and all(before.keys)):
        return False
    for old, new in zip(before.people, now.people, strict=True):
        new.cert, new.polynomial, new.verification_key = old.cert, old.polynomial, old.verification_key
    Scrutineer.objects.bulk_update(now.people, ["cert", "polynomial", "verification_key"])
    return True


@transaction.atomic
def enter_credentials(*, poll_id: int, publics: Sequence[str], actor: Actor) -> int:
    """The public parts of all slips, made offline or in the browser; replaces an earlier list. All or none."""
    case = lock(poll_id, actor)
    case.go("enter_credentials", actor)
    _must_be_credentials(publics)
    poll = case.poll
    listed = public_list(list(publics))
    poll.credentials.all().delete()
    Credential.objects.bulk_create(Credential(poll=poll, public=public, digest=digest_of(public)) for public in listed)
    Setup.objects.filter(poll=poll).update(credentials=compact(listed))
    case.write(actor, "credentials_entered", count=len(publics))
    return len(publics)


def _must_be_credentials(publics: Sequence[str]) -> None:
    if not 0 < len(publics) <= MOST_CREDENTIALS:
        raise CredentialsWrong(why=N_("清单是空的或者太长"))
    if len(set(publics)) != len(publics):
        raise CredentialsWrong(why=N_("有重复的凭证"))
    try:
        for public in publics:
            group.proper_element(public)
    except Fault as fault:
        raise CredentialsWrong(why=fault.zh) from fault


def trustee_of(case: Locked, actor: Actor) -> Scrutineer:
    """The actor's own row among those who keep keys, under lock."""
    mandates = actor.scopes(Role.DEPUTY)
    rows = case.poll.scrutineers.select_for_update().filter(index__isnull=False, mandate_id__in=mandates)
    found = rows.first()
    if found is None:
        raise NotTrustee
    return found


def place_of(trustee: Scrutineer) -> int:
    """The trustee's number, from 1."""
    assert trustee.index is not None, "who keeps a key has a number"
    return trustee.index


@transaction.atomic
def enter_certificate(*, poll_id: int, raw: str, actor: Actor) -> Scrutineer:
    """Round 1: a trustee's certificate. May be replaced until all are in."""
    case = lock(poll_id, actor)
    case.go("enter_key", actor)
    mine, ceremony = trustee_of(case, actor), ceremony_of(case.poll)
    if any(ceremony.polynomials):
        raise CeremonyOutOfOrder(why=N_("其他监票人已经进入下一轮"))
    with _named(mine):
        trustees.check_certificate(place_of(mine), len(ceremony.people), case.poll.threshold, raw)
    return _enter(mine, "cert", raw, actor)


@transaction.atomic
def enter_polynomial(*, poll_id: int, raw: str, actor: Actor) -> Scrutineer:
    """Round 2: commitments and the shares for the others, encrypted to each."""
    case = lock(poll_id, actor)
    case.go("enter_key", actor)
    mine, ceremony = trustee_of(case, actor), ceremony_of(case.poll)
    if not all(ceremony.certs) or any(ceremony.keys):
        raise CeremonyOutOfOrder(why=N_("证书还没有到齐，或者已经进入下一轮"))
    with _named(mine):
        trustees.check_polynomial(place_of(mine), ceremony.certs, raw)
    return _enter(mine, "polynomial", raw, actor)


@transaction.atomic
def enter_verification_key(*, poll_id: int, raw: str, actor: Actor) -> Scrutineer:
    """Round 3: the trustee has checked all others' shares and says her public key."""
    case = lock(poll_id, actor)
    case.go("enter_key", actor)
    mine, ceremony = trustee_of(case, actor), ceremony_of(case.poll)
    if not all(ceremony.polynomials):
        raise CeremonyOutOfOrder(why=N_("密钥承诺还没有到齐"))
    with _named(mine):
        trustees.check_key(place_of(mine), ceremony.certs, ceremony.polynomials, raw)
    return _enter(mine, "verification_key", raw, actor)


class _named:  # noqa: N801  a context manager reads as a word
    """A fault inside is the fault of this trustee's message."""

    def __init__(self, whose: Scrutineer) -> None:
        self.whose = whose

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Fault):
            raise KeyRefused(who=self.whose.name, fault=error.name, detail=error.zh) from error


def _enter(mine: Scrutineer, field: str, raw: str, actor: Actor) -> Scrutineer:
    before = digest(mine)
    setattr(mine, field, raw)
    mine.save(update_fields=[field])
    record(actor, f"voting.{field}_entered", mine, before=before, sha256=digest_of(raw))
    return mine


@transaction.atomic
def restart_keys(*, poll_id: int, reason: str, actor: Actor) -> Poll:
    """A trustee lost her seed before the vote opened: all messages go, everybody begins anew."""
    case = lock(poll_id, actor)
    case.go("restart_keys", actor)
    text = required(reason=reason)["reason"]
    case.poll.scrutineers.update(cert="", polynomial="", verification_key="")
    case.write(actor, "keys_restarted", reason=text[:200])
    return case.poll
