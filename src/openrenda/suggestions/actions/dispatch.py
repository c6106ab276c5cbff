"""Second-level assignment, signing for, changing a unit that has not signed."""

from collections.abc import Sequence

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.orgs.models import Unit
from openrenda.orgs.selectors import units_of_kind
from openrenda.orgs.states import Organ, UnitKind
from openrenda.suggestions.events import Distributed, SignedFor
from openrenda.suggestions.models import Assignment, DueChange, PlannedUnit, Suggestion
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.states import (
    ANSWERING_PARTS,
    AssignmentState,
    DueChangeKind,
    Level,
    Mode,
    Part,
)
from openrenda.suggestions.workflow import ASSIGNMENT

from .planning import new_turn, organ_of, top_of
from .plans import plan_problem
from .steps import HUB, OFFICE, Locked, LockedTurn, follow, lock_turn, required, write
from .values import PlanLine

_MODE_OF = {Part.SOLE: Mode.SINGLE, Part.LEAD: Mode.LEAD_CO, Part.SHARE: Mode.SPLIT}


@transaction.atomic
def distribute(*, assignment_id: int, actor: Actor, lines: Sequence[PlanLine] | None = None) -> list[Assignment]:
    """The government's office hands it to its units (分办), as planned unless `lines` say otherwise."""
    turn = lock_turn(assignment_id, actor)
    suggestion, hub = turn.suggestion, turn.assignment
    move = ASSIGNMENT.take("distribute", actor, hub)
    pairs = _planned(suggestion) if lines is None else _given(suggestion, lines)
    hub.state, hub.ended_on = move.lands(AssignmentState(hub.state)), clock.today()
    hub.save(update_fields=["state", "ended_on"])
    turns = Assignment.objects.bulk_create(
        [new_turn(suggestion, unit, line.part, line.part_text, Level.SECOND, follows=hub) for line, unit in pairs]
    )
    answering = [t for t in turns if t.part in ANSWERING_PARTS]
    suggestion.main_unit = answering[0].unit
    follow(turn.case)
    write(
        turn.case,
        kind="distributed",
        text=N_("分办给{units}"),
        params={"units": "、".join(str(t.unit) for t in turns)},
        actor=actor,
        who=HUB,
        unit=answering[0].unit,
        obj=hub,
        before=turn.before,
    )
    publish(
        Distributed(
            suggestion.pk,
            unit_ids=tuple(t.unit_id for t in answering),
            co_unit_ids=tuple(t.unit_id for t in turns if t.part == Part.CO),
        ),
        actor,
    )
    return turns


def _planned(suggestion: Suggestion) -> list[tuple[PlanLine, Unit]]:
    """The government's lines of the plan; co-handlers of a direct organ have begun already."""
    rows = suggestion.planned.select_related("unit")
    pairs = [(PlanLine(row.unit_id, Part(row.part), row.part_text), row.unit) for row in rows]
    return [(line, unit) for line, unit in pairs if line.part == Part.CO or organ_of(unit) == Organ.GOVERNMENT]


def _given(suggestion: Suggestion, lines: Sequence[PlanLine]) -> list[tuple[PlanLine, Unit]]:
    """What the government's office decides instead of the plan; only its own units answer."""
    units = {
        u.pk: u
        for u in Unit.objects.filter(
            congress_id=suggestion.congress_id, pk__in=[line.unit_id for line in lines], dissolved_on=None
        )
    }
    if any(line.unit_id not in units for line in lines):
        raise Invalid(fields={"lines": N_("有单位不存在或者已撤销，请重新选择。")})
    answering = [line for line in lines if line.part in ANSWERING_PARTS]
    if not answering or any(organ_of(units[line.unit_id]) != Organ.GOVERNMENT for line in answering):
        raise Invalid(fields={"lines": N_("分办只能交给政府系统的承办单位。")})
    mode = _MODE_OF[answering[0].part]
    others = suggestion.assignments.filter(is_direct=True).exclude(part=Part.CO).exists()
    if others and mode != Mode.SPLIT:
        raise Invalid(fields={"lines": N_("这件建议由几个机关分办，请按分办填写。")})
    problem = "" if others else plan_problem(mode, lines)
    if problem:
        raise Invalid(fields={"lines": problem})
    suggestion.mode = mode
    return [(line, units[line.unit_id]) for line in lines]


@transaction.atomic
def sign_for(*, assignment_id: int, actor: Actor, clerk: str = "", responsible: str = "") -> Assignment:
    """The unit takes it on (签收)."""
    turn = lock_turn(assignment_id, actor)
    assignment = turn.assignment
    move = ASSIGNMENT.take("sign_for", actor, assignment)
    assignment.clerk, assignment.responsible = clerk.strip()[:60], responsible.strip()[:60]
    begin_handling(turn, move.lands(AssignmentState(assignment.state)))
    follow(turn.case)
    write(
        turn.case,
        kind="signed_for",
        text=N_("签收"),
        actor=actor,
        who=str(assignment.unit),
        unit=assignment.unit,
        obj=assignment,
        before=turn.before,
    )
    publish(SignedFor(turn.suggestion.pk, unit_id=assignment.unit_id), actor)
    return assignment


def begin_handling(turn: LockedTurn, state: AssignmentState) -> None:
    """The unit handles it from now on, by the suggestion's own date. Saves the assignment."""
    assignment = turn.assignment
    assignment.state, assignment.due = state, turn.suggestion.due
    assignment.signed_on = assignment.signed_on or clock.today()
    assignment.save()


@transaction.atomic
def reassign(*, assignment_id: int, unit_id: int, reason: str, actor: Actor) -> Assignment:
    """Who assigned it gives an unsigned part (or an open co-handling) to another unit; returns the new assignment."""
    turn = lock_turn(assignment_id, actor)
    old = turn.assignment
    move = ASSIGNMENT.take("reassign", actor, old)
    required(reason=reason)
    unit = other_unit(turn, unit_id, by_hub=not _by_office(old))
    old.state, old.ended_on = move.lands(AssignmentState(old.state)), clock.today()
    old.save(update_fields=["state", "ended_on"])
    new = hand_on(turn.case, old, unit, actor)
    if old.part in ANSWERING_PARTS:
        follow(turn.case)
    write(
        turn.case,
        kind="reassigned",
        text=N_("由{old}改交{new}"),
        params={"old": str(old.unit), "new": str(unit)},
        actor=actor,
        who=OFFICE if _by_office(old) else HUB,
        unit=unit,
        obj=old,
        before=turn.before,
    )
    announce_turn(turn.suggestion, new, actor)
    return new


def _by_office(old: Assignment) -> bool:
    return old.is_direct or old.is_hub or old.level == Level.FIRST


def other_unit(turn: LockedTurn, unit_id: int, *, by_hub: bool) -> Unit:
    """The unit it goes to; Invalid if it is gone, already at work here, or not the government's to give."""
    unit = (
        Unit.objects.filter(pk=unit_id, congress_id=turn.suggestion.congress_id, dissolved_on=None)
        .select_related("parent")
        .first()
    )
    if unit is None or unit.kind in (UnitKind.STATION, UnitKind.GOVERNMENT) or unit.pk == turn.assignment.unit_id:
        raise Invalid(fields={"unit": N_("请选择另一个承办单位。")})
    if by_hub and organ_of(unit) != Organ.GOVERNMENT:
        raise Invalid(fields={"unit": N_("这个单位不属于政府系统，请与代表工委会商确定。")})
    over = (AssignmentState.REPLACED, AssignmentState.STOPPED, AssignmentState.DISTRIBUTED)
    if turn.suggestion.assignments.filter(unit=unit).exclude(state__in=over).exists():
        raise Invalid(fields={"unit": N_("这个单位已经在办理这件建议。")})
    return unit


def hand_on(case: Locked, old: Assignment, unit: Unit, actor: Actor, *, is_final: bool = False) -> Assignment:
    """Open the next turn after `old` and keep the plan in step.

    The legal clock runs on, unless the place restarts it.
    """
    suggestion = case.suggestion
    PlannedUnit.objects.filter(suggestion=suggestion, unit_id=old.unit_id).update(unit=unit)
    governed = organ_of(unit) == Organ.GOVERNMENT
    if old.part == Part.CO or (governed and old.level == Level.SECOND):
        new = new_turn(suggestion, unit, old.part, old.part_text, Level(old.level), is_final=is_final, follows=old)
    elif governed:
        government = units_of_kind(suggestion.congress_id, UnitKind.GOVERNMENT).first() or top_of(unit)
        _plan_only(suggestion, old, unit)
        new = new_turn(suggestion, government, old.part, "", Level.FIRST, is_hub=True, follows=old)
    else:
        if old.is_hub:
            _plan_only(suggestion, old, unit)
        new = new_turn(suggestion, unit, old.part, old.part_text, Level.FIRST, is_final=is_final, follows=old)
    new.save()
    if old.part in (Part.SOLE, Part.LEAD):
        suggestion.main_unit, suggestion.organ = unit, organ_of(unit)
    if clocks.restarts_on_reassign(suggestion.congress_id) and old.part in ANSWERING_PARTS:
        _restart(suggestion, actor)
    return new


def _plan_only(suggestion: Suggestion, old: Assignment, unit: Unit) -> None:
    """Between organs the plan's answering line becomes the new unit's."""
    line = suggestion.planned.filter(part=old.part).exclude(unit=unit).first()
    if line is not None and not suggestion.planned.filter(unit=unit).exists():
        line.unit = unit
        line.save(update_fields=["unit"])


def _restart(suggestion: Suggestion, actor: Actor) -> None:
    assert suggestion.legal_due is not None
    old, new = suggestion.legal_due, clocks.legal(clock.today(), extended=suggestion.is_extended).due
    DueChange.objects.create(
        suggestion=suggestion,
        kind=DueChangeKind.RESTART,
        old_due=old,
        new_due=new,
        reason=N_("按本区设定，改派后重新起算"),
        approved_by=actor.urn,
        at=clock.now(),
    )
    suggestion.legal_due = suggestion.due = new


def announce_turn(suggestion: Suggestion, new: Assignment, actor: Actor) -> None:
    """Tell the unit that it has a new turn."""
    co = new.part == Part.CO
    publish(
        Distributed(suggestion.pk, unit_ids=() if co else (new.unit_id,), co_unit_ids=(new.unit_id,) if co else ()),
        actor,
    )
