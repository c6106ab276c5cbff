"""Six months instead of three (代表法 §51)."""

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.suggestions.events import ExtensionDecided, ExtensionEndorsed, ExtensionRequested
from openrenda.suggestions.models import DueChange, ExtensionRequest
from openrenda.suggestions.rules import clocks, who
from openrenda.suggestions.states import (
    ANSWERING_PARTS,
    AssignmentState,
    Decision,
    DueChangeKind,
    ExtensionReason,
)
from openrenda.suggestions.workflow import ASSIGNMENT

from .steps import HUB, OFFICE, LockedTurn, follow, lock_turn, required, write


@transaction.atomic
def request_extension(*, assignment_id: int, reason: ExtensionReason, note: str, actor: Actor) -> ExtensionRequest:
    """Ask before the first deadline."""
    turn = lock_turn(assignment_id, actor)
    assignment = turn.assignment
    move = ASSIGNMENT.take("request_extension", actor, assignment)
    request = ExtensionRequest.objects.create(
        assignment=assignment,
        suggestion=turn.suggestion,
        reason=ExtensionReason(reason),
        asked_on=clock.today(),
        asked_by=actor.urn,
        **required(note=note),
    )
    assignment.state = move.lands(AssignmentState(assignment.state))
    assignment.save(update_fields=["state"])
    follow(turn.case)
    write(
        turn.case,
        kind="extension_requested",
        text=N_("申请延期：{reason}"),
        params={"reason": ExtensionReason(reason).label},
        actor=actor,
        who=str(assignment.unit),
        unit=assignment.unit,
        obj=assignment,
        before=turn.before,
    )
    publish(ExtensionRequested(turn.suggestion.pk, unit_id=assignment.unit_id, is_direct=assignment.is_direct), actor)
    return request


def _open(turn: LockedTurn) -> ExtensionRequest:
    return turn.assignment.extension_requests.select_for_update().get(decision=Decision.OPEN)


@transaction.atomic
def endorse_extension(*, assignment_id: int, actor: Actor) -> ExtensionRequest:
    """The government's office agrees and passes it on to the deputies' office."""
    turn = lock_turn(assignment_id, actor)
    ASSIGNMENT.take("endorse_extension", actor, turn.assignment)
    request = _open(turn)
    request.endorsed_on, request.endorsed_by = clock.today(), actor.urn
    request.save(update_fields=["endorsed_on", "endorsed_by"])
    write(turn.case, kind="extension_endorsed", text=N_("同意延期，报代表工委批准"), actor=actor, who=HUB, obj=request)
    publish(ExtensionEndorsed(turn.suggestion.pk), actor)
    return request


@transaction.atomic
def grant_extension(*, assignment_id: int, actor: Actor, note: str = "") -> ExtensionRequest:
    """The deputies' office agrees: due six months after the first assignment; the old date goes to the ledger."""
    turn = lock_turn(assignment_id, actor)
    suggestion = turn.suggestion
    move = ASSIGNMENT.take("grant_extension", actor, turn.assignment)
    request = _close(turn, Decision.GRANTED, note, actor)
    assert suggestion.first_assigned_on is not None
    assert suggestion.legal_due is not None
    old, new = suggestion.legal_due, clocks.legal(suggestion.first_assigned_on, extended=True).due
    DueChange.objects.create(
        suggestion=suggestion,
        kind=DueChangeKind.EXTENSION,
        old_due=old,
        new_due=new,
        reason=ExtensionReason(request.reason).label,
        approved_by=actor.urn,
        at=clock.now(),
    )
    suggestion.legal_due = suggestion.due = new
    suggestion.is_extended = True
    _resume(turn, move.lands(AssignmentState.EXT_REQ))
    write(
        turn.case,
        kind="extension_granted",
        text=N_("批准延期到{due}"),
        params={"due": new.isoformat()},
        actor=actor,
        who=OFFICE,
        unit=turn.assignment.unit,
        obj=request,
        old_due=old.isoformat(),
        new_due=new.isoformat(),
    )
    publish(ExtensionDecided(suggestion.pk, unit_id=turn.assignment.unit_id, granted=True, due=new.isoformat()), actor)
    return request


@transaction.atomic
def refuse_extension(*, assignment_id: int, reason: str, actor: Actor) -> ExtensionRequest:
    """Government's or deputies' office does not agree; the date stands."""
    turn = lock_turn(assignment_id, actor)
    move = ASSIGNMENT.take("refuse_extension", actor, turn.assignment)
    request = _close(turn, Decision.REFUSED, required(reason=reason)["reason"], actor)
    _resume(turn, move.lands(AssignmentState.EXT_REQ))
    office = OFFICE if who.is_sc_rep(actor, turn.assignment) else HUB
    write(
        turn.case,
        kind="extension_refused",
        text=N_("不同意延期"),
        actor=actor,
        who=office,
        unit=turn.assignment.unit,
        obj=request,
    )
    publish(ExtensionDecided(turn.suggestion.pk, unit_id=turn.assignment.unit_id, granted=False), actor)
    return request


def _close(turn: LockedTurn, decision: Decision, note: str, actor: Actor) -> ExtensionRequest:
    request = _open(turn)
    request.decision, request.decided_on, request.decided_by = decision, clock.today(), actor.urn
    request.decision_note = note.strip()
    request.save()
    return request


def _resume(turn: LockedTurn, state: AssignmentState) -> None:
    """The unit works on; every unit at work goes by the date now in force."""
    turn.assignment.state = state
    turn.assignment.due = turn.suggestion.due
    turn.assignment.save(update_fields=["state", "due"])
    at_work = (AssignmentState.HANDLING, AssignmentState.EXT_REQ, AssignmentState.REPLY_REVIEW)
    turn.suggestion.assignments.filter(part__in=ANSWERING_PARTS, state__in=at_work).update(due=turn.suggestion.due)
    follow(turn.case)
