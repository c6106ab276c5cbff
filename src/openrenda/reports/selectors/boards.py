"""A board as a whole: for everybody, or for what one office may see. Kept for minutes, so that visits count nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import QuerySet

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.deadlines import Lamp
from openrenda.liaison.models import Opinion
from openrenda.liaison.selectors.rows import InboxRow
from openrenda.liaison.selectors.visibility import visible_to
from openrenda.liaison.selectors.workbench import inbox_rows
from openrenda.liaison.states import ENDED
from openrenda.orgs.models import Unit
from openrenda.orgs.selectors import handling_units
from openrenda.orgs.states import Role, UnitKind
from openrenda.reports.period import Period
from openrenda.suggestions.models import Commitment, Suggestion
from openrenda.suggestions.selectors import promise_ledger
from openrenda.suggestions.selectors.access import visible
from openrenda.suggestions.selectors.public import list_rows
from openrenda.suggestions.selectors.rows import PromiseRow
from openrenda.suggestions.states import OPEN_HANDLING

from . import opinions, suggestions
from .opinions import OpinionFigures
from .suggestions import SuggestionFigures

PUBLIC_SECONDS, WORK_SECONDS = 300, 60
NEAREST = 8
UNIT_ROLES = (Role.UNIT_ADMIN, Role.UNIT_CLERK, Role.UNIT_LEADER)
WHOLE_DISTRICT = (Role.SC_REP, Role.SC_OFFICE, Role.SC_LEADER)
STREET_AND_STATION = (Role.STREET_NPC, Role.STATION_HEAD, Role.STATION_STAFF)
WITH_OPINIONS = (*WHOLE_DISTRICT, Role.GOV_HUB, *UNIT_ROLES, *STREET_AND_STATION)
WITH_SUGGESTIONS = (*WHOLE_DISTRICT, Role.SC_COMMITTEE, Role.GOV_HUB, *UNIT_ROLES)
READERS = (*WITH_OPINIONS, Role.SC_COMMITTEE)


@dataclass(frozen=True, slots=True)
class Narrow:
    """One street, one unit, or both; empty means all that may be seen."""

    street_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Figures of what its reader may see; None where that is nothing by nature. `first_year`: of the first record."""

    opinions: OpinionFigures | None
    suggestions: SuggestionFigures | None
    first_year: int
    streets: dict[int, str]
    units: dict[int, str]


@dataclass(frozen=True, slots=True)
class SuggestionDue:
    """A suggestion that waits for its answer."""

    id: int
    number: str
    title: str
    unit: str
    due: date | None
    lamp: Lamp


@dataclass(frozen=True, slots=True)
class Nearest:
    """What is due first, most urgent first; each list is cut at eight."""

    opinions: list[InboxRow]
    suggestions: list[SuggestionDue]
    promises: list[PromiseRow]


def public_board(congress_id: int, period: Period, narrow: Narrow) -> Board:
    """The district as everybody may know it. Eighteen queries, none for the next five minutes.

    Sums count every case; places and categories of opinions only the published ones. Suggestions have no street.
    """
    key = f"reports.board.{congress_id}.{period.key}.{narrow.street_id}.{narrow.unit_id}"

    def fresh() -> Board:
        rows = Opinion.objects.filter(congress_id=congress_id)
        told = Suggestion.objects.filter(congress_id=congress_id, shelf__isnull=False)
        promised = Commitment.objects.filter(congress_id=congress_id)
        return _board(congress_id, rows, None if narrow.street_id else told, promised, period, narrow, public=True)

    return _kept(key, PUBLIC_SECONDS, fresh)


def work_board(actor: Actor, period: Period, narrow: Narrow) -> Board:
    """What the worn hat may see of opinions and suggestions, nothing else. Eighteen queries; none for a minute."""
    hat = "-".join(f"{role}.{scope}" for role, scope in sorted(actor.roles))
    key = f"reports.board.{actor.congress_id}.{hat}.{period.key}.{narrow.street_id}.{narrow.unit_id}"

    def fresh() -> Board:
        rows = visible_to(actor) if actor.has(*WITH_OPINIONS) else None
        told = visible(actor).filter(shelf__isnull=False) if actor.has(*WITH_SUGGESTIONS) else None
        shown = None if narrow.street_id else told
        return _board(actor.congress_id, rows, shown, _promises(actor), period, narrow, public=False)

    return _kept(key, WORK_SECONDS, fresh)


def _kept(key: str, seconds: int, fresh: Callable[[], Board]) -> Board:
    found: Board | None = cache.get(key)
    if found is None:
        found = fresh()
        cache.set(key, found, seconds)
    return found


def _promises(actor: Actor) -> QuerySet[Commitment]:
    """A unit's own; else those of the suggestions that may be seen."""
    rows = Commitment.objects.filter(congress_id=actor.congress_id)
    if units := actor.scopes(*UNIT_ROLES):
        return rows.filter(unit_id__in=units)
    return rows.filter(suggestion__in=visible(actor))


def _board(
    congress_id: int,
    rows: QuerySet[Opinion] | None,
    told: QuerySet[Suggestion] | None,
    promised: QuerySet[Commitment],
    period: Period,
    narrow: Narrow,
    *,
    public: bool,
) -> Board:
    if narrow.unit_id is not None:
        rows = None if rows is None else rows.filter(handler_unit_id=narrow.unit_id)
        told = None if told is None else told.filter(main_unit_id=narrow.unit_id)
        promised = promised.filter(unit_id=narrow.unit_id)
    if narrow.street_id is not None:
        rows = None if rows is None else rows.filter(street_id=narrow.street_id)
    one_street = narrow.street_id is not None
    streets = Unit.objects.filter(congress_id=congress_id, kind=UnitKind.STREET).order_by("code")
    return Board(
        None if rows is None else opinions.figures(rows, period, by_community=one_street, public_only=public),
        None if told is None else suggestions.figures(told, promised, period),
        _first_year(congress_id),
        {unit.pk: str(unit) for unit in streets},
        {unit.pk: str(unit) for unit in handling_units(congress_id)},
    )


def _first_year(congress_id: int) -> int:
    rows = Opinion.objects.filter(congress_id=congress_id).order_by("submitted_at")
    first = rows.values_list("submitted_at", flat=True).first()
    return clock.local(first).year if first else clock.today().year


def nearest(actor: Actor, narrow: Narrow) -> Nearest:
    """The next deadlines of what this hat may see. Three queries (and the calendar's)."""
    return Nearest(_opinions_due(actor, narrow), _suggestions_due(actor, narrow), _promises_due(actor, narrow))


def _opinions_due(actor: Actor, narrow: Narrow) -> list[InboxRow]:
    if not actor.has(*WITH_OPINIONS):
        return []
    rows = visible_to(actor).exclude(state__in=ENDED).filter(due_on__isnull=False)
    if narrow.street_id is not None:
        rows = rows.filter(street_id=narrow.street_id)
    if narrow.unit_id is not None:
        rows = rows.filter(handler_unit_id=narrow.unit_id)
    found = rows.select_related("category", "station", "handler_unit").order_by("due_on", "pk")
    return inbox_rows(list(found[:NEAREST]))


def _suggestions_due(actor: Actor, narrow: Narrow) -> list[SuggestionDue]:
    if not actor.has(*WITH_SUGGESTIONS) or narrow.street_id is not None:
        return []
    rows = visible(actor).filter(shelf__isnull=False, state__in=OPEN_HANDLING, due__isnull=False)
    if narrow.unit_id is not None:
        rows = rows.filter(main_unit_id=narrow.unit_id)
    found = list(rows.select_related("lead__person", "main_unit", "category").order_by("due", "pk")[:NEAREST])
    return [
        SuggestionDue(row.pk, line.number, row.title, line.unit, row.due, line.lamp)
        for row, line in zip(found, list_rows(found), strict=True)
    ]


def _promises_due(actor: Actor, narrow: Narrow) -> list[PromiseRow]:
    if not actor.has(*WITH_SUGGESTIONS) or narrow.street_id is not None:
        return []
    own, unit_id = actor.scopes(*UNIT_ROLES), narrow.unit_id
    if own:
        unit_id = min(own) if unit_id is None else unit_id
        if unit_id not in own:
            return []
    elif not actor.has(*WHOLE_DISTRICT):
        return []
    return promise_ledger(actor.congress_id, unit_id=unit_id, open_only=True, size=NEAREST)
