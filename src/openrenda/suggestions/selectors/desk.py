"""Tables on an office's desk: what may be done in one go, and the register of all that this office may open."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import Lamp, days_left, lamp
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.search.selectors import holding
from openrenda.suggestions.models import Assignment, LookBackBatch, PlannedUnit, Suggestion
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.rules.who import UNIT_ROLES
from openrenda.suggestions.states import AssignmentState, Publicity, State
from openrenda.suggestions.workflow import ASSIGNMENT

from .access import visible
from .assignment_day import assignment_day
from .rows import FacetValue


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One line of a bulk table: `plan` says what will happen, `problem` (a msgid) why it cannot."""

    id: int
    suggestion_id: int
    number: str
    title: str
    lead: str
    plan: str
    by: date | None
    lamp: Lamp
    problem: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register."""

    id: int
    number: str
    title: str
    state: State
    unit: str
    lead: str
    category: str
    reply_class: str
    importance: str
    due: date | None
    lamp: Lamp
    days_left: int | None


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the register; `next_after` is the cursor of the next one."""

    rows: list[RegisterRow]
    next_after: int | None


def to_assign(actor: Actor) -> list[BulkRow]:
    """Assignment day. As many queries as `assignment_day`."""
    return [
        BulkRow(
            row.suggestion.pk,
            row.suggestion.pk,
            row.number,
            row.suggestion.title,
            str(row.suggestion.lead),
            "、".join(row.units),
            row.assign_by,
            row.lamp,
            row.problem,
        )
        for row in assignment_day(actor)
    ]


def _turns(rows: QuerySet[Assignment], actor: Actor, move: str, plans: Mapping[int, str]) -> list[BulkRow]:
    today, cal = clock.today(), load_calendar()
    found = rows.select_related("suggestion__lead__person", "unit").order_by("sign_by", "pk")
    return [
        BulkRow(
            row.pk,
            row.suggestion_id,
            number_of(row.suggestion.key),
            row.suggestion.title,
            str(row.suggestion.lead),
            plans.get(row.suggestion_id, str(row.unit)),
            row.sign_by,
            lamp(row.sign_by, today, cal),
            _problem(row, actor, move),
        )
        for row in found[:200]
    ]


def _problem(row: Assignment, actor: Actor, move: str) -> str:
    offer = next((one for one in ASSIGNMENT.offers(actor, row) if one.move.name == move), None)
    return N_("这一步不由您办理。") if offer is None else offer.verdict.message


def to_distribute(actor: Actor) -> list[BulkRow]:
    """What the government's office has to hand to its units. Two queries."""
    rows = Assignment.objects.filter(
        suggestion__congress_id=actor.congress_id, is_hub=True, state=AssignmentState.WAITING
    )
    plans: dict[int, list[str]] = {}
    for line in PlannedUnit.objects.filter(suggestion__assignments__in=rows).select_related("unit"):
        plans.setdefault(line.suggestion_id, []).append(str(line.unit))
    return _turns(rows, actor, "distribute", {pk: "、".join(units) for pk, units in plans.items()})


def to_sign_for(actor: Actor) -> list[BulkRow]:
    """What a unit has not signed for yet. One query."""
    rows = Assignment.objects.filter(
        suggestion__congress_id=actor.congress_id,
        unit_id__in=actor.scopes(*UNIT_ROLES),
        is_hub=False,
        state=AssignmentState.WAITING,
    )
    return _turns(rows, actor, "sign_for", {})


def to_release(actor: Actor) -> list[BulkRow]:
    """Replied ones whose publication is not decided, oldest reply first. Two queries."""
    if not actor.has(Role.SC_REP, Role.GOV_HUB):
        return []
    rows = visible(actor).filter(first_replied_on__isnull=False, publicity=Publicity.PENDING)
    found = rows.select_related("lead__person", "main_unit").prefetch_related("replies")
    return [
        BulkRow(
            row.pk,
            row.pk,
            number_of(row.key),
            row.title,
            str(row.lead),
            str(row.main_unit or ""),
            row.first_replied_on,
            Lamp.NONE,
            _not_reviewed(row),
        )
        for row in found.order_by("first_replied_on", "pk")[:200]
    ]


def _not_reviewed(row: Suggestion) -> str:
    issued = [reply for reply in row.replies.all() if reply.issued_on is not None]
    ready = issued and all(reply.secrecy_checked_by and reply.publicity == Publicity.FULL for reply in issued)
    return "" if ready else N_("承办单位没有同意全文公开，请打开单独决定。")


BULK: Mapping[str, Callable[[Actor], list[BulkRow]]] = {
    "assign": to_assign,
    "distribute": to_distribute,
    "sign_for": to_sign_for,
    "release": to_release,
}


def register(
    actor: Actor,
    *,
    text: str = "",
    state: State | None = None,
    unit_id: int | None = None,
    year: int | None = None,
    after: int | None = None,
    size: int = 50,
) -> RegisterPage:
    """All this office may open, newest first, keyset by id. One query, with a text two."""
    rows = visible(actor)
    few = holding("suggestions.suggestion", actor.congress_id, text, is_public=False) if text else None
    rows = rows if few is None else rows.filter(pk__in=few)
    for name, value in (("title__contains", text), ("state", state), ("main_unit_id", unit_id), ("year", year)):
        rows = rows.filter(**{name: value}) if value else rows
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.select_related("lead__person", "main_unit", "category").order_by("-pk")[: size + 1])
    shown = found[:size]
    return RegisterPage(_register_rows(shown), shown[-1].pk if len(found) > size else None)


def _register_rows(rows: Iterable[Suggestion]) -> list[RegisterRow]:
    today, cal = clock.today(), load_calendar()
    return [
        RegisterRow(
            row.pk,
            number_of(row.key),
            row.title,
            State(row.state),
            str(row.main_unit or ""),
            str(row.lead),
            row.category.name,
            row.reply_class,
            row.importance,
            row.due,
            lamp(row.due, today, cal, row.first_replied_on),
            days_left(row.due, today, cal) if row.due and row.first_replied_on is None else None,
        )
        for row in rows
    ]


def state_counts(actor: Actor) -> list[FacetValue]:
    """How many stand where, of all this office may open. One query."""
    counted = dict(visible(actor).order_by().values_list("state").annotate(n=Count("pk", distinct=True)))
    return [FacetValue(str(state), state.label, counted[state]) for state in State if state in counted]


def look_back_batches(actor: Actor) -> list[LookBackBatch]:
    """The yearly look-backs with their lists, newest first. Three queries."""
    rows = LookBackBatch.objects.filter(congress_id=actor.congress_id).order_by("-pk")
    return list(rows.prefetch_related("look_backs__suggestion__main_unit")[:5])
