"""The deputies' verdict, a second round, and how it closed."""

from datetime import datetime

from openrenda.kernel import clock
from openrenda.kernel.copying import fresh
from openrenda.kernel.text import N_
from openrenda.suggestions.actions.verdicts import RoundEnd, round_end
from openrenda.suggestions.models import Feedback
from openrenda.suggestions.rules import register_days as days
from openrenda.suggestions.rules.offices import CLOCKWORK, OFFICE
from openrenda.suggestions.rules.register_cells import NOT_TOLD, RehandleCell
from openrenda.suggestions.states import IN_PERSON, AssignmentState, ContactWay, Outcome, Rating, State

from .answering import Answers, released, replied
from .life import Life
from .past import PastRating, PastReply
from .turns import Desk
from .working import contact


def rated(life: Life, desk: Desk, told: PastReply, ids: Answers) -> None:
    """From the first reply to the end, as far as the register tells; then silence runs its course up to now."""
    past, calendar = life.past, life.place.calendar
    rating, again = past.rating, past.again
    moment = _rated_at(life, told, rating)
    release = days.released_at(calendar, told.on)
    life.go_to(min(release, moment) if rating and moment else release)
    released(life, desk)
    if rating is not None and moment is not None:
        life.go_to(moment if again is None else min(moment, clock.at_time(again.on, 6)))
        comment = rating.comment or (again.reason if again else "")
        if _rate(life, rating.attitude, rating.result, comment, 1) is RoundEnd.UNSATISFIED:
            if again is not None:
                _again(life, desk, told, again, ids)
            return
    _window(life, has_rated=rating is not None)


def _rated_at(life: Life, told: PastReply, rating: PastRating | None) -> datetime | None:
    if rating is None:
        return None
    return clock.at_time(rating.on, 19) if rating.on else days.rated_at(life.place.calendar, told.on)


def _rate(life: Life, attitude: Rating, result: Rating, comment: str, round_: int) -> RoundEnd:
    """The lead's verdict and what follows from it at once."""
    past, suggestion, way = life.past, life.suggestion, life.past.contact_way
    bad = Rating.BAD in (attitude, result)
    life.add(
        fresh(
            Feedback,
            suggestion_id=life.pk,
            mandate_id=past.lead.pk,
            round=round_,
            is_lead=True,
            attitude=attitude,
            result=result,
            was_met=way in IN_PERSON,
            met_way=way or "",
            comment=comment[:2000] or (NOT_TOLD if bad else ""),
            given_on=life.day,
        )
    )
    life.tell("feedback_given", N_("对办理作出评价"), past.lead.person.name)
    missing = sum(1 for m in past.cosigners if m.ends_on is None or m.ends_on >= life.day)
    end = round_end([(True, attitude, result)], missing=missing, window_over=False, worst_counts=False)
    if end is RoundEnd.UNSATISFIED:
        suggestion.due = None
        life.tell("unsatisfied", N_("代表不满意，由代表工委研究"), CLOCKWORK, State.UNSATISFIED)
    elif end is RoundEnd.CLOSED:
        _close(life, Outcome.RATED, N_("代表已评价，办结"))
    return end


def _close(life: Life, outcome: Outcome, text: str) -> None:
    suggestion = life.suggestion
    suggestion.outcome, suggestion.closed_on, suggestion.due = outcome, life.day, None
    life.tell("closed", text, CLOCKWORK, State.CLOSED)


def _window(life: Life, *, has_rated: bool) -> None:
    """The window runs out: the lead is reminded once, then it closes. Nights still to come are the clockwork's."""
    suggestion, place = life.suggestion, life.place
    if life.path[-1] != State.FEEDBACK or suggestion.feedback_due is None:
        return
    if has_rated and life.day > suggestion.feedback_due:
        suggestion.feedback_due = suggestion.due = life.day  # rated late: the office has waited
    night = place.night_after(suggestion.feedback_due)
    if night is None:
        return
    life.go_to(night)
    if has_rated:
        _close(life, Outcome.RATED, N_("领衔代表已评价，反馈期满，办结"))
        return
    suggestion.feedback_reminded_on = life.day
    suggestion.feedback_due = suggestion.due = place.feedback_by(life.day, reminder=True)
    due = suggestion.feedback_due.isoformat()
    life.tell("feedback_reminded", N_("提醒代表反馈，延至{due}"), CLOCKWORK, params={"due": due})
    night = place.night_after(suggestion.feedback_due)
    if night is not None:
        life.go_to(night)
        _close(life, Outcome.NO_FEEDBACK, N_("反馈期满，代表未反馈，办结"))


def _again(life: Life, desk: Desk, told: PastReply, again: RehandleCell, ids: Answers) -> None:
    """A second round: ordered, met, answered, rated, released anew."""
    suggestion, place, turn = life.suggestion, life.place, desk.answering
    life.go_to(min(days.rehandling_ordered_at(place.calendar, life.day), clock.at_time(again.on, 7)))
    suggestion.review_opinion = again.reason
    suggestion.round = 2
    suggestion.due = place.rehandle_by(life.day)
    suggestion.feedback_due = None
    turn.to(AssignmentState.HANDLING)
    turn.row.due, turn.row.ended_on = suggestion.due, None
    due = suggestion.due.isoformat()
    text = N_("重新办理，限{due}前答复")
    life.tell("rehandle_ordered", text, OFFICE, State.REHANDLE, unit=desk.unit, params={"due": due})
    life.go_to(min(days.met_again_at(life.at, again.on), clock.at_time(again.on, 8)))
    contact(life, desk, ContactWay.MEETING, None, round_=2)
    body = f"{told.body}\n\n重新办理情况：{again.reason or NOT_TOLD}。"
    answer = PastReply(again.on, told.reply_class, body)
    replied(life, desk, answer, again.on, ids, round_=2)
    life.go_to(days.rated_at(place.calendar, again.on, again=True))
    comment = NOT_TOLD if again.verdict == Rating.BAD else ""
    end = _rate(life, again.verdict, again.verdict, comment, 2)
    life.go_to(days.released_at(place.calendar, life.day))
    released(life, desk)
    if end is RoundEnd.OPEN:
        _window(life, has_rated=True)
