"""Planned, marked as key, assigned, distributed."""

from openrenda.kernel import clock
from openrenda.kernel.copying import Ids, fresh
from openrenda.kernel.text import N_
from openrenda.orgs.models import Unit
from openrenda.suggestions.actions.planning import organ_of
from openrenda.suggestions.models import PlannedUnit
from openrenda.suggestions.rules.offices import OFFICE
from openrenda.suggestions.states import Importance, Level, Mode, Part, State

from .life import Life, Turn
from .turns import Desk, distribute, is_governed, open_turn


def assigned(life: Life, ids: Ids) -> Desk:
    """Planned, marked as key, handed over, distributed."""
    past, suggestion = life.past, life.suggestion
    assert past.assigned_on is not None
    assert past.unit is not None
    first = past.returned.by if past.returned else past.unit
    helping = [unit for unit in past.co_units if unit.pk not in (first.pk, past.unit.pk)]
    _plan(life, helping)
    _mark_key(life)
    life.go_to(clock.at_time(past.assigned_on, 10))
    suggestion.first_assigned_on = past.assigned_on
    suggestion.legal_due = suggestion.due = life.place.legal(past.assigned_on)
    part = Part.LEAD if helping else Part.SOLE
    return _hand_over(life, ids, first, helping, part)


def _plan(life: Life, helping: list[Unit]) -> None:
    past, suggestion = life.past, life.suggestion
    assert past.unit is not None
    suggestion.mode = Mode.LEAD_CO if helping else Mode.SINGLE
    suggestion.organ, suggestion.main_unit_id = organ_of(past.unit), past.unit.pk
    parts = [(past.unit, Part.LEAD if helping else Part.SOLE), *((unit, Part.CO) for unit in helping)]
    for unit, part in parts:
        life.add(fresh(PlannedUnit, suggestion_id=life.pk, unit_id=unit.pk, part=part))


def _mark_key(life: Life) -> None:
    past, suggestion = life.past, life.suggestion
    if not past.is_key or past.assigned_on is None:
        return
    life.go_to(clock.at_time(past.assigned_on, 9, 30))
    suggestion.importance = Importance.KEY
    suggestion.key_decision, suggestion.key_decided_on = "台账载明为重点督办建议", past.assigned_on
    suggestion.key_leader, suggestion.oversight_unit_id = past.key_leader[:60], past.oversight_unit_id
    life.tell("key_marked", N_("列为{importance}"), OFFICE, params={"importance": Importance.KEY.label})


def _hand_over(life: Life, ids: Ids, first: Unit, helping: list[Unit], part: Part) -> Desk:
    on = life.day
    if not is_governed(first):
        turn = open_turn(life, ids, first, part, Level.FIRST, on, wave=0)
        co = [open_turn(life, ids, unit, Part.CO, Level.FIRST, on, wave=0) for unit in helping]
        _tell_assigned(life, [turn, *co])
        return Desk(ids, turn, co)
    hub = open_turn(life, ids, life.place.hub_of(first), part, Level.FIRST, on, wave=0, is_hub=True)
    _tell_assigned(life, [hub])
    life.go_to(clock.at_time(on, 15))
    return distribute(life, ids, hub, first, helping, part, State.ASSIGNED2)


def _tell_assigned(life: Life, turns: list[Turn]) -> None:
    names = "、".join(str(turn.unit) for turn in turns)
    life.tell("assigned", N_("交{units}办理"), OFFICE, State.ASSIGNED1, unit=turns[0].unit, params={"units": names})
