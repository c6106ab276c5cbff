"""The deputies' office plans and assigns."""

from collections.abc import Sequence

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid, OpenRendaError
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.orgs.models import Unit
from openrenda.orgs.selectors import units_of_kind
from openrenda.orgs.states import ORGAN_OF, Organ, UnitKind
from openrenda.suggestions.errors import BulkRefused, NothingToDo
from openrenda.suggestions.events import Assigned
from openrenda.suggestions.models import Assignment, PlannedUnit, Suggestion
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.states import ANSWERING_PARTS, AssignmentState, Level, Mode, Part
from openrenda.suggestions.workflow import SUGGESTION

from .plans import plan_problem
from .review import _check_oversight
from .steps import OFFICE, Locked, lock, write
from .values import PlanLine


def organ_of(unit: Unit) -> Organ:
    """The organ to which a unit's matter is handed."""
    return ORGAN_OF[UnitKind(unit.kind)]


def checked_lines(congress_id: int, mode: Mode, lines: Sequence[PlanLine]) -> list[tuple[PlanLine, Unit]]:
    """The plan with its units; Invalid when it does not fit the mode or names a unit that is not there."""
    problem = plan_problem(mode, lines)
    if problem:
        raise Invalid(fields={"lines": problem})
    units = Unit.objects.in_bulk([line.unit_id for line in lines])
    for line in lines:
        unit = units.get(line.unit_id)
        if unit is None or unit.congress_id != congress_id or unit.dissolved_on is not None:
            raise Invalid(fields={"lines": N_("有单位不存在或者已撤销，请重新选择。")})
        if unit.kind in (UnitKind.STATION, UnitKind.GOVERNMENT):
            raise Invalid(fields={"lines": N_("请选择具体的承办单位。")})
    return [(line, units[line.unit_id]) for line in lines]


@transaction.atomic
def plan(
    *, suggestion_id: int, mode: Mode, lines: Sequence[PlanLine], actor: Actor, oversight_unit_id: int | None = None
) -> Suggestion:
    """Say how and by whom it is to be handled; replaces an earlier plan. Raises Invalid on a plan that does not fit."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    SUGGESTION.take("plan", actor, suggestion)
    pairs = checked_lines(actor.congress_id, mode, lines)
    if oversight_unit_id is not None:
        _check_oversight(actor.congress_id, oversight_unit_id)
        suggestion.oversight_unit_id = oversight_unit_id
    suggestion.planned.all().delete()
    PlannedUnit.objects.bulk_create(
        [
            PlannedUnit(suggestion=suggestion, unit=unit, part=line.part, part_text=line.part_text.strip())
            for line, unit in pairs
        ]
    )
    main = next(unit for line, unit in pairs if line.part in ANSWERING_PARTS)
    suggestion.mode, suggestion.organ, suggestion.main_unit = Mode(mode), organ_of(main), main
    write(
        case,
        kind="planned",
        text=N_("拟定承办单位"),
        actor=actor,
        who=OFFICE,
        is_public=False,
        mode=str(mode),
        units=len(pairs),
    )
    return suggestion


@transaction.atomic
def assign_in_bulk(*, suggestion_ids: Sequence[int], actor: Actor) -> list[Suggestion]:
    """Assignment day (交办): all of them or none. Raises BulkRefused, whose `rows` say for each why not."""
    wanted = sorted(set(suggestion_ids))
    if not wanted:
        raise NothingToDo
    cases: list[Locked] = []
    refused: dict[int, str] = {}
    for pk in wanted:
        try:
            case = lock(pk, actor)
            SUGGESTION.take("assign", actor, case.suggestion)
            cases.append(case)
        except OpenRendaError as error:
            refused[pk] = error.message.format(**error.params) if error.params else error.message
    refused |= _units_that_ended([case.suggestion.pk for case in cases])
    if refused:
        raise BulkRefused(refused)
    government = units_of_kind(actor.congress_id, UnitKind.GOVERNMENT).first()
    for case in cases:
        _assign(case, government, actor)
    return [case.suggestion for case in cases]


def _units_that_ended(suggestion_ids: Sequence[int]) -> dict[int, str]:
    ended = PlannedUnit.objects.filter(suggestion_id__in=suggestion_ids, unit__dissolved_on__isnull=False)
    return dict.fromkeys(ended.values_list("suggestion_id", flat=True), N_("拟办单位已撤销，请重新拟办。"))


def _assign(case: Locked, government: Unit | None, actor: Actor) -> None:
    """The first assignment: government matters go to the government as a whole, others to their organ directly."""
    suggestion, today = case.suggestion, clock.today()
    move = SUGGESTION.take("assign", actor, suggestion)
    lines = list(suggestion.planned.select_related("unit", "unit__parent"))
    turns = first_turns(suggestion, lines, government)
    Assignment.objects.bulk_create(turns)
    suggestion.state = move.lands(case.was)
    suggestion.first_assigned_on = today
    suggestion.legal_due = suggestion.due = clocks.legal(today).due
    handed = [turn.unit for turn in turns]
    write(
        case,
        kind="assigned",
        text=N_("交{units}办理"),
        params={"units": "、".join(str(unit) for unit in handed)},
        actor=actor,
        who=OFFICE,
        unit=handed[0],
        due=suggestion.legal_due.isoformat(),
    )
    publish(
        Assigned(
            suggestion.pk,
            unit_ids=tuple(turn.unit_id for turn in turns),
            to_government=any(t.is_hub for t in turns),
            legal_due=suggestion.legal_due.isoformat(),
        ),
        actor,
    )


def first_turns(suggestion: Suggestion, lines: Sequence[PlannedUnit], government: Unit | None) -> list[Assignment]:
    """The turns that an assignment opens: one for the government if it has a part, and those of direct organs."""
    answering = [line for line in lines if line.part in ANSWERING_PARTS]
    governed = [line for line in answering if organ_of(line.unit) == Organ.GOVERNMENT]
    direct = [line for line in answering if organ_of(line.unit) != Organ.GOVERNMENT]
    turns = [new_turn(suggestion, line.unit, line.part, line.part_text, Level.FIRST) for line in direct]
    if governed:
        hub = government or top_of(governed[0].unit)
        part = governed[0].part
        turns.insert(0, new_turn(suggestion, hub, part, "", Level.FIRST, is_hub=True))
    else:  # a direct organ leads: its co-handlers begin at once; the government's begin when it distributes
        turns += [new_turn(suggestion, line.unit, line.part, "", Level.FIRST) for line in lines if line.part == Part.CO]
    return turns


def top_of(unit: Unit) -> Unit:
    """The unit at the top of the tree: where no government is marked as such, the matter is handed to it."""
    while unit.parent is not None:
        unit = unit.parent
    return unit


def new_turn(
    suggestion: Suggestion,
    unit: Unit,
    part: str,
    part_text: str,
    level: Level,
    *,
    is_hub: bool = False,
    is_final: bool = False,
    follows: Assignment | None = None,
) -> Assignment:
    """A turn that begins today, with its own clock. Not saved. Two queries (settings)."""
    today, congress_id = clock.today(), suggestion.congress_id
    if part == Part.CO:
        due = clocks.opinion_by(today, congress_id).due
        return Assignment(
            suggestion=suggestion,
            unit=unit,
            part=part,
            level=level,
            state=AssignmentState.CO_OPEN,
            assigned_on=today,
            due=due,
            follows=follows,
            is_direct=organ_of(unit) != Organ.GOVERNMENT,
        )
    sign_by = clocks.sign_by(today, congress_id).due
    return Assignment(
        suggestion=suggestion,
        unit=unit,
        part=part,
        part_text=part_text,
        level=level,
        is_hub=is_hub,
        is_final=is_final,
        is_direct=not is_hub and organ_of(unit) != Organ.GOVERNMENT,
        assigned_on=today,
        sign_by=sign_by,
        due=sign_by,
        return_by=None if is_hub else clocks.return_by(today, congress_id).due,
        follows=follows,
    )
