"""Others that tell of the same matter: candidates from the index of lexemes, compared in Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from openrenda.kernel import commit
from openrenda.kernel.actor import Actor

from .. import kinds as known_kinds
from ..likeness.explain import same_words
from ..likeness.lookups import Lookup, lookups
from ..likeness.score import Home, Likeness, compare
from ..likeness.texts import LENGTH, told
from ..rules.asked import any_of, quoted
from ..rules.lexemes import token
from .knowledge import Knowledge, known

LEAST = 0.15
"""Below this a text is more likely about something else: see docs/explanation/similar.md."""
CANDIDATES = 50
_SQL = """
WITH asked AS MATERIALIZED (SELECT * FROM unnest(%s::text[], %s::float8[]) AS pair(query, weight)),
met AS MATERIALIZED (
  SELECT found.id, sum(asked.weight) AS weight
  FROM asked CROSS JOIN LATERAL (
    SELECT id FROM search_entry WHERE {where} AND lexemes @@ asked.query::tsquery OFFSET 0
  ) AS found
  GROUP BY found.id ORDER BY weight DESC, found.id DESC LIMIT %s
)
SELECT kind, object_id, ref, title, left(body, %s), at, state, street_id, community_id
FROM met JOIN search_entry USING (id)
"""
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """Another matter like the one asked about.

    `score` is about the chance, from 0 to 1, that it is the same matter. `words` are pieces of its own text, for people
    to see why. `same_place` is None when neither texts nor records say.
    """

    kind: str
    object_id: int
    ref: str
    title: str
    at: datetime
    state: str
    score: float
    words: tuple[str, ...]
    same_place: bool | None


def similar(
    congress_id: int,
    title: str,
    body: str,
    *,
    actor: Actor | None = None,
    kinds: Sequence[str] = (),
    street_id: int | None = None,
    community_id: int | None = None,
    open_only: bool = False,
    exclude: tuple[str, int] | None = None,
    limit: int = 5,
    least: float = LEAST,
) -> list[Similar]:
    """Up to `limit` matters that a text is likely to be about too, the likeliest first; never fails on the text.

    Without `actor` only public entries are looked at, with one only inside entries that carry one of the actor's keys.
    `kinds`: only these kinds; `exclude`: not this object itself. Two queries at most, one as a rule, besides what
    kinds ask about the actor.
    """
    scope = _scope(congress_id, actor, kinds, open_only=open_only, exclude=exclude)
    if scope is None or not (title.strip() or body.strip()):
        return []
    knowledge = known(congress_id)
    mine = told(title, body, knowledge.concepts, knowledge.aliases)
    home = Home(street_id, community_id)
    ranked = []
    for row in _candidates(_lookups(title, body, knowledge, home), scope):
        other = told(row[3], row[4], knowledge.concepts, knowledge.aliases)
        ranked.append((compare(mine, home, other, Home(row[7], row[8]), knowledge.rarity), row))
    ranked.sort(key=lambda pair: (pair[0].score, pair[1][5], pair[1][1]), reverse=True)
    likely = [pair for pair in ranked[: max(limit, 0)] if pair[0].score >= least]
    return [_similar(likeness, row, (title, body), knowledge) for likeness, row in likely]


@dataclass(frozen=True, slots=True)
class _Scope:
    """`tokens`: a tsquery that says who may see; SQL over columns with its values."""

    tokens: str
    where: str
    params: list[Any]


def _scope(
    congress_id: int,
    actor: Actor | None,
    names: Iterable[str],
    *,
    open_only: bool,
    exclude: tuple[str, int] | None,
) -> _Scope | None:
    """None if this reader can see nothing."""
    wanted = known_kinds.known(names)
    tokens = [token(kind.name, key) for kind in wanted for key in kind.keys(actor)] if actor else []
    if not wanted or (actor is not None and not tokens):
        return None
    where = ["is_public" if actor is None else "NOT is_public", "congress_id = %s"]
    params: list[Any] = [congress_id]
    if actor is None and names:
        where.append("kind = ANY(%s)")
        params.append([kind.name for kind in wanted])
    if open_only:
        where.append("is_open")
    if exclude is not None:
        where.append("NOT (kind = %s AND object_id = %s)")
        params += exclude
    return _Scope(any_of(map(quoted, sorted(tokens))) if tokens else "", " AND ".join(where), params)


def _lookups(title: str, body: str, knowledge: Knowledge, home: Home) -> list[Lookup]:
    """What to look up: the text as it is written, with the other names of places it speaks of."""
    plain = told(title, body, knowledge.concepts)
    spoken = {name for alias, name in knowledge.aliases.items() if alias in plain.text or name in plain.text}
    others = sorted({*spoken, *(alias for alias, name in knowledge.aliases.items() if name in spoken)})
    # Public entries know no community, so there the street has to do.
    homes = [f"{letter}/{pk}" for letter, pk in (("o", home.community_id), ("s", home.street_id)) if pk is not None]
    return lookups(plain, knowledge.concepts, knowledge.rarity, homes=homes, others=others)


def _candidates(wanted: list[Lookup], scope: _Scope) -> list[Row]:
    """The entries that meet most, by weight; each lookup is made on its own. One query, none for no lookups."""
    if not wanted:
        return []
    rights = f" & {scope.tokens}" if scope.tokens else ""
    queries = [one.query + rights for one in wanted]
    weights = [one.weight for one in wanted]
    commit.flush()
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(where=scope.where), [queries, weights, *scope.params, CANDIDATES, LENGTH])
        rows: list[Row] = cursor.fetchall()
    return rows


def _similar(likeness: Likeness, row: Row, mine: tuple[str, str], knowledge: Knowledge) -> Similar:
    kind, object_id, ref, title, body, at, state, *_ = row
    words = same_words(
        told(*mine, knowledge.concepts), told(title, body, knowledge.concepts), knowledge.concepts, knowledge.rarity
    )
    return Similar(
        kind=kind,
        object_id=object_id,
        ref=ref,
        title=title,
        at=at,
        state=state,
        score=round(likeness.score, 3),
        words=words,
        same_place=likeness.ground.is_same,
    )
