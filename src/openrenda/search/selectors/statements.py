"""The SQL of a search, in one place.

`AS MATERIALIZED` is what keeps the planner honest. It plans such a part as if all its rows were wanted and so goes
through the index of lexemes; with a LIMIT in its sight it would rather read the table until it has met enough rows,
which for a word that nowhere stands is all of it. Rows are still made one by one: after the 2001st the work stops.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..rules.asked import Term, Way, all_of, any_of, quoted

ROWS = "id, kind, category_id, unit_id, street_id, year, state, grade"
PAGE = (
    # The moment without its zone: Django reads moments with a zone in Python, which took as long as marking the hits.
    "SELECT id, kind, object_id, ref, title, names, body, at AT TIME ZONE 'UTC', category_id, unit_id, street_id, "
    "year, state, grade, is_public FROM search_entry WHERE id = ANY(%s)"
)
SCORE, LATER, MET, LAST = 8, 9, 10, 11
"""Where in a row stands what comes after ROWS."""
Made = tuple[str, list[Any]]
"""SQL and its values."""
_NUMBER, _TITLE, _OTHER_TITLE, _ELSEWHERE = 16, 8, 6, 2


@dataclass(slots=True)
class Scope:
    """Which entries: tsquery parts that must all hold, and SQL over columns with its values."""

    is_public: bool
    congress_id: int
    parts: list[str] = field(default_factory=list)
    sql: list[str] = field(default_factory=list)
    params: list[Any] = field(default_factory=list)

    def also(self, sql: str, *params: object) -> None:
        self.sql.append(sql)
        self.params.extend(params)


@dataclass(frozen=True, slots=True)
class Cursor:
    """After which hit a page begins."""

    score: int
    at: str
    entry_id: int


def hits(scope: Scope, score: Made, window: Sequence[str] | None = None) -> Made:
    """The common part: all hits of the scope, in no order."""
    parts = [*scope.parts, *([any_of(map(quoted, window))] if window is not None else [])]
    where = ["is_public" if scope.is_public else "NOT is_public", "congress_id = %s"]
    params: list[Any] = [*score[1], scope.congress_id]
    if parts:
        where.append("lexemes @@ %s::tsquery")
        params.append(" & ".join(parts))
    where += scope.sql
    sql = f"SELECT {ROWS}, at, ctid, {score[0]} AS score FROM search_entry WHERE {' AND '.join(where)}"  # noqa: S608  no value stands in it
    return f"WITH hits AS MATERIALIZED ({sql})", [*params, *scope.params]


def some(common: Made, most: int, limit: int, order: str, after: Cursor | None) -> Made:
    """The newest `limit` of up to `most` hits, whichever the database meets first, in order.

    Each row also says how many were met, and the last page of the table they lie on.
    """
    met = "SELECT *, count(*) OVER () AS met, max(ctid) OVER () AS last FROM (SELECT * FROM hits LIMIT %s) AS first"
    inner = f"SELECT * FROM ({met}) AS met ORDER BY at DESC, id DESC LIMIT %s"  # noqa: S608  no value stands in these
    return _ordered(common, inner, [most, limit], order, after, ", met, last")


def newest(common: Made, limit: int, order: str, after: Cursor | None) -> Made:
    """The newest `limit` hits, in order."""
    return _ordered(common, "SELECT * FROM hits ORDER BY at DESC, id DESC LIMIT %s", [limit], order, after)


def older(common: Made, limit: int, after: Cursor) -> Made:
    """The newest `limit` hits after the cursor."""
    inner = "SELECT * FROM hits WHERE (at, id) < (%s, %s) ORDER BY at DESC, id DESC LIMIT %s"
    return _ordered(common, inner, [after.at, after.entry_id, limit], "time", None)


def _ordered(common: Made, inner: str, values: list[Any], order: str, after: Cursor | None, more: str = "") -> Made:
    keys = ("score", "at", "id") if order == "relevance" else ("at", "id")
    later, params = "TRUE", [*common[1]]
    if after is not None:
        later = f"({', '.join(keys)}) < ({', '.join(['%s'] * len(keys))})"
        params += [after.score, after.at, after.entry_id][-len(keys) :]
    by = ", ".join(f"{key} DESC" for key in keys)
    sql = f"{common[0]} SELECT {ROWS}, score, {later}{more} FROM ({inner}) AS found ORDER BY {by}"  # noqa: S608
    return sql, [*params, *values]


def checks(scope: Scope, terms: Iterable[Term]) -> None:
    """Where lexemes alone could deceive, the text itself must hold the word."""
    for term in terms:
        if any(way.exact for way in term.ways):
            found = [_check(way) for way in term.ways]
            scope.also(f"({' OR '.join(sql for sql, _ in found)})", *(value for _, values in found for value in values))


def _check(way: Way) -> tuple[str, list[str]]:
    if way.exact:
        columns = " OR ".join(f"strpos(lower({column}), %s) > 0" for column in ("title", "names", "ref", "body"))
        return columns, [way.text] * 4
    return "lexemes @@ %s::tsquery", [all_of(way.lexemes)]


def relevance(terms: Iterable[Term]) -> Made:
    """Points of a hit: of each term, 16 for its number, 8 if it stands in the title or a name, 6 if another name for it
    stands in the title, 2 elsewhere."""
    sql: list[str] = []
    params: list[Any] = []
    for term in terms:
        cases = [("ref", term.text.strip("第号號"), _NUMBER)] if any(map(_is_number, term.ways)) else []
        cases += [("title", term.text, _TITLE), ("names", term.text, _TITLE)]
        cases += [("title", other, _OTHER_TITLE) for other in term.also]
        whens = " ".join(f"WHEN strpos(lower({column}), %s) > 0 THEN {points}" for column, _, points in cases)
        sql.append(f"CASE {whens} ELSE {_ELSEWHERE} END")
        params += [text for _, text, _ in cases]
    return " + ".join(sql) or "0", params


def _is_number(way: Way) -> bool:
    return way.lexemes[0].startswith("n/")
