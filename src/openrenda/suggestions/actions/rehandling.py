"""Dissatisfied, or looked back at: once more, or explained (R10)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.suggestions.events import RehandleOrdered
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.states import ANSWERING_PARTS, AssignmentState, Outcome, State
from openrenda.suggestions.workflow import ASSIGNMENT, SUGGESTION

from .feedback import close
from .steps import OFFICE, Locked, lock, not_in_future, open_turns, required, write


@transaction.atomic
def rehandle(*, suggestion_id: int, note: str, actor: Actor, unit_ids: Sequence[int] = ()) -> Suggestion:
    """SC_REP orders a new round of 30 days; all answering units unless some are named."""
    case = lock(suggestion_id, actor)
    move = SUGGESTION.take("rehandle", actor, case.suggestion)
    case.suggestion.review_opinion = required(note=note)["note"]
    _new_round(case, move.lands(case.was), unit_ids, actor, N_("重新办理，限{due}前答复"))
    return case.suggestion


def _new_round(case: Locked, state: State, unit_ids: Sequence[int], actor: Actor, text: str) -> None:
    suggestion = case.suggestion
    suggestion.state = state
    suggestion.round += 1
    suggestion.due = clocks.rehandle_by(clock.today(), suggestion.congress_id).due
    suggestion.feedback_due = suggestion.feedback_reminded_on = suggestion.closed_on = None
    suggestion.outcome = ""
    turns = [t for t in open_turns(suggestion) if t.part in ANSWERING_PARTS]
    if set(unit_ids) - {turn.unit_id for turn in turns}:
        raise Invalid(fields={"units": N_("请选择答复过这件建议的单位。")})
    again = [turn for turn in turns if not unit_ids or turn.unit_id in unit_ids]
    for turn in again:
        turn.suggestion = suggestion
        turn.state = ASSIGNMENT.take("start_round", actor, turn).lands(AssignmentState(turn.state))
        turn.due, turn.ended_on = suggestion.due, None
        turn.save(update_fields=["state", "due", "ended_on"])
    write(
        case,
        kind="rehandle_ordered",
        text=text,
        params={"due": suggestion.due.isoformat()},
        actor=actor,
        who=OFFICE,
        unit=again[0].unit,
        round=suggestion.round,
    )
    publish(
        RehandleOrdered(suggestion.pk, unit_ids=tuple(t.unit_id for t in again), due=suggestion.due.isoformat()), actor
    )


@transaction.atomic
def explain_no_rehandle(*, suggestion_id: int, reason: str, informed_meeting: str, actor: Actor) -> Suggestion:
    """SC_REP explains why not, having informed the chairpersons' meeting."""
    case = lock(suggestion_id, actor)
    move = SUGGESTION.take("explain", actor, case.suggestion)
    texts = required(reason=reason, informed_meeting=informed_meeting)
    case.suggestion.end_note = f"{texts['reason']}\n{texts['informed_meeting']}"
    case.suggestion.state = move.lands(case.was)
    close(case, Outcome.EXPLAINED, actor, who=OFFICE, text=N_("已向代表说明不再办理的理由，办结"))
    return case.suggestion


@transaction.atomic
def reopen(*, suggestion_id: int, decision: str, decided_on: date, actor: Actor) -> Suggestion:
    """A look-back reopens a closed one by decision of the chairpersons' meeting."""
    case = lock(suggestion_id, actor)
    move = SUGGESTION.take("reopen", actor, case.suggestion)
    not_in_future("decided_on", decided_on)
    case.suggestion.review_opinion = f"{required(decision=decision)['decision']}（{decided_on.isoformat()}）"
    _new_round(case, move.lands(case.was), (), actor, N_("经主任会议决定重新办理，限{due}前答复"))
    return case.suggestion
