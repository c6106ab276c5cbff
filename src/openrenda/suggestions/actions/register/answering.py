"""The reply: issued, delivered to each, its promises entered; and what is published of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from openrenda.kernel import clock
from openrenda.kernel.copying import Ids, fresh
from openrenda.kernel.pii import find, mask
from openrenda.kernel.text import N_
from openrenda.orgs.selectors import living_unit
from openrenda.suggestions.models import ClassChange, Commitment, Publication, Reply, ReplyDelivery
from openrenda.suggestions.rules import register_days as days
from openrenda.suggestions.rules.offices import CLOCKWORK, HUB, OFFICE
from openrenda.suggestions.rules.register_cells import NOT_TOLD
from openrenda.suggestions.states import (
    AssignmentState,
    CommitmentKind,
    CommitmentState,
    Publicity,
    ReferenceReason,
    ReplyClass,
    ReplyState,
    State,
)

from .life import Life, Pledge
from .past import PastReply
from .turns import Desk

A = AssignmentState
CHECKER = "历史台账"
BY_REGISTER = "register"
REVIEW_TEXT = "条件具备时办理；届时复查条件是否具备，并书面告知代表。"


@dataclass(frozen=True, slots=True)
class Answers:
    """Numbers for replies and promises."""

    replies: Ids
    promises: Ids


def replied(life: Life, desk: Desk, told: PastReply, on: date, ids: Answers, *, round_: int = 1) -> None:
    """The unit's answer reaches every signatory on a day, and the window for their verdict opens."""
    suggestion, turn, place = life.suggestion, desk.answering, life.place
    life.go_to(clock.at_time(on, 15))
    turn.to(A.REPLY_REVIEW)
    turn.to(A.REPLIED)
    turn.row.ended_on = life.day
    reply = _reply(life, desk, told, ids.replies.take(), round_)
    life.add(reply)
    for mandate in life.signatories:
        life.add(fresh(ReplyDelivery, reply_id=reply.id, mandate_id=mandate.pk, way=BY_REGISTER, delivered_on=life.day))
    if round_ == 1:
        _promise(life, desk, told, reply, ids.promises)
        _grade(life, told.reply_class, reply)
        suggestion.first_replied_on, suggestion.first_reply_due = life.day, suggestion.legal_due
    life.tell(
        "replied",
        N_("{unit}答复，{result}"),
        str(desk.unit),
        State.REPLY_REVIEW,
        State.REPLIED,
        unit=desk.unit,
        params={"unit": str(desk.unit), "result": told.reply_class.label},
    )
    suggestion.feedback_due = suggestion.due = place.feedback_by(life.day)
    due = suggestion.feedback_due.isoformat()
    life.tell("delivered", N_("答复送达全体提出代表，请在{due}前评价"), CLOCKWORK, State.FEEDBACK, params={"due": due})


def _reply(life: Life, desk: Desk, told: PastReply, pk: int, round_: int) -> Any:
    publicity = life.past.publicity
    is_open = publicity == Publicity.FULL
    is_reference = told.reply_class == ReplyClass.D
    return fresh(
        Reply,
        id=pk,
        suggestion_id=life.pk,
        assignment_id=desk.answering.row.id,
        round=round_,
        state=ReplyState.ISSUED,
        doc_no=(told.doc_no if round_ == 1 else "") or NOT_TOLD,
        reply_class=told.reply_class,
        body=told.body,
        reference_reason=ReferenceReason.OTHER if is_reference else "",
        publicity=publicity,
        publicity_reason=NOT_TOLD if publicity == Publicity.NO else "",
        secrecy_checked_by="" if publicity == Publicity.PENDING else CHECKER,
        drafted_by=life.urn,
        drafted_at=life.at,
        signer=NOT_TOLD,
        signed_at=life.at,
        checked_by=life.urn,
        issued_on=life.day,
        effective_due=life.suggestion.due,
        public_body=mask(told.body) if is_open else "",
    )


def _promise(life: Life, desk: Desk, told: PastReply, reply: Any, ids: Ids) -> None:
    """The promise the register tells; for class C without one, a look in a year."""
    if told.promise and told.promise_due is not None:
        content, deadline, kind = told.promise, told.promise_due, CommitmentKind.PROMISE
    elif told.reply_class == ReplyClass.C:
        content, deadline, kind = REVIEW_TEXT, days.review_on(life.day), CommitmentKind.REVIEW
    else:
        return
    row = fresh(
        Commitment,
        id=ids.take(),
        congress_id=life.place.congress_id,
        suggestion_id=life.pk,
        reply_id=reply.id,
        unit_id=living_unit(desk.unit).pk,
        kind=kind,
        content=content,
        responsible=desk.unit.name[:60],
        made_on=life.day,
        first_deadline=deadline,
        deadline=deadline,
        ledger_year=life.day.year,
    )
    line = {"content": content, "deadline": deadline.isoformat(), "responsible": row.responsible, "kind": str(kind)}
    reply.promises = [line]
    life.pledges.append(Pledge(row, [CommitmentState.PENDING.value]))


def _grade(life: Life, reply_class: ReplyClass, reply: Any) -> None:
    life.suggestion.reply_class = reply_class
    change = fresh(
        ClassChange,
        suggestion_id=life.pk,
        new=reply_class,
        on=life.day,
        by=life.urn,
        reason=N_("答复"),
        reply_id=reply.id,
    )
    life.add(change)


def released(life: Life, desk: Desk) -> None:
    """What the register says about publication is put in force; where it says nothing, nothing is published."""
    past, suggestion = life.past, life.suggestion
    decision = past.publicity
    if decision == Publicity.PENDING:
        return
    is_open = decision == Publicity.FULL
    texts = {"problem": past.problem, "proposal": past.proposal} if is_open else {"problem": "", "proposal": ""}
    publications = life.rows[Publication]
    publications[:] = [
        fresh(
            Publication,
            suggestion_id=life.pk,
            decision=decision,
            reason="" if is_open else NOT_TOLD,
            masked_count=sum(len(find(text)) for text in texts.values()),
            secrecy_checked_by=CHECKER,
            secrecy_checked_on=life.day,
            released_by=life.urn,
            released_at=life.at,
            **{name: mask(text) for name, text in texts.items()},
        )
    ]
    suggestion.publicity = decision
    if not is_open:
        suggestion.public_title = ""
    office = OFFICE if desk.answering.row.is_direct else HUB
    life.tell("released", N_("公开审定：{decision}"), office, params={"decision": Publicity(decision).label})
