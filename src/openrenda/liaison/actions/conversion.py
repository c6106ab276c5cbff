"""The opinion leaves the station's own ways: taken up as a deputy's suggestion, or handed to a higher level."""

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.liaison.events import AnsweredAgain, OpinionConverted, OpinionEscalated, OpinionReleased, ResultArrived
from openrenda.liaison.models import Opinion, OpinionDeputy
from openrenda.liaison.states import ClockKind, DeputyPart, OpinionState
from openrenda.liaison.workflow import OPINION
from openrenda.orgs.states import Role

from .case import lock, meet, resume, show, tell, write
from .result import take_result


@transaction.atomic
def convert(*, opinion_id: int, actor: Actor, note: str = "", ref: str = "") -> Opinion:
    """转为代表建议: the deputy takes authorship. The suggestion's own clock runs from here on.

    `ref` is how the suggestion is known ("suggestions.suggestion:12"); liaison keeps it as text and never reads it."""
    note = texts.line(note, "note", texts.REASON_LIMIT, required=False)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("convert", actor, opinion)
    mandate_id = _author(opinion, actor)
    OpinionDeputy.objects.get_or_create(opinion=opinion, mandate_id=mandate_id, part=DeputyPart.RESPONSIBLE)
    meet(opinion, ClockKind.REFERRAL)
    show(opinion, None, None)
    write(opinion, move, deputy_id=mandate_id, converted_ref=ref[:80])
    tell(opinion, move.name, move.label, actor, note, public=True)
    record(actor, "liaison.opinion_converted", opinion, before=before, mandate=mandate_id, ref=ref[:80])
    publish(OpinionConverted(opinion_id=opinion.pk, mandate_id=mandate_id), actor)
    return opinion


def _author(opinion: Opinion, actor: Actor) -> int:
    """Which of the actor's mandates takes it: the responsible one if it is theirs."""
    mandates = actor.scopes(Role.DEPUTY)
    if opinion.deputy_id in mandates and opinion.deputy_id is not None:
        return opinion.deputy_id
    return min(mandates & opinion.serving_mandate_ids)


@transaction.atomic
def release(*, opinion_id: int, reason: str, actor: Actor) -> Opinion:
    """The suggestion was rejected, withdrawn or lapsed: back to the station, whose clock runs on towards its old day.

    Called by suggestions, as a rule with Actor.system("suggestions", congress_id)."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("release", actor, opinion)
    if opinion.answer_due is None:
        resume(opinion, ClockKind.REFERRAL)
    else:
        show(opinion, ClockKind.ANSWER, opinion.answer_due)
    write(opinion, move, converted_ref="")
    tell(opinion, move.name, move.label, actor, reason, public=True)
    record(actor, "liaison.opinion_released", opinion, before=before)
    publish(OpinionReleased(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def take_answer(*, opinion_id: int, text: str, actor: Actor) -> Opinion:
    """The suggestion has been replied to: its answer is copied, the deputy may put it in plain words, the station
    tells the resident. Called by suggestions, as a rule with Actor.system("suggestions", congress_id)."""
    text = texts.block(text, "text", texts.ANSWER_LIMIT)
    opinion = lock(opinion_id, actor)
    if OpinionState(opinion.state) in _TOLD:
        return _hear_again(opinion, text, actor)
    before = digest(opinion)
    name = "take_answer" if opinion.state == OpinionState.CONVERTED else "take_second_answer"
    move = OPINION.take(name, actor, opinion)
    take_result(opinion, move, text, actor)
    record(actor, "liaison.answer_taken", opinion, before=before)
    publish(ResultArrived(opinion_id=opinion.pk), actor)
    return opinion


_TOLD = (OpinionState.RESULT, OpinionState.FED_BACK, OpinionState.CLOSED)


def _hear_again(opinion: Opinion, text: str, actor: Actor) -> Opinion:
    """A new round's answer: a line of the story and a notice; state, rating, first answer stay the resident's own."""
    before = digest(opinion)
    move = OPINION.take("hear_again", actor, opinion)
    tell(opinion, move.name, move.label, actor, text[:1000], public=True)
    write(opinion, move)
    record(actor, "liaison.answered_again", opinion, before=before)
    publish(AnsweredAgain(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def escalate(*, opinion_id: int, to: str, actor: Actor, note: str = "") -> Opinion:
    """交上级代表: a deputy of the city or province takes it to where it can be decided. `to` names whom."""
    to = texts.line(to, "to", 120)
    note = texts.line(note, "note", texts.REASON_LIMIT, required=False)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("escalate", actor, opinion)
    meet(opinion, ClockKind.REFERRAL)
    show(opinion, None, None)
    write(opinion, move, escalated_to=to)
    tell(opinion, move.name, move.label, actor, f"{to}　{note}".strip(), public=True)
    record(actor, "liaison.opinion_escalated", opinion, before=before)
    publish(OpinionEscalated(opinion_id=opinion.pk), actor)
    return opinion
