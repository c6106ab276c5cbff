"""Electronic ballots arrive; scrutineers decrypt.

A ballot is checked before any lock is taken. Then, in one transaction that is committed before the tracker is
answered: the poll is locked, the credential must be free, the event is chained.
"""

import json
from collections.abc import Iterable

from django.db import transaction

from ballotcrypt import ballot as ballots
from ballotcrypt import tally
from ballotcrypt.ballot import CheckedBallot
from ballotcrypt.faults import Fault, FaultCode, demand
from openrenda.audit.actions import digest as audit_digest
from openrenda.audit.actions import record
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotAllowed
from openrenda.kernel.text import N_
from openrenda.voting.errors import (
    AlreadyVoted,
    BallotRefused,
    CeremonyOutOfOrder,
    CredentialWithdrawn,
    NoPoll,
    NotOpen,
    PartialRefused,
    UnknownCredential,
)
from openrenda.voting.models import BoardEvent, Credential, Poll, Setup
from openrenda.voting.rules.ballots import digest_of, tracker_of
from openrenda.voting.rules.who import is_office
from openrenda.voting.selectors.board import election_of, find_tracker
from openrenda.voting.states import CredentialState, EventKind, State

from .board import append, append_partial, append_result
from .ceremony import place_of, trustee_of
from .issuing import tracker_on_board
from .steps import lock
from .values import Receipt

LARGEST = 4_000_000
"""Bytes of a ballot that are looked at; one with 12 answers has 23 000."""
_NEEDED = ("congress_id", "state", "method", "election_hash", "board_height", "board_head")


def accept_ballot(*, poll_key: str, raw: bytes, actor: Actor) -> Receipt:
    """Take a ballot. The same ballot again is answered alike; another with a used credential is told the tracker.

    The answer comes only after the commit: whoever has it finds the ballot on the board.
    """
    poll = Poll.objects.only(*_NEEDED).filter(key=poll_key, congress_id=actor.congress_id).first()
    if poll is None:
        raise NoPoll
    known = find_tracker(poll, digest_of(raw))
    if known is not None:
        return Receipt(known.tracker, known.tracker_hex, known.height, is_new=False)
    if poll.state != State.OPEN or not poll.is_electronic:
        raise NotOpen
    _may_vote(poll, raw)
    checked = _checked(poll, raw)
    with transaction.atomic(durable=True):
        return _accept(poll.pk, raw, checked.credential)


def _may_vote(poll: Poll, raw: bytes) -> None:
    """What needs no arithmetic comes first: a stranger, or somebody who voted already, costs us nothing."""
    if len(raw) > LARGEST:
        raise BallotRefused(fault="too_large", detail=N_("数据太大"))
    try:
        public = ballots.credential_of(raw)
        ours = json.loads(raw)["election_hash"] == election_of(poll).fingerprint
        demand(ours, FaultCode.BALLOT_OTHER_ELECTION)
    except Fault as fault:
        raise BallotRefused(fault=fault.name, detail=fault.zh) from fault
    _usable(Credential.objects.filter(poll=poll, digest=digest_of(public)).first(), digest_of(raw))


def _usable(credential: Credential | None, digest: str) -> Credential:
    """The credential, if it may still vote, or voted by this very ballot."""
    if credential is None:
        raise UnknownCredential
    if credential.state == CredentialState.WITHDRAWN:
        raise CredentialWithdrawn
    if credential.state == CredentialState.USED and (there := tracker_on_board(credential)) != tracker_of(digest):
        raise AlreadyVoted(there)
    return credential


def _checked(poll: Poll, raw: bytes) -> CheckedBallot:
    try:
        return ballots.check(election_of(poll), raw)
    except Fault as fault:
        raise BallotRefused(fault=fault.name, detail=fault.zh) from fault


def _accept(poll_id: int, raw: bytes, public: str) -> Receipt:
    """Inside the caller's transaction: one ballot after the other."""
    poll = Poll.objects.select_for_update().only(*_NEEDED).get(pk=poll_id)
    digest = digest_of(raw)
    credential = _usable(Credential.objects.filter(poll=poll, digest=digest_of(public)).first(), digest)
    if credential.height is not None:
        return Receipt(tracker_of(digest), digest, credential.height, is_new=False)
    if poll.state != State.OPEN:
        raise NotOpen
    event = append(poll, EventKind.BALLOT, raw.decode())
    poll.save(update_fields=["board_height", "board_head"])
    credential.state, credential.height = CredentialState.USED, event.height
    credential.save(update_fields=["state", "height"])
    return Receipt(tracker_of(event.digest), event.digest, event.height, is_new=True)


@transaction.atomic
def accept_ballots(*, poll_id: int, raws: Iterable[bytes], actor: Actor, checked: bool = False) -> int:
    """Take many at once, all or none, in the caller's transaction (a load that brings its own ballots).

    `checked` says that the caller has verified every one of them just now. Returns how many are new on the board.
    """
    case = lock(poll_id, actor)
    verdict = is_office(actor, case.poll)
    if not verdict:
        raise NotAllowed.by(verdict)
    if not case.poll.is_electronic:
        raise NotOpen
    count = 0
    for raw in raws:
        public = ballots.credential_of(raw) if checked else _checked(case.poll, raw).credential
        count += _accept(poll_id, raw, public).is_new
    return count


@transaction.atomic
def enter_partial(*, poll_id: int, raw: str, actor: Actor) -> bool:
    """A scrutineer's partial decryption, checked before it goes onto the board. True when the result is out with it."""
    case = lock(poll_id, actor)
    case.go("enter_partial", actor)
    poll, mine = case.poll, trustee_of(case, actor)
    if poll.events.filter(kind=EventKind.RESULT).exists():
        raise CeremonyOutOfOrder(why=N_("解密人数已经够了，结果已经算出"))
    if mine.has_decrypted:
        raise CeremonyOutOfOrder(why=N_("您已经解密过了"))
    encrypted = poll.events.get(kind=EventKind.ENCRYPTED_TALLY).inner
    setup = Setup.objects.get(poll=poll)
    try:
        tally.check_partial(election_of(poll), setup.trustees.encode(), place_of(mine), encrypted, raw)
    except Fault as fault:
        raise PartialRefused(who=mine.name, fault=fault.name, detail=fault.zh) from fault
    before = audit_digest(mine)
    mine.has_decrypted = True
    mine.save(update_fields=["has_decrypted"])
    record(actor, "voting.decrypted", mine, before=before, sha256=digest_of(raw))
    append_partial(poll, place_of(mine), raw)
    done = BoardEvent.objects.filter(poll=poll, kind=EventKind.PARTIAL).count() >= poll.threshold
    if done:
        append_result(poll)
    case.write(actor, "partial_entered", owner=mine.index, done=done)
    return done
