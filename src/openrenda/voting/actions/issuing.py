"""Ballots are handed out; slips come back; who votes by name says it aloud."""

from collections.abc import Sequence

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid, NotAllowed
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.voting.errors import (
    AlreadyIssued,
    AlreadyVoted,
    CredentialWithdrawn,
    MarksWrong,
    NotPresent,
    SlipNotWithdrawn,
    UnknownCredential,
)
from openrenda.voting.models import BoardEvent, Credential, NamedVote, Poll, RollEntry
from openrenda.voting.rules.ballots import digest_of, tracker_of
from openrenda.voting.rules.count import Rules, choices_fit
from openrenda.voting.rules.who import is_entitled, is_office
from openrenda.voting.states import CredentialState, Issued, WithdrawalReason

from .steps import Locked, lock


@transaction.atomic
def issue_ballots(*, poll_id: int, actor: Actor, mandate_ids: Sequence[int] | None = None) -> int:
    """Hand out ballots, or slips, to those named, or to all present who have none. All of them or none."""
    case = lock(poll_id, actor)
    case.go("issue", actor)
    rows = case.poll.roll.select_for_update().filter(is_present=True, issued=Issued.NOTHING)
    if mandate_ids is not None:
        rows = rows.filter(mandate_id__in=mandate_ids)
        if strangers := set(mandate_ids) - set(rows.values_list("mandate_id", flat=True)):
            _refuse(_entry(case.poll, min(strangers)))
    count = rows.update(issued=_usual(case.poll), issued_on=clock.today())
    case.write(actor, "issued", count=count)
    return count


@transaction.atomic
def issue_ballot(*, poll_id: int, mandate_id: int, actor: Actor, as_paper: bool = False) -> RollEntry:
    """Hand out one. `as_paper` in an electronic vote: instead of a slip, or after the slip was taken back."""
    case = lock(poll_id, actor)
    case.go("issue", actor)
    return _issue(case, mandate_id, actor, as_paper=as_paper)


def _issue(case: Locked, mandate_id: int, actor: Actor, *, as_paper: bool) -> RollEntry:
    poll, entry = case.poll, _entry(case.poll, mandate_id)
    before = digest(entry)
    kind = Issued.PAPER if as_paper else _usual(poll)
    if entry.issued == Issued.ELECTRONIC and kind == Issued.PAPER:
        _slip_is_back(poll, entry)
        entry.is_swapped = True
    elif not entry.is_present or entry.issued != Issued.NOTHING:
        _refuse(entry)
    entry.issued, entry.issued_on = kind, clock.today()
    entry.save(update_fields=["issued", "issued_on", "is_swapped"])
    record(actor, "voting.issued", entry, before=before)
    return entry


def _usual(poll: Poll) -> Issued:
    return Issued.ELECTRONIC if poll.is_electronic else Issued.PAPER


def _entry(poll: Poll, mandate_id: int) -> RollEntry:
    entry = poll.roll.select_for_update().filter(mandate_id=mandate_id).first()
    if entry is None:
        raise Invalid(fields={"mandate": N_("不在应到名单中。")})
    return entry


def _refuse(entry: RollEntry) -> None:
    if not entry.is_present:
        raise NotPresent(name=entry.name)
    raise AlreadyIssued(name=entry.name)


def _slip_is_back(poll: Poll, entry: RollEntry) -> None:
    """As many slips must have come back for paper as deputies have changed to paper, this one included."""
    back = poll.credentials.filter(state=CredentialState.WITHDRAWN, reason=WithdrawalReason.PAPER).count()
    if back <= poll.roll.filter(is_swapped=True).count():
        raise SlipNotWithdrawn(name=entry.name)


@transaction.atomic
def withdraw_credentials(*, poll_id: int, publics: Sequence[str], reason: WithdrawalReason, actor: Actor) -> int:
    """Take slips out of use, by their public parts: all of them or none. One that has voted stays.

    A slip withdrawn already stays as it is. Returns how many were taken out of use now.
    """
    case = lock(poll_id, actor)
    case.go("withdraw_credentials", actor)
    return _withdraw(case, publics, WithdrawalReason(reason), actor)


def _withdraw(case: Locked, publics: Sequence[str], reason: WithdrawalReason, actor: Actor) -> int:
    poll = case.poll
    wanted = {digest_of(public.strip()) for public in publics}
    rows = list(poll.credentials.select_for_update().filter(digest__in=wanted))
    if not wanted or len(rows) != len(wanted):
        raise UnknownCredential
    for row in rows:
        if row.state == CredentialState.USED:
            raise AlreadyVoted(tracker_on_board(row))
    free = [row.pk for row in rows if row.state == CredentialState.FREE]
    poll.credentials.filter(pk__in=free).update(state=CredentialState.WITHDRAWN, reason=reason)
    case.write(actor, "credentials_withdrawn", count=len(free), reason=str(reason))
    return len(free)


def tracker_on_board(credential: Credential) -> str:
    """The tracker of the ballot that this credential cast. One query."""
    assert credential.height is not None, "a used credential knows its ballot"
    event = BoardEvent.objects.only("digest").get(poll_id=credential.poll_id, height=credential.height)
    return tracker_of(event.digest)


@transaction.atomic
def fall_back_to_paper(*, poll_id: int, mandate_id: int, public: str, actor: Actor) -> RollEntry:
    """A device failed: the slip is taken out of use and a paper handed out, both or neither.

    If the slip has voted after all, the answer is its tracker and no paper.
    """
    case = lock(poll_id, actor)
    case.go("withdraw_credentials", actor)
    if _withdraw(case, [public], WithdrawalReason.PAPER, actor) == 0:
        raise CredentialWithdrawn
    case.go("issue", actor)
    return _issue(case, mandate_id, actor, as_paper=True)


@transaction.atomic
def vote_by_name(*, poll_id: int, mandate_id: int, choices: Sequence[str], actor: Actor) -> NamedVote:
    """A deputy's public choice: the refs ticked, or one answer per line. Once; entered by herself or the office."""
    case = lock(poll_id, actor)
    case.go("vote_by_name", actor)
    if not is_office(actor, case.poll) and not actor.holds(Role.DEPUTY, mandate_id):
        raise NotAllowed.by(is_entitled(Actor.anonymous(actor.congress_id), case.poll))
    entry = _entry(case.poll, mandate_id)
    if not entry.is_present or case.poll.named_votes.filter(mandate_id=mandate_id).exists():
        _refuse(entry)
    if not choices_fit(Rules.from_json(case.poll.rules), choices):
        raise MarksWrong
    vote = NamedVote.objects.create(
        poll=case.poll, mandate_id=mandate_id, name=entry.name, choices=list(choices), at=clock.now()
    )
    record(actor, "voting.voted_by_name", vote)
    return vote
