"""What everybody may read: the list and its facets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from openrenda.kernel import clock
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import Lamp, lamp
from openrenda.kernel.enums import Labelled
from openrenda.kernel.prepared import Prepared
from openrenda.kernel.text import N_
from openrenda.liaison.models import Category
from openrenda.orgs.models import Delegation, Session, Unit
from openrenda.search.selectors import holding
from openrenda.suggestions.models import Publication, Suggestion
from openrenda.suggestions.rules.numbers import chinese, number_of
from openrenda.suggestions.states import OPEN_HANDLING, Importance, Publicity, ReplyClass, State

from .rows import Facets, FacetValue, Filters, ListRow, Page


class Line(NamedTuple):
    """The columns of a line, as COLUMNS names them."""

    pk: int
    key: str | None
    public_title: str
    state: str
    reply_class: str
    importance: str
    publicity: str
    is_confidential: bool
    submitted_at: datetime | None
    due: date | None
    legal_due: date | None
    first_replied_on: date | None
    first_reply_due: date | None
    shelf: int | None
    lead: str
    unit_short: str | None
    unit: str | None
    category: str


JOINED = ("lead__person__name", "main_unit__short_name", "main_unit__name", "category__name")
COLUMNS = (*Line._fields[:-4], *JOINED)
FACETS = "suggestions_facetcount"
HIDDEN_LEAD = N_("代表（应本人要求不公开姓名）")


def numbered(congress_id: int) -> QuerySet[Suggestion]:
    """Suggestions that have a number. No query yet."""
    return Suggestion.objects.filter(congress_id=congress_id, shelf__isnull=False)


def narrowed(rows: QuerySet[Suggestion], filters: Filters, congress_id: int) -> QuerySet[Suggestion]:
    """The rows that fit the filters. One query if there is a text to look for, none otherwise."""
    rows = rows.filter(**_wanted(filters))
    if filters.key_only:
        rows = rows.filter(~Q(importance=Importance.NORMAL))
    if text := filters.text.strip().replace("\0", ""):
        rows = rows.filter(public_title__icontains=text)
        few = holding("suggestions.suggestion", congress_id, text, is_public=True)
        rows = rows if few is None else rows.filter(pk__in=few)
    return rows


def _wanted(filters: Filters) -> dict[str, Any]:
    """Columns that must have a value."""
    wanted = {
        "year": filters.year,
        "session_id": filters.session_id,
        "category_id": filters.category_id,
        "main_unit_id": filters.unit_id,
        "state": filters.state,
        "reply_class": filters.reply_class,
        "delegation_id": filters.delegation_id,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def _page(
    filters: Filters, size: int, *, congress_id: int, after: int | None = None, **columns: Any
) -> QuerySet[Suggestion, Any]:
    rows = (
        narrowed(numbered(congress_id), filters, congress_id).filter(**columns).order_by("-shelf").values_list(*COLUMNS)
    )
    return (rows if after is None else rows.filter(shelf__lt=after))[: size + 1]


@cache
def _prepared_page(size: int, *names: str) -> Prepared[Any]:
    """The page narrowed by these columns."""
    kinds = {name: str if name in ("state", "reply_class") else int for name in names}
    return Prepared(lambda **values: _page(Filters(), size, **values), **kinds)


def _plain(value: int | str) -> int | str:
    return value.value if isinstance(value, Labelled) else value


def public_list(congress_id: int, filters: Filters, *, after: int | None = None, size: int = 20) -> Page:
    """Numbered suggestions, newest number first, keyset by `after` (a row's shelf). One query (and the calendar's), two
    with a text."""
    asked = {**_wanted(filters), "congress_id": congress_id} | ({"after": after} if after is not None else {})
    if filters.text.strip() or filters.key_only:
        found = list(_page(filters, size, **asked))
    else:
        found = _prepared_page(size, *sorted(asked))(**{name: _plain(value) for name, value in asked.items()})
    lines = [Line(*row) for row in found]
    return Page(_shown(lines[:size]), lines[size - 1].shelf if len(lines) > size else None)


def latest_public(congress_id: int, count: int = 5) -> list[ListRow]:
    """The newest ones with a public title, for the home page. One query (and the calendar's)."""
    rows = numbered(congress_id).exclude(public_title="").exclude(state=State.WITHDRAWN)
    return _shown(Line(*row) for row in rows.order_by("-shelf").values_list(*COLUMNS)[:count])


@dataclass(frozen=True, slots=True)
class Released:
    """A suggestion whose title is out, and since when."""

    key: str
    number: str
    title: str
    at: datetime


def lately_released(congress_id: int, count: int) -> list[Released]:
    """Those released last, newest first. One query."""
    out = (Publicity.FULL, Publicity.SUMMARY)
    rows = Publication.objects.filter(suggestion__congress_id=congress_id, decision__in=out)
    rows = rows.filter(suggestion__shelf__isnull=False).exclude(suggestion__state=State.WITHDRAWN)
    found = rows.select_related("suggestion").order_by("-pk")[:count]
    return [_released(row.suggestion, clock.local(row.released_at)) for row in found if row.suggestion.public_title]


def _released(row: Suggestion, at: datetime) -> Released:
    return Released(row.key or "", number_of(row.key), shown_title(row), at)


def legal_lamp(row: Line) -> Lamp:
    """The lamp of the legal clock: once answered, was it in time; while it runs, how near; a round by its own day."""
    today, cal = clock.today(), load_calendar()
    if row.state == State.REHANDLE:
        return lamp(row.due, today, cal)
    if row.first_replied_on is not None:
        return lamp(row.first_reply_due, today, cal, done_on=row.first_replied_on)
    return lamp(row.legal_due, today, cal) if row.state in OPEN_HANDLING else Lamp.NONE


def shown_title(row: Suggestion | Line) -> str:
    """The title as the public may read it; empty when it is not public."""
    return "" if row.state == State.WITHDRAWN else row.public_title


def list_rows(rows: Iterable[Suggestion]) -> list[ListRow]:
    """Suggestions with lead, unit and category as lines. No query (but the calendar's)."""
    return _shown(map(_line, rows))


def _line(row: Suggestion) -> Line:
    unit = row.main_unit
    own = [getattr(row, name) for name in COLUMNS[: -len(JOINED)]]
    joined = [row.lead.person.name, unit and unit.short_name, unit and unit.name, row.category.name]
    return Line._make([*own, *joined])


def _shown(rows: Iterable[Line]) -> list[ListRow]:
    return [
        ListRow(
            id=row.pk,
            key=row.key or "",
            number=number_of(row.key),
            title=shown_title(row),
            category=row.category,
            state=State(row.state),
            unit=row.unit_short or row.unit or "",
            lead=HIDDEN_LEAD if row.is_confidential else row.lead,
            reply_class=ReplyClass(row.reply_class) if row.reply_class else None,
            importance=Importance(row.importance),
            publicity=Publicity(row.publicity),
            submitted_on=clock.local(row.submitted_at).date(),
            due=row.due,
            lamp=legal_lamp(row),
            shelf=row.shelf or 0,
        )
        for row in rows
        if row.submitted_at is not None
    ]


_sessions = Prepared(
    lambda congress_id: (
        Session.objects.filter(term__congress_id=congress_id).order_by().values_list("pk", "term__number", "number")
    ),
    congress_id=int,
)
_categories = Prepared(
    lambda congress_id: Category.objects.filter(congress_id=congress_id).order_by().values_list("pk", "name"),
    congress_id=int,
)
_units = Prepared(
    lambda congress_id: Unit.objects.filter(congress_id=congress_id).order_by().values_list("pk", "short_name", "name"),
    congress_id=int,
)
_delegations = Prepared(
    lambda congress_id: Delegation.objects.filter(congress_id=congress_id).order_by().values_list("pk", "name"),
    congress_id=int,
)


def facets(congress_id: int, year: int | None = None) -> Facets:
    """Counts per facet, read from the counters, never recounted. Five queries, whatever the number of suggestions.

    The years are always all years; the other facets count within the chosen one.
    """
    counts: dict[str, dict[str, int]] = {}
    years: dict[str, int] = {}
    for of_year, facet, value, n in _sums(congress_id):
        if facet == "total":
            years[str(of_year)] = years.get(str(of_year), 0) + n
        if year is None or of_year == year:
            bucket = counts.setdefault(facet, {})
            bucket[value] = bucket.get(value, 0) + n
    sessions = {
        str(pk): f"{chinese(term)}届{chinese(number)}次" for pk, term, number in _sessions(congress_id=congress_id)
    }
    names = {
        "category": {str(pk): name for pk, name in _categories(congress_id=congress_id)},
        "unit": {str(pk): short or name for pk, short, name in _units(congress_id=congress_id)},
        "delegation": {str(pk): name for pk, name in _delegations(congress_id=congress_id)},
        "session": sessions,
        "state": {str(s): s.label for s in State},
        "class": {str(c): c.label for c in ReplyClass},
    }
    listed = {facet: _values(counts.get(facet, {}), names[facet]) for facet in names}
    return Facets(
        total=counts.get("total", {}).get("*", 0),
        years=tuple(FacetValue(y, y, n) for y, n in sorted(years.items(), reverse=True) if n > 0),
        sessions=listed["session"],
        categories=listed["category"],
        units=listed["unit"],
        states=listed["state"],
        classes=tuple(sorted(listed["class"], key=lambda v: v.value)),
        delegations=listed["delegation"],
        key=counts.get("key", {}).get("*", 0),
    )


def _values(counts: dict[str, int], names: dict[str, str]) -> tuple[FacetValue, ...]:
    found = [FacetValue(value, names.get(value, value), n) for value, n in counts.items() if n > 0]
    return tuple(sorted(found, key=lambda v: (-v.count, v.label)))


def _sums(congress_id: int) -> list[tuple[int, str, str, int]]:
    """The counters of a congress, summed. One query over a small table."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT year, facet, value, sum(n)::int FROM {FACETS} "  # noqa: S608  a constant
            "WHERE congress_id = %s GROUP BY year, facet, value",
            [congress_id],
        )
        return list(cursor.fetchall())
