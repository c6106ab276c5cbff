"""What came of it: drafted, signed by another hand, checked by the station, told to the resident."""

from django.db import transaction
from django.db.models.functions import Coalesce

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.kernel.workflow import Move
from openrenda.liaison.events import DraftReturned, OpinionFedBack, ResultArrived, ResultDrafted, ResultRejected
from openrenda.liaison.models import Opinion, OpinionStep, Referral
from openrenda.liaison.states import ClockKind, FeedbackWay, OpinionState, ReferralState
from openrenda.liaison.workflow import OPINION
from openrenda.search.actions import touch

from .case import begin, drop, lock, meet, resume, tell, write


@transaction.atomic
def draft_result(*, opinion_id: int, text: str, actor: Actor) -> Opinion:
    """The handler writes the result; it counts for nothing before somebody else has signed it."""
    text = texts.block(text, "text", texts.ANSWER_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("draft_result", actor, opinion)
    write(opinion, move, draft_text=text, drafted_by=actor.urn)
    record(actor, "liaison.result_drafted", opinion, before=before)
    publish(ResultDrafted(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def return_draft(*, opinion_id: int, reason: str, actor: Actor) -> Opinion:
    """The leader wants the draft written better."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("return_draft", actor, opinion)
    write(opinion, move, draft_text="", drafted_by="")
    tell(opinion, move.name, move.label, actor, reason, resident=False)
    record(actor, "liaison.draft_returned", opinion, before=before)
    publish(DraftReturned(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def approve_result(*, opinion_id: int, actor: Actor) -> Opinion:
    """审签: the unit's leader, never the one who drafted it, answers for the result."""
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("approve_result", actor, opinion)
    Referral.objects.filter(opinion=opinion, state=ReferralState.SIGNED).update(
        state=ReferralState.DONE, ended_at=clock.now()
    )
    meet(opinion, ClockKind.HANDLE)
    take_result(opinion, move, opinion.draft_text, actor)
    record(actor, "liaison.result_approved", opinion, before=before)
    publish(ResultArrived(opinion_id=opinion.pk), actor)
    return opinion


def take_result(opinion: Opinion, move: Move[OpinionState], text: str, actor: Actor) -> None:
    """A result has come, from whomever: three working days to tell the resident. The caller records and publishes."""
    feedback = begin(opinion, ClockKind.FEEDBACK)
    if opinion.answer_due is None:
        opinion.answer_due = feedback.due
    write(
        opinion, move, result_text=text, result_at=clock.now(), draft_text="", drafted_by="", awaiting_extension=False
    )
    tell(opinion, move.name, move.label, actor, resident=False, public=True)


@transaction.atomic
def reject_result(*, opinion_id: int, reason: str, actor: Actor) -> Opinion:
    """不合格退回: the unit's clock runs on towards its old day."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("reject_result", actor, opinion)
    drop(opinion, move.label, ClockKind.FEEDBACK)
    resume(opinion, ClockKind.HANDLE)
    done = Referral.objects.filter(opinion=opinion, state=ReferralState.DONE).order_by("-hop").values("pk")[:1]
    Referral.objects.filter(pk__in=done).update(state=ReferralState.SIGNED, ended_at=None)
    write(opinion, move, result_text="", result_at=None)
    tell(opinion, move.name, move.label, actor, reason, resident=False)
    record(actor, "liaison.result_rejected", opinion, before=before)
    publish(ResultRejected(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def enter_result(*, opinion_id: int, text: str, actor: Actor) -> Opinion:
    """What the higher level has answered, entered by the deputies' committee."""
    text = texts.block(text, "text", texts.ANSWER_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("enter_result", actor, opinion)
    take_result(opinion, move, text, actor)
    record(actor, "liaison.result_entered", opinion, before=before)
    publish(ResultArrived(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def edit_plain_answer(*, opinion_id: int, text: str, actor: Actor) -> Opinion:
    """The deputy (or the head) puts the answer in plain words before the resident is told (domain.md 1.4)."""
    text = texts.block(text, "text", texts.ANSWER_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("edit_plain_answer", actor, opinion)
    write(opinion, move, result_text=text)
    record(actor, "liaison.plain_answer_edited", opinion, before=before)
    return opinion


@transaction.atomic
def feed_back(*, opinion_id: int, actor: Actor, text: str = "", way: FeedbackWay = FeedbackWay.SITE) -> Opinion:
    """审核并反馈群众: the head checks and tells the resident, and everybody whose opinion was merged into this one.

    `text` empty: the result as it stands."""
    text = texts.block(text, "text", texts.ANSWER_LIMIT, required=False)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("feed_back", actor, opinion)
    meet(opinion, ClockKind.FEEDBACK, ClockKind.ANSWER)
    begin(opinion, ClockKind.RATING)
    now = clock.now()
    text = text or opinion.result_text
    write(
        opinion,
        move,
        answer_text=text,
        answered_at=now,
        answer_way=way,
        first_answered_at=opinion.first_answered_at or now,
    )
    step = tell(opinion, move.name, move.label, actor, text, public=True)
    _tell_children(opinion, step)
    record(actor, "liaison.opinion_fed_back", opinion, before=before, way=way)
    publish(OpinionFedBack(opinion_id=opinion.pk), actor)
    return opinion


def _tell_children(parent: Opinion, step: OpinionStep) -> None:
    """Merged children receive the parent's answer (domain.md 1.4) and may rate it, each for itself. Three queries."""
    children = list(Opinion.objects.select_for_update().filter(merged_into=parent, state=OpinionState.MERGED))
    if not children:
        return
    Opinion.objects.filter(pk__in=[child.pk for child in children]).update(
        answer_text=parent.answer_text,
        answered_at=parent.answered_at,
        answer_way=parent.answer_way,
        round=parent.round,
        first_answered_at=Coalesce("first_answered_at", parent.answered_at),
        updated_at=clock.now(),
    )
    touch("liaison.opinion", *(child.pk for child in children))
    OpinionStep.objects.bulk_create(
        [
            OpinionStep(
                opinion=child,
                at=step.at,
                move=step.move,
                label=N_("主件已反馈"),
                who=step.who,
                state=child.state,
                detail=step.detail,
                is_public=True,
                for_resident=True,
            )
            for child in children
        ]
    )
