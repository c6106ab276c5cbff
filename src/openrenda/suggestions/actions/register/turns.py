"""Units' turns, and how the government's office hands one on."""

from dataclasses import dataclass
from datetime import date

from openrenda.kernel.copying import Ids, fresh
from openrenda.kernel.text import N_
from openrenda.orgs.models import Unit
from openrenda.orgs.states import Organ
from openrenda.suggestions.actions.planning import organ_of
from openrenda.suggestions.models import Assignment
from openrenda.suggestions.rules.offices import HUB
from openrenda.suggestions.states import AssignmentState, Level, Part, State

from .life import Life, Turn

A = AssignmentState


@dataclass
class Desk:
    """Who works on it: the turn that has to answer, and those that help."""

    ids: Ids
    answering: Turn
    helping: list[Turn]

    @property
    def unit(self) -> Unit:
        return self.answering.unit


def is_governed(unit: Unit) -> bool:
    """Is the unit reached through the government?"""
    return organ_of(unit) == Organ.GOVERNMENT


def open_turn(
    life: Life,
    ids: Ids,
    unit: Unit,
    part: Part,
    level: Level,
    on: date,
    *,
    wave: int,
    is_hub: bool = False,
    follows: Turn | None = None,
) -> Turn:
    """A turn that begins on a day, with its own clock."""
    place, is_co = life.place, part == Part.CO
    state = A.CO_OPEN if is_co else A.WAITING
    row = fresh(
        Assignment,
        id=ids.take(),
        suggestion_id=life.pk,
        unit_id=unit.pk,
        part=part,
        level=level,
        state=state,
        is_hub=is_hub,
        is_direct=not is_hub and not is_governed(unit),
        assigned_on=on,
        sign_by=None if is_co else place.sign_by(on),
        due=place.opinion_by(on) if is_co else place.sign_by(on),
        return_by=None if is_co or is_hub else place.return_by(on),
        follows_id=follows.row.id if follows else None,
    )
    turn = Turn(row, unit, [state.value], wave)
    life.turns.append(turn)
    return turn


def distribute(life: Life, ids: Ids, hub: Turn, unit: Unit, helping: list[Unit], part: Part, *to: State) -> Desk:
    """The government's unit gets it from the government's office, with those who help."""
    on, wave = life.day, hub.wave + 1
    hub.to(A.DISTRIBUTED)
    hub.row.ended_on = on
    turn = open_turn(life, ids, unit, part, Level.SECOND, on, wave=wave, follows=hub)
    co = [open_turn(life, ids, u, Part.CO, Level.SECOND, on, wave=wave, follows=hub) for u in helping]
    names = "、".join(str(t.unit) for t in (turn, *co))
    life.tell("distributed", N_("分办给{units}"), HUB, *to, unit=unit, params={"units": names})
    return Desk(ids, turn, co)
