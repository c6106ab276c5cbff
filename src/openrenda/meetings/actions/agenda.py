"""Items come onto the agenda and are decided without a ballot."""

from django.db import transaction

from openrenda.audit.actions import record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.meetings.errors import NoMajority, NoQuorum
from openrenda.meetings.events import ItemDecided
from openrenda.meetings.models import AgendaItem
from openrenda.meetings.rules.quorum import majority, needed
from openrenda.meetings.states import ItemKind, ItemState, Presence
from openrenda.search.actions import touch

from .steps import LockedItem, lock, lock_item, required

_MOVES = {ItemState.HEARD: "hear", ItemState.PASSED: "pass", ItemState.NOT_PASSED: "reject"}


@transaction.atomic
def add_item(
    *,
    meeting_id: int,
    title: str,
    kind: ItemKind,
    actor: Actor,
    number: int = 0,
    reporter_id: int | None = None,
    subject: SubjectRef | None = None,
    purpose: str = "",
) -> AgendaItem:
    """Put an item on the agenda; without a number it becomes the last."""
    case = lock(meeting_id, actor)
    case.go("add_item", actor)
    taken = set(case.meeting.items.values_list("number", flat=True))
    if number in taken:
        raise Invalid(fields={"number": N_("这个序号已经有议程。")})
    item = AgendaItem.objects.create(
        meeting=case.meeting,
        number=number or max(taken, default=0) + 1,
        title=required(title=title)["title"][:160],
        kind=ItemKind(kind),
        reporter_id=reporter_id,
        subject_kind=subject.kind if subject else "",
        subject_id=subject.id if subject else 0,
        purpose=purpose,
    )
    touch("meetings.item", item.pk)
    record(actor, "meetings.item_added", item)
    return item


@transaction.atomic
def withdraw_item(*, item_id: int, reason: str, actor: Actor) -> AgendaItem:
    """It is not deliberated any more."""
    case = lock_item(item_id, actor.congress_id)
    case.go("withdraw", actor)
    case.item.note = required(reason=reason)["reason"][:400]
    case.write(actor, "item_withdrawn")
    return case.item


@transaction.atomic
def decide_item(
    *,
    item_id: int,
    decision: ItemState,
    actor: Actor,
    approve: int = 0,
    oppose: int = 0,
    abstain: int = 0,
    note: str = "",
) -> AgendaItem:
    """Record that an item was heard, or adopted or not by counted hands. The quorum must be there.

    Passing needs more than half of all members in office, not of those present (地方组织法 §25, §51).
    """
    if decision not in _MOVES:
        raise Invalid(fields={"decision": N_("请选择已听取、通过或未通过。")})
    case = lock_item(item_id, actor.congress_id)
    item, meeting = case.item, case.item.meeting
    case.go(_MOVES[ItemState(decision)], actor)
    if decision != ItemState.HEARD:
        _figures(case, approve, oppose, abstain)
        line = majority(meeting.base)
        if decision == ItemState.PASSED and approve < line:
            raise NoMajority(approve=approve, line=line)
        if decision == ItemState.NOT_PASSED and approve >= line:
            raise Invalid(fields={"decision": N_("赞成票已过全体组成人员的半数，应记为通过。")})
    item.note, item.decided_at = note.strip()[:400], clock.now()
    case.write(actor, "item_decided", decision=str(decision), approve=approve)
    publish(
        ItemDecided(
            item_id=item.pk,
            meeting_id=meeting.pk,
            subject_kind=item.subject_kind,
            subject_id=item.subject_id,
            purpose=item.purpose,
            passed=decision != ItemState.NOT_PASSED,
        ),
        actor,
    )
    return item


def _figures(case: LockedItem, approve: int, oppose: int, abstain: int) -> None:
    item, meeting = case.item, case.item.meeting
    present = meeting.attendance.filter(presence=Presence.SIGNED_IN).count()
    least = needed(meeting.kind, meeting.base)
    if present < least:
        raise NoQuorum(present=present, needed=least)
    if min(approve, oppose, abstain) < 0 or approve + oppose + abstain > present:
        raise Invalid(fields={"approve": N_("各项票数之和不能超过实到人数。")})
    item.approve, item.oppose, item.abstain = approve, oppose, abstain
