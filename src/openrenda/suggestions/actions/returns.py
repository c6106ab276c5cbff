"""A unit says the matter is not its own (R4)."""

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.orgs.models import Unit
from openrenda.suggestions.events import ReturnDecided, ReturnRequested
from openrenda.suggestions.models import Assignment, ReturnRequest
from openrenda.suggestions.rules import clocks, who
from openrenda.suggestions.rules.offices import BOTH
from openrenda.suggestions.rules.who import FOLLOWER
from openrenda.suggestions.states import AssignmentState, Decision
from openrenda.suggestions.workflow import ASSIGNMENT

from .dispatch import announce_turn, begin_handling, hand_on, other_unit
from .steps import HUB, OFFICE, LockedTurn, follow, lock_turn, required, write


@transaction.atomic
def request_return(
    *, assignment_id: int, reason: str, actor: Actor, wished_unit_id: int | None = None
) -> ReturnRequest:
    """Ask to hand it back, signed for or not, within the unit's return days. Units never pass it on themselves."""
    turn = lock_turn(assignment_id, actor)
    assignment = turn.assignment
    move = ASSIGNMENT.take("request_return", actor, assignment)
    text = required(reason=reason)["reason"]
    wished = Unit.objects.filter(pk=wished_unit_id, congress_id=actor.congress_id).first() if wished_unit_id else None
    request = ReturnRequest.objects.create(
        assignment=assignment,
        suggestion=turn.suggestion,
        reason=text,
        wished_unit=wished,
        was_signed=assignment.signed_on is not None,
        asked_on=clock.today(),
        asked_by=actor.urn,
    )
    assignment.state = move.lands(AssignmentState(assignment.state))
    assignment.save(update_fields=["state"])
    follow(turn.case)
    write(
        turn.case,
        kind="return_requested",
        text=N_("申请退办"),
        actor=actor,
        who=str(assignment.unit),
        unit=assignment.unit,
        obj=assignment,
        before=turn.before,
    )
    publish(
        ReturnRequested(
            turn.suggestion.pk,
            unit_id=assignment.unit_id,
            is_direct=assignment.is_direct,
            reason=text,
            joint=turn.suggestion.return_count >= clocks.MAX_RETURNS,
        ),
        actor,
    )
    return request


@transaction.atomic
def grant_return(*, assignment_id: int, unit_id: int, actor: Actor, note: str = "") -> Assignment:
    """Agree, and give it to `unit_id`; returns the new assignment. The legal clock runs on."""
    turn = lock_turn(assignment_id, actor)
    move = ASSIGNMENT.take("grant_return", actor, turn.assignment)
    unit = other_unit(turn, unit_id, by_hub=not turn.assignment.is_direct)
    return _replace(turn, unit, move.lands(AssignmentState.RETURN_REQ), Decision.GRANTED, note, actor)


def _replace(
    turn: LockedTurn, unit: Unit, state: AssignmentState, decision: Decision, note: str, actor: Actor
) -> Assignment:
    old, suggestion = turn.assignment, turn.suggestion
    _decide(old, decision, note, actor, unit)
    old.state, old.ended_on = state, clock.today()
    old.save(update_fields=["state", "ended_on"])
    suggestion.return_count += 1
    new = hand_on(turn.case, old, unit, actor, is_final=decision == Decision.FIXED)
    follow(turn.case)
    write(
        turn.case,
        kind="return_granted",
        text=N_("同意{old}退办，改交{new}"),
        params={"old": str(old.unit), "new": str(unit)},
        actor=actor,
        who=_who(turn, decision),
        unit=unit,
        obj=old,
        before=turn.before,
    )
    publish(ReturnDecided(suggestion.pk, unit_id=old.unit_id, granted=True, new_unit_id=unit.pk), actor)
    announce_turn(suggestion, new, actor)
    return new


def _who(turn: LockedTurn, decision: Decision) -> str:
    if decision == Decision.FIXED:
        return BOTH
    return OFFICE if turn.assignment.is_direct else HUB


def _decide(assignment: Assignment, decision: Decision, note: str, actor: Actor, unit: Unit | None = None) -> None:
    assignment.return_requests.filter(decision=Decision.OPEN).update(
        decision=decision, decided_on=clock.today(), decided_by=actor.urn, note=note.strip(), new_unit=unit
    )


@transaction.atomic
def refuse_return(*, assignment_id: int, reason: str, actor: Actor) -> Assignment:
    """Do not agree: the unit handles it, signed or not."""
    turn = lock_turn(assignment_id, actor)
    move = ASSIGNMENT.take("refuse_return", actor, turn.assignment)
    text = required(reason=reason)["reason"]
    return _keep(turn, move.lands(AssignmentState.RETURN_REQ), Decision.REFUSED, text, actor)


def _keep(turn: LockedTurn, state: AssignmentState, decision: Decision, note: str, actor: Actor) -> Assignment:
    assignment = turn.assignment
    _decide(assignment, decision, note, actor)
    begin_handling(turn, state)
    follow(turn.case)
    write(
        turn.case,
        kind="return_refused",
        text=N_("不同意退办，由{unit}办理"),
        params={"unit": str(assignment.unit)},
        actor=actor,
        who=_who(turn, decision),
        unit=assignment.unit,
        obj=assignment,
        before=turn.before,
    )
    publish(ReturnDecided(turn.suggestion.pk, unit_id=assignment.unit_id, granted=False), actor)
    return assignment


@transaction.atomic
def fix_unit(*, assignment_id: int, unit_id: int, actor: Actor, note: str = "") -> Assignment:
    """SC_REP and GOV_HUB each name a unit; when both name the same it is fixed for good.

    Returns the assignment now in force. The only way after two returns, and open before: only both together can move
    a matter out of the government.
    """
    turn = lock_turn(assignment_id, actor)
    assignment = turn.assignment
    ASSIGNMENT.take("fix_unit", actor, assignment)
    stays = unit_id == assignment.unit_id
    unit = assignment.unit if stays else other_unit(turn, unit_id, by_hub=False)
    request = assignment.return_requests.select_for_update().get(decision=Decision.OPEN)
    if who.is_sc_rep(actor, assignment):
        request.rep_fixes = unit
    else:
        request.hub_fixes = unit
    request.save(update_fields=["rep_fixes", "hub_fixes"])
    if request.rep_fixes_id != request.hub_fixes_id:
        write(
            turn.case,
            kind="unit_proposed",
            text=N_("提出由{unit}办理，等待另一方确认"),
            params={"unit": str(unit)},
            actor=actor,
            who=OFFICE if who.is_sc_rep(actor, assignment) else HUB,
            obj=request,
            is_public=False,
        )
        return assignment
    system = Actor(FOLLOWER, "系统", turn.suggestion.congress_id)
    move = ASSIGNMENT.take("fix_same" if stays else "fix_other", system, assignment)
    state = move.lands(AssignmentState.RETURN_REQ)
    if stays:
        assignment.is_final = True
        return _keep(turn, state, Decision.FIXED, note, actor)
    return _replace(turn, unit, state, Decision.FIXED, note, actor)
