"""What a passed reply brings about, in the same transaction."""

from collections.abc import Sequence

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.liaison import actions as liaison
from openrenda.liaison.states import OpinionState
from openrenda.suggestions.events import Replied
from openrenda.suggestions.models import (
    ClassChange,
    Commitment,
    Reply,
    ReplyDelivery,
    Suggestion,
)
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.states import OPEN_COMMITMENTS, ReplyClass, ReplyState, State

from .steps import LockedTurn, derive, follow, signatories, write
from .values import Promise

ANSWER_LIMIT = 4000
"""What liaison takes as an answer to a resident; the whole reply stands on the suggestion's page."""
HEARING = (OpinionState.CONVERTED, OpinionState.RESULT, OpinionState.FED_BACK, OpinionState.REWORK, OpinionState.CLOSED)
"""Where an opinion stands that may hear of an answer; liaison knows what each of them makes of it."""


def deliver(
    turn: LockedTurn, reply: Reply, promises: Sequence[Promise], actor: Actor, *, who: str, before: str
) -> None:
    """Deliver to each signatory, enter the promises; with the last part answered, open the feedback window."""
    suggestion, today = turn.suggestion, clock.today()
    people = signatories(suggestion)
    ReplyDelivery.objects.bulk_create([ReplyDelivery(reply=reply, mandate=m, delivered_on=today) for m in people])
    _enter_promises(turn, reply, promises)
    complete = follow(turn.case) == State.REPLIED
    if complete:
        grade(suggestion, _class_of_round(suggestion), actor, N_("答复"), reply=reply)
        if suggestion.first_replied_on is None:
            suggestion.first_replied_on, suggestion.first_reply_due = today, suggestion.legal_due
    write(
        turn.case,
        kind="replied",
        text=N_("{unit}答复，{result}"),
        params={
            "unit": str(turn.assignment.unit),
            "result": ReplyClass(reply.reply_class).label,
        },
        actor=actor,
        who=str(turn.assignment.unit),
        unit=turn.assignment.unit,
        obj=reply,
        before=before,
        checked=who,
        signatories=len(people),
        reply_class=str(reply.reply_class),
    )
    if complete:
        _open_feedback(turn, actor)
        _answer_opinions(suggestion)
    due = suggestion.feedback_due.isoformat() if suggestion.feedback_due else ""
    publish(Replied(suggestion.pk, reply_id=reply.pk, complete=complete, feedback_due=due), actor)


def _enter_promises(turn: LockedTurn, reply: Reply, promises: Sequence[Promise]) -> None:
    """A promise repeated word for word in a later round is the same promise."""
    suggestion, today = turn.suggestion, clock.today()
    standing = (
        set(
            suggestion.commitments.filter(unit_id=turn.assignment.unit_id, state__in=OPEN_COMMITMENTS).values_list(
                "content", "deadline"
            )
        )
        if suggestion.round > 1
        else set()
    )
    Commitment.objects.bulk_create(
        [
            Commitment(
                congress_id=suggestion.congress_id,
                suggestion=suggestion,
                reply=reply,
                unit_id=turn.assignment.unit_id,
                kind=p.kind,
                content=p.content,
                responsible=p.responsible,
                made_on=today,
                first_deadline=p.deadline,
                deadline=p.deadline,
                ledger_year=today.year,
            )
            for p in promises
            if (p.content, p.deadline) not in standing
        ]
    )


def _class_of_round(suggestion: Suggestion) -> ReplyClass:
    """With several parts the least favourable class is the suggestion's."""
    given = suggestion.replies.filter(state=ReplyState.ISSUED).order_by("assignment_id", "round")
    latest = dict(given.values_list("assignment_id", "reply_class"))
    return ReplyClass(max(latest.values()))


def grade(
    suggestion: Suggestion,
    new: ReplyClass,
    actor: Actor,
    reason: str,
    *,
    reply: Reply | None = None,
    look_back_id: int | None = None,
) -> None:
    """Set the suggestion's class with a line in its history. The caller saves the suggestion."""
    if suggestion.reply_class == new:
        return
    ClassChange.objects.create(
        suggestion=suggestion,
        old=suggestion.reply_class,
        new=new,
        on=clock.today(),
        by=actor.urn,
        reason=reason,
        reply=reply,
        look_back_id=look_back_id,
    )
    suggestion.reply_class = new


def _open_feedback(turn: LockedTurn, actor: Actor) -> None:
    suggestion = turn.suggestion
    derive(suggestion, "open_feedback")
    suggestion.feedback_due = clocks.feedback_by(clock.today(), suggestion.congress_id).due
    suggestion.feedback_reminded_on = None
    suggestion.due = suggestion.feedback_due
    write(
        turn.case,
        kind="delivered",
        text=N_("答复送达全体提出代表，请在{due}前评价"),
        params={"due": suggestion.feedback_due.isoformat()},
        actor=actor,
        who=N_("系统"),
    )


def _answer_opinions(suggestion: Suggestion) -> None:
    """Residents behind the suggestion get each round's answer through their station, which hears their verdict."""
    system = Actor.system("suggestions", suggestion.congress_id)
    waiting = suggestion.sources.filter(is_released=False, opinion__state__in=HEARING)
    ids = list(waiting.order_by("pk").values_list("opinion_id", flat=True))
    if not ids:
        return
    issued = suggestion.replies.filter(state=ReplyState.ISSUED, round=suggestion.round).values_list("body", flat=True)
    text = "\n\n".join(issued)[:ANSWER_LIMIT]
    for opinion_id in ids:
        liaison.take_answer(opinion_id=opinion_id, text=text, actor=system)
