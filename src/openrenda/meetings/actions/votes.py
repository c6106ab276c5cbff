"""An item is put to the vote; what the vote says comes back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.kernel.subject import SubjectRef
from openrenda.meetings.errors import NoQuorum
from openrenda.meetings.events import ItemDecided, ItemReopened
from openrenda.meetings.models import Meeting
from openrenda.meetings.rules.quorum import needed
from openrenda.meetings.rules.who import FOLLOWER
from openrenda.meetings.selectors import members
from openrenda.meetings.states import Presence
from openrenda.voting import actions as voting
from openrenda.voting.actions import OptionSpec, RollSpec, ScrutineerSpec
from openrenda.voting.models import Poll
from openrenda.voting.states import Duty, Form, Method

from .steps import LockedItem, lock_item

REF = "meetings.agendaitem"


@transaction.atomic
def put_to_vote(
    *,
    item_id: int,
    title: str,
    method: Method,
    form: Form,
    options: Sequence[OptionSpec],
    actor: Actor,
    quota: int = 0,
    minimum: int | None = None,
    maximum: int | None = None,
    threshold: int = 0,
    key: str = "",
    purpose: str = "",
) -> Poll:
    """Draw up the ballot on an item: base and roll from the meeting, scrutineers as it agreed.

    The quorum is checked now and once more when the vote opens.
    """
    case = lock_item(item_id, actor.congress_id)
    case.go("put_to_vote", actor)
    item, meeting = case.item, case.item.meeting
    poll = voting.draft_poll(
        title=title,
        method=method,
        form=form,
        options=options,
        base=meeting.base,
        roll=_roll(meeting),
        quota=quota,
        minimum=minimum,
        maximum=maximum,
        quorum=needed(meeting.kind, meeting.base),
        scrutineers=_scrutineers(meeting),
        threshold=threshold,
        subject=SubjectRef(item.subject_kind, item.subject_id) if item.subject_kind else None,
        meeting_ref=f"{REF}:{item.pk}",
        key=key,
        actor=actor,
    )
    item.poll, item.purpose = poll, purpose or item.purpose
    case.write(actor, "put_to_vote", poll=poll.key)
    return poll


def _roll(meeting: Meeting) -> list[RollSpec]:
    """All members in office and who of them is there; too few is a refusal."""
    there = set(meeting.attendance.filter(presence=Presence.SIGNED_IN).values_list("mandate_id", flat=True))
    least = needed(meeting.kind, meeting.base)
    if len(there) < least:
        raise NoQuorum(present=len(there), needed=least)
    everyone = members(meeting).order_by("delegation__name", "code").values_list("pk", flat=True)
    return [RollSpec(pk, pk in there) for pk in everyone]


def _scrutineers(meeting: Meeting) -> list[ScrutineerSpec]:
    return [ScrutineerSpec(row.mandate_id, Duty(row.duty)) for row in meeting.scrutineers.all()]


@transaction.atomic
def refresh_roll(*, item_id: int, actor: Actor) -> Poll:
    """Take over the attendance as it stands now, before the vote opens."""
    case = lock_item(item_id, actor.congress_id)
    case.go("repeat_vote", actor)
    poll = _poll(case)
    return voting.take_roll(poll_id=poll.pk, roll=_roll(case.item.meeting), actor=actor)


@transaction.atomic
def open_vote(*, item_id: int, actor: Actor) -> Poll:
    """Take over the attendance as it stands at this moment and declare the vote open: the quorum is looked at anew."""
    poll = refresh_roll(item_id=item_id, actor=actor)
    return voting.open_poll(poll_id=poll.pk, actor=actor)


@transaction.atomic
def repeat_vote(*, item_id: int, actor: Actor, method: Method | None = None, threshold: int | None = None) -> Poll:
    """Vote again: after a void vote, among the tied, or for the places left. The attendance is taken anew."""
    case = lock_item(item_id, actor.congress_id)
    case.go("repeat_vote", actor)
    poll = voting.repeat_poll(
        poll_id=_poll(case).pk,
        roll=_roll(case.item.meeting),
        scrutineers=_scrutineers(case.item.meeting),
        method=method,
        threshold=threshold,
        actor=actor,
    )
    case.item.poll = poll
    case.write(actor, "vote_repeated", poll=poll.key)
    return poll


def _poll(case: LockedItem) -> Poll:
    poll = case.item.poll
    assert poll is not None, "an item before its vote has a poll"
    return poll


def item_id_of(meeting_ref: str) -> int | None:
    """The item that a poll's reference names, if it is one of ours."""
    kind, _, pk = meeting_ref.partition(":")
    return int(pk) if kind == REF and pk.isdigit() else None


def _follower(congress_id: int) -> Actor:
    return Actor(FOLLOWER, "系统", congress_id)


@transaction.atomic
def follow_published(
    *, item_id: int, poll_id: int, poll_key: str, outcome: Sequence[dict[str, Any]], congress_id: int
) -> None:
    """The last word of a vote is out: the item is decided by it."""
    actor, case = _follower(congress_id), lock_item(item_id, congress_id)
    item = case.item
    passed = any(line["chosen"] or (line["grade"] and line["passed"]) for line in outcome)
    case.go("follow_passed" if passed else "follow_rejected", actor)
    item.decided_at = clock.now()
    if len(outcome) == 1:
        item.approve, item.oppose, item.abstain = (int(outcome[0][name]) for name in ("approve", "oppose", "abstain"))
    case.write(actor, "item_decided", poll=poll_key, passed=passed)
    publish(
        ItemDecided(
            item_id=item.pk,
            meeting_id=item.meeting_id,
            subject_kind=item.subject_kind,
            subject_id=item.subject_id,
            purpose=item.purpose,
            passed=passed,
            poll_id=poll_id,
            poll_key=poll_key,
            outcome=tuple(outcome),
        ),
        actor,
    )


@transaction.atomic
def follow_voided(*, item_id: int, congress_id: int) -> None:
    """The vote was void: the item waits for the next one."""
    actor, case = _follower(congress_id), lock_item(item_id, congress_id)
    item = case.item
    publish(
        ItemReopened(
            item_id=item.pk,
            meeting_id=item.meeting_id,
            subject_kind=item.subject_kind,
            subject_id=item.subject_id,
            purpose=item.purpose,
        ),
        actor,
    )


@transaction.atomic
def follow_cancelled(*, item_id: int, congress_id: int) -> None:
    """The vote was given up before it opened: the item stands as before."""
    actor, case = _follower(congress_id), lock_item(item_id, congress_id)
    case.go("follow_cancelled", actor)
    case.item.poll = None
    case.write(actor, "vote_cancelled")
