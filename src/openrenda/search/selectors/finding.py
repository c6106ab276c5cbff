"""Finding: at most 2000 hits are looked at, the newest ones if there are more."""

import base64
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import Any

from django.db import connection

from openrenda.kernel import commit

from .. import kinds
from ..rules import windows
from ..rules.asked import Asked, any_of, condition, quoted, read
from ..rules.lexemes import token
from ..rules.marking import Marker, marked, snippet
from ..values import Counts, Found, Hit, Query
from . import profile, statements
from .others import groups_of, others_in
from .statements import Cursor, Scope

CAP = 2000
_LARGEST_PAGE = 200
_SHOWN_VALUES = 60
_ENOUGH = 1.4  # looks back a little further than the estimate says
_MANY = 3  # times as many as count: up to so many are looked at without asking since when
_LEAST_STEP, _LARGEST_STEP = 1.5, 16
NAMES = 5  # of a full row
_COLUMNS = ("kind", "category", "unit", "street", "year", "state", "grade")
Row = tuple[Any, ...]
Run = Callable[[str, Sequence[Any]], list[Row]]


@dataclass(frozen=True, slots=True)
class Search:
    """A query made ready: what is asked, where, from which place in the order."""

    asked: Asked
    scope: Scope
    expected: float
    score: statements.Made
    order: str
    after: Cursor | None
    cap: int


@dataclass(frozen=True, slots=True)
class Looked:
    """Rows of the hits that count, in order; whether there are more; how they were found."""

    rows: list[Row]
    capped: bool = False
    plan: str = "all"
    total: float = 0


def find(query: Query) -> Found:
    """A page of what this reader may see. At most five queries, two as a rule, besides what kinds ask about the actor.

    Never fails on what was typed: that is cut, cleaned, and what cannot be read is left out.
    """
    search = prepared(query)
    if search is None:
        return Found(unreadable=bool(query.text.strip()))
    if search.asked.unreadable:
        return Found(unreadable=True, left_out=search.asked.left_out)
    commit.flush()
    size = min(max(query.size, 1), _LARGEST_PAGE)
    with connection.cursor() as cursor:
        run = partial(run_with, cursor)
        looked = look(search, run)
        page = _page(search, looked, size, run)
        hits = hits_of(full_rows(page[:size], run), Marker(search.asked.terms))
    return Found(
        hits=hits,
        count=len(looked.rows),
        capped=looked.capped,
        facets=_facets(looked.rows),
        next_after=_cursor_of(hits[-1], page[size - 1][0]) if hits and len(page) > size else "",
        words=tuple(term.text for term in search.asked.terms),
        also=tuple(dict.fromkeys(other for term in search.asked.terms for other in term.also)),
        left_out=search.asked.left_out,
        plan=looked.plan,
    )


# -- what is asked -----------------------------------------------------------------------------------------------------


def prepared(query: Query, cap: int = CAP, *, typing: bool = False) -> Search | None:
    """The query made ready; None if this reader can see nothing of it. One query at most for other names of words."""
    groups = groups_of(query.congress_id)
    asked = read(query.text, partial(others_in, groups), typing=typing)
    scope = Scope(is_public=query.actor is None, congress_id=query.congress_id)
    wanted = kinds.known(query.kinds)
    tokens = [token(kind.name, key) for kind in wanted for key in kind.keys(query.actor)] if query.actor else []
    if not wanted or (query.actor is not None and not tokens):
        return None
    if query.actor is None and query.kinds:
        tokens = [f"k/{kind.name}" for kind in wanted]
    filters = _filters(query)
    scope.parts += [condition(asked.terms)] if asked.terms else []
    scope.parts += [any_of(map(quoted, sorted(tokens)))] if tokens else []
    scope.parts += map(quoted, filters)
    for column, value in (("state", query.state), ("grade", query.grade)):
        if value:
            scope.also(f"{column} = %s", _storable(value))
    statements.checks(scope, asked.terms)
    ranked = query.order == "relevance"
    return Search(
        asked=asked,
        scope=scope,
        expected=profile.current().expected(asked.terms, tokens, filters, is_public=scope.is_public),
        score=statements.relevance(asked.terms) if ranked else ("0", []),
        order=query.order,
        after=_cursor(query.after),
        cap=cap,
    )


def _filters(query: Query) -> list[str]:
    columns = (("c", query.category_id), ("u", query.unit_id), ("s", query.street_id), ("y", query.year))
    return [f"{letter}/{value}" for letter, value in columns if value is not None]


def _storable(text: str) -> str:
    return text[:80].encode("utf-8", "replace").decode().replace("\x00", "?")


# -- looking -----------------------------------------------------------------------------------------------------------


def look(search: Search, run: Run) -> Looked:
    """All hits if there are few; else the newest ones, looked for from today backwards.

    Where many are expected it begins with the newest at once. One query as a rule, up to five if statistics mislead.
    """
    known = profile.current()
    total = search.expected
    many = _MANY * search.cap
    if total < many:
        common = statements.hits(search.scope, search.score)
        rows = run(*statements.some(common, many + 1, search.cap + 1, search.order, search.after))
        met = rows[0][statements.MET] if rows else 0
        if met <= many:
            return Looked(rows[: search.cap], capped=met > search.cap, total=met)
        total = known.estimate(met, int(rows[0][statements.LAST][1:].partition(",")[0]))

    def since(day: int | None) -> list[Row]:
        common = statements.hits(search.scope, search.score, None if day is None else windows.since(day))
        return run(*statements.newest(common, search.cap + 1, search.order, search.after))

    rows = _backwards(since, search.cap, _ENOUGH * search.cap / total)
    return Looked(rows[: search.cap], capped=len(rows) > search.cap, plan="newest", total=total)


def _backwards(
    since: Callable[[int | None], list[Row]], wanted: int, share: float, last: int | None = None
) -> list[Row]:
    """More rows than are wanted, from a window of time that grows until there are, at last to all time."""
    known = profile.current()
    while True:
        day = known.day_back(share, last)
        rows = since(day)
        if day is None or len(rows) > wanted:
            return rows
        share *= min(max(_ENOUGH * wanted / max(len(rows), 1), _LEAST_STEP), _LARGEST_STEP)


def _page(search: Search, looked: Looked, size: int, run: Run) -> list[Row]:
    """The rows after the cursor, one more than fit on the page if there are more."""
    page = list(islice((row for row in looked.rows if row[statements.LATER]), size + 1))
    after = search.after
    if after is None or len(page) > size or not looked.capped or search.order == "relevance":
        return page
    last = datetime.fromisoformat(after.at).toordinal() + 1  # a day more: the zone may differ

    def since(day: int | None) -> list[Row]:
        window = windows.between(1 if day is None else min(day, last), last)
        return run(*statements.older(statements.hits(search.scope, search.score, window), size + 1, after))

    return _backwards(since, size, 4 * size / looked.total, last)


def run_with(cursor: Any, sql: str, params: Sequence[Any]) -> list[Row]:
    cursor.execute(sql, params)
    found: list[Row] = cursor.fetchall()
    return found


# -- what is shown -----------------------------------------------------------------------------------------------------


def full_rows(rows: Sequence[Row], run: Run) -> list[Row]:
    """The rows with their texts, and at the end their points. One query, none for no rows."""
    if not rows:
        return []
    found = {row[0]: row for row in run(statements.PAGE, [[row[0] for row in rows]])}
    return [(*found[row[0]], row[statements.SCORE]) for row in rows if row[0] in found]


def hits_of(rows: Sequence[Row], marker: Marker) -> tuple[Hit, ...]:
    """Full rows with their marks."""
    return tuple(_hit(row, marker.for_names(row[NAMES])) for row in rows)


def _hit(row: Row, pattern: "re.Pattern[str] | None") -> Hit:
    _, kind, object_id, ref, title, _, body, at, *rest = row
    return Hit(kind, object_id, ref, marked(title, pattern), snippet(body, pattern), at.replace(tzinfo=UTC), *rest)


def _facets(rows: Sequence[Row]) -> Mapping[str, Counts]:
    columns = list(zip(*rows, strict=True))[1 : 1 + len(_COLUMNS)]
    return {name: _counts(column) for name, column in zip(_COLUMNS, columns, strict=bool(rows))}


def _counts(column: Sequence[Any]) -> Counts:
    counted = sorted(Counter(column).items(), key=itemgetter(1), reverse=True)
    return tuple((value, n) for value, n in counted[:_SHOWN_VALUES] if value not in (None, ""))


# -- the cursor --------------------------------------------------------------------------------------------------------


def _cursor_of(hit: Hit, entry_id: int) -> str:
    text = json.dumps([hit.score, hit.at.isoformat(), entry_id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _cursor(given: str) -> Cursor | None:
    """None for anything that we did not make: the first page."""
    if not given:
        return None
    try:
        score, at, entry_id = json.loads(base64.urlsafe_b64decode(given[:200] + "=" * (-len(given) % 4)))
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not 0 <= int(score) < 2**31 or not 0 <= int(entry_id) < 2**63:
            return None
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    return Cursor(int(score), moment.isoformat(), int(entry_id))
