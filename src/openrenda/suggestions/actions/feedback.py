"""Signatories rate attitude and result apart (R9)."""

from datetime import date

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.suggestions.errors import AlreadyRated, NothingToDo, WindowOpen
from openrenda.suggestions.events import Closed, FeedbackGiven, FeedbackReminded, FoundUnsatisfied
from openrenda.suggestions.models import Feedback, Suggestion
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.states import ContactWay, Outcome, Rating, State
from openrenda.suggestions.workflow import SUGGESTION

from .steps import CLOCKWORK, OFFICE, Locked, derive, lock, mandate_of, not_in_future, required, signatories, write
from .values import Given
from .verdicts import RoundEnd, round_end


@transaction.atomic
def give_feedback(*, suggestion_id: int, given: Given, actor: Actor) -> Feedback:
    """A signatory's verdict on this round; then the round is evaluated. Raises Invalid without a comment on 不满意."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    SUGGESTION.take("give_feedback", actor, suggestion)
    _check(given)
    people = signatories(suggestion)
    mine = mandate_of(actor, [m.pk for m in people])
    mandate = next(m for m in people if m.pk == mine)
    rows = list(suggestion.feedbacks.filter(round=suggestion.round))
    if any(row.mandate_id == mandate.pk for row in rows):
        raise AlreadyRated
    feedback = Feedback.objects.create(
        suggestion=suggestion,
        mandate=mandate,
        round=suggestion.round,
        is_lead=mandate.pk == suggestion.lead_id,
        attitude=Rating(given.attitude),
        result=Rating(given.result),
        was_met=given.was_met,
        met_way=ContactWay(given.met_way) if given.met_way else "",
        comment=given.comment.strip(),
        agree_publish=given.agree_publish,
        wish_further=given.wish_further,
        given_on=clock.today(),
    )
    write(
        case,
        kind="feedback_given",
        text=N_("对办理作出评价"),
        actor=actor,
        who=mandate.person.name,
        obj=feedback,
        is_public=feedback.is_lead,
    )
    publish(FeedbackGiven(suggestion.pk, mandate_id=mandate.pk), actor)
    today = clock.today()
    expected = {m.pk for m in people if m.ends_on is None or m.ends_on >= today}
    _evaluate(case, [*rows, feedback], expected, actor, window_over=_window_over(suggestion))
    return feedback


def _check(given: Given) -> None:
    problems: dict[str, str] = {}
    if Rating.BAD in (given.attitude, given.result) and not given.comment.strip():
        problems["comment"] = N_("不满意的，请写明理由。")
    if len(given.comment) > 2000:
        problems["comment"] = N_("不能超过两千字。")
    if given.was_met and given.met_way is None:
        problems["met_way"] = N_("请选择沟通方式。")
    if problems:
        raise Invalid(fields=problems)


def _window_over(suggestion: Suggestion) -> bool:
    return suggestion.feedback_due is not None and clock.today() > suggestion.feedback_due


def _evaluate(case: Locked, rows: list[Feedback], expected: set[int], actor: Actor, *, window_over: bool) -> None:
    suggestion = case.suggestion
    end = round_end(
        [(row.is_lead, Rating(row.attitude), Rating(row.result)) for row in rows],
        missing=len(expected - {row.mandate_id for row in rows}),
        window_over=window_over,
        worst_counts=clocks.worst_counts(suggestion.congress_id),
    )
    if end is RoundEnd.UNSATISFIED:
        derive(suggestion, "find_unsatisfied")
        suggestion.due = None
        write(case, kind="unsatisfied", text=N_("代表不满意，由代表工委研究"), actor=actor, who=CLOCKWORK)
        publish(FoundUnsatisfied(suggestion.pk), actor)
    elif end is RoundEnd.CLOSED:
        derive(suggestion, "close_rated")
        close(case, Outcome.RATED, actor, who=CLOCKWORK, text=N_("代表已评价，办结"))


def close(case: Locked, outcome: Outcome, actor: Actor, *, who: str, text: str) -> None:
    """Write and announce a closing; the move has been taken."""
    suggestion = case.suggestion
    suggestion.outcome, suggestion.closed_on, suggestion.due = outcome, clock.today(), None
    write(case, kind="closed", text=text, actor=actor, who=who, outcome=str(outcome))
    publish(Closed(suggestion.pk, outcome=str(outcome)), actor)


@transaction.atomic
def record_apology(*, suggestion_id: int, note: str, actor: Actor, on: date | None = None) -> Suggestion:
    """Only the attitude was bad: the unit called again and apologised; closed, the result is not reopened."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    move = SUGGESTION.take("apologise", actor, suggestion)
    day = on or clock.today()
    not_in_future("on", day)
    text = required(note=note)["note"]
    suggestion.feedbacks.filter(round=suggestion.round, attitude=Rating.BAD).update(apology_on=day, apology_note=text)
    suggestion.state = move.lands(case.was)
    close(case, Outcome.APOLOGISED, actor, who=OFFICE, text=N_("承办单位已回访致歉，办结"))
    return suggestion


@transaction.atomic
def rate_unrateable(*, suggestion_id: int, reason: str, actor: Actor) -> Suggestion:
    """Nobody is left to rate: SC_REP closes it as 无法反馈, which counts as no feedback."""
    case = lock(suggestion_id, actor)
    move = SUGGESTION.take("rate_unrateable", actor, case.suggestion)
    case.suggestion.end_note = required(reason=reason)["reason"]
    case.suggestion.state = move.lands(case.was)
    close(case, Outcome.UNRATEABLE, actor, who=OFFICE, text=N_("领衔代表已不在任，无法反馈，办结"))
    return case.suggestion


@transaction.atomic
def remind_feedback(*, suggestion_id: int, actor: Actor) -> Suggestion:
    """Sweep: the window is over without the lead's verdict: once more seven days."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    SUGGESTION.take("remind", actor, suggestion)
    if not _window_over(suggestion):
        raise WindowOpen
    rated = set(suggestion.feedbacks.filter(round=suggestion.round).values_list("mandate_id", flat=True))
    if suggestion.feedback_reminded_on is not None or suggestion.lead_id in rated:
        raise NothingToDo
    today = clock.today()
    suggestion.feedback_reminded_on = today
    suggestion.feedback_due = clocks.feedback_by(today, suggestion.congress_id, reminder=True).due
    suggestion.due = suggestion.feedback_due
    waiting = [m.pk for m in signatories(suggestion) if m.pk not in rated]
    write(
        case,
        kind="feedback_reminded",
        text=N_("提醒代表反馈，延至{due}"),
        params={"due": suggestion.feedback_due.isoformat()},
        actor=actor,
        who=CLOCKWORK,
    )
    publish(FeedbackReminded(suggestion.pk, mandate_ids=tuple(waiting), due=suggestion.feedback_due.isoformat()), actor)
    return suggestion


@transaction.atomic
def close_unanswered(*, suggestion_id: int, actor: Actor) -> Suggestion:
    """Sweep: the window is over and the lead has rated, or the reminder is over too. Silence is never satisfaction."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    move = SUGGESTION.take("close_unanswered", actor, suggestion)
    rated = suggestion.feedbacks.filter(round=suggestion.round, is_lead=True).exists()
    if not _window_over(suggestion) or (not rated and suggestion.feedback_reminded_on is None):
        raise WindowOpen
    suggestion.state = move.lands(State(suggestion.state))
    if rated:
        close(case, Outcome.RATED, actor, who=CLOCKWORK, text=N_("领衔代表已评价，反馈期满，办结"))
    else:
        close(case, Outcome.NO_FEEDBACK, actor, who=CLOCKWORK, text=N_("反馈期满，代表未反馈，办结"))
    return suggestion
