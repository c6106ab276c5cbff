"""The resident's own verdict, and what follows: another round, closing, a look back by the station."""

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock, codes, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import BadWords
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number
from openrenda.kernel.text import N_
from openrenda.kernel.workflow import Move
from openrenda.liaison.events import HeadMustDecide, NotSolvedSaid, OpinionClosed, OpinionRated, OpinionReworked
from openrenda.liaison.models import Opinion, Referral
from openrenda.liaison.rules import clocks
from openrenda.liaison.states import (
    ClockKind,
    FeedbackWay,
    OpinionState,
    ReferralState,
    Satisfaction,
    Solved,
)
from openrenda.liaison.workflow import OPINION
from openrenda.orgs.states import Role

from .case import begin, drop, lock, meet, next_hop, show, tell, write


@transaction.atomic
def rate(*, opinion_id: int, satisfaction: Satisfaction, actor: Actor, reason: str = "") -> Opinion:
    """The resident rates the answer, once for each answer. Dissatisfied the first time: handled again by itself. Late,
    merged or for the second time: recorded, and the head must decide."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT, required=satisfaction is Satisfaction.DISSATISFIED)
    if satisfaction is Satisfaction.UNRATED:
        raise BadWords(fields={"satisfaction": N_("请选择满意、基本满意或不满意。")})
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take(_rating_move(opinion, satisfaction), actor, opinion)
    first = opinion.first_satisfaction
    rating = {
        "satisfaction": satisfaction,
        "rating_reason": reason,
        "rated_at": clock.now(),
        "rated_round": opinion.round,
        "first_satisfaction": satisfaction if first == Satisfaction.UNRATED else first,
    }
    is_late = move.name == "rate_late"
    write(opinion, None, **rating)
    if move.name == "rate_dissatisfied":
        _rework(opinion, move, actor)
    elif not is_late:
        meet(opinion, ClockKind.RATING)
        _close(opinion, move, actor, in_silence=False)
    if satisfaction is Satisfaction.DISSATISFIED and move.name != "rate_dissatisfied":
        _ask_head(opinion, actor)
    tell(opinion, move.name, satisfaction.label, actor, reason, public=True)
    record(actor, "liaison.opinion_rated", opinion, before=before, satisfaction=satisfaction, late=is_late)
    publish(OpinionRated(opinion_id=opinion.pk, satisfaction=satisfaction, is_late=is_late), actor)
    return opinion


def _rating_move(opinion: Opinion, satisfaction: Satisfaction) -> str:
    if opinion.state in (OpinionState.CLOSED, OpinionState.MERGED):
        return "rate_late"
    if satisfaction is not Satisfaction.DISSATISFIED:
        return "rate"
    return "rate_dissatisfied" if opinion.round == 1 else "rate_dissatisfied_again"


def _ask_head(opinion: Opinion, actor: Actor) -> None:
    """Nothing reopens by itself: the head is given the matter to decide."""
    write(opinion, None, awaiting_role=Role.STATION_HEAD)
    publish(HeadMustDecide(opinion_id=opinion.pk), actor)


def _close(opinion: Opinion, move: Move[OpinionState], actor: Actor, *, in_silence: bool) -> None:
    """办结. All who were dissatisfied are revisited, of the others a sample that anybody can compute again."""
    show(opinion, None, None)
    if opinion.satisfaction == Satisfaction.DISSATISFIED or _drawn(opinion):
        answered_on = clock.local(opinion.answered_at).date() if opinion.answered_at else clock.today()
        begin(opinion, ClockKind.REVISIT, starts_on=answered_on)
    write(opinion, move, closed_at=clock.now())
    publish(OpinionClosed(opinion_id=opinion.pk, in_silence=in_silence), actor)


def _drawn(opinion: Opinion) -> bool:
    """Does the sample for revisits take this one? The draw depends on number and key alone. One query."""
    draw = int(codes.keyed_hash("revisit", opinion.congress_id, opinion.number), 16) % 100
    return draw < number(clocks.SAMPLE, opinion.congress_id)


def _rework(opinion: Opinion, move: Move[OpinionState], actor: Actor) -> None:
    """A new round with a clock of its own, at the same unit (or the station itself, if no unit ever had it)."""
    meet(opinion, ClockKind.RATING)
    drop(opinion, move.label, ClockKind.REVISIT)
    opinion.round += 1
    referral = None
    if opinion.handler_unit_id is not None:
        now = clock.now()
        referral = Referral.objects.create(
            opinion=opinion,
            hop=next_hop(opinion),
            round=opinion.round,
            level=opinion.handler_level,
            unit_id=opinion.handler_unit_id,
            state=ReferralState.PROPOSED,
            proposed_by=actor.urn,
            proposed_at=now,
            note=move.label,
        )
    handle = begin(opinion, ClockKind.HANDLE, referral=referral)
    show(opinion, ClockKind.HANDLE, handle.due)
    if referral is not None:
        referral.state, referral.sent_at, referral.signed_at = ReferralState.SIGNED, referral.proposed_at, clock.now()
        referral.due, referral.sign_due = handle.due, clock.today()
        referral.save()
    write(
        opinion,
        move,
        round=opinion.round,
        result_text="",
        result_at=None,
        draft_text="",
        drafted_by="",
        closed_at=None,
        awaiting_role="",
    )
    publish(OpinionReworked(opinion_id=opinion.pk, round=opinion.round), actor)


@transaction.atomic
def say_solved(*, opinion_id: int, solved: Solved, actor: Actor, note: str = "") -> Opinion:
    """Whether the matter is solved, in the resident's own words: shown beside the rating, never mixed with it."""
    note = texts.line(note, "note", texts.REASON_LIMIT, required=False)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("say_solved", actor, opinion)
    write(opinion, move, solved=solved, solved_note=note)
    tell(opinion, move.name, solved.label, actor, note, public=True)
    record(actor, "liaison.solved_said", opinion, before=before, solved=solved)
    if solved in (Solved.NO, Solved.PARTLY):
        publish(NotSolvedSaid(opinion_id=opinion.pk), actor)
    return opinion


@transaction.atomic
def close_silent(*, opinion_id: int, actor: Actor) -> Opinion:
    """期满未评价: seven days of silence close the matter as not rated, which is never counted as satisfied."""
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("close_silent", actor, opinion)
    meet(opinion, ClockKind.RATING)
    _close(opinion, move, actor, in_silence=True)
    tell(opinion, move.name, move.label, actor, public=True)
    record(actor, "liaison.opinion_closed_silent", opinion, before=before)
    return opinion


@transaction.atomic
def reopen(*, opinion_id: int, reason: str, actor: Actor) -> Opinion:
    """The head has a closed matter handled again."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("reopen", actor, opinion)
    _rework(opinion, move, actor)
    tell(opinion, move.name, move.label, actor, reason, public=True)
    record(actor, "liaison.opinion_reopened", opinion, before=before)
    return opinion


@transaction.atomic
def keep_closed(*, opinion_id: int, reason: str, actor: Actor) -> Opinion:
    """The head decides that a late or repeated dissatisfaction opens no further round, and says why."""
    reason = texts.line(reason, "reason", texts.REASON_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("keep_closed", actor, opinion)
    write(opinion, move, awaiting_role="")
    tell(opinion, move.name, move.label, actor, reason, public=True)
    record(actor, "liaison.kept_closed", opinion, before=before)
    return opinion


@transaction.atomic
def revisit(*, opinion_id: int, way: FeedbackWay, result: str, actor: Actor) -> Opinion:
    """回访: the station asks the resident again after closing."""
    result = texts.line(result, "result", texts.REASON_LIMIT)
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("revisit", actor, opinion)
    meet(opinion, ClockKind.REVISIT)
    show(opinion, None, None)
    write(
        opinion, move, revisited_at=clock.now(), revisited_by=actor.name[:120], revisit_way=way, revisit_result=result
    )
    tell(opinion, move.name, move.label, actor, result)
    record(actor, "liaison.opinion_revisited", opinion, before=before, way=way)
    return opinion


@transaction.atomic
def archive(*, opinion_id: int, actor: Actor) -> Opinion:
    """归档: out of the daily lists, kept and counted."""
    opinion = lock(opinion_id, actor)
    before = digest(opinion)
    move = OPINION.take("archive", actor, opinion)
    write(opinion, move, is_archived=True)
    record(actor, "liaison.opinion_archived", opinion, before=before)
    return opinion
