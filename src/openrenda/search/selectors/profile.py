"""What the entries are like, as the database's own statistics say: how many, how frequent a lexeme, when they were.

A guess, used to choose where a search begins and never for what it finds.
"""

import math
import time
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db import connection

from ..rules.asked import Term

_KEEP_SECONDS = 300.0
_SQL = """
SELECT c.relpages, c.reltuples,
  (SELECT s.histogram_bounds::text::timestamptz[] FROM pg_stats s
   WHERE (s.schemaname, s.tablename) = (n.nspname, c.relname) AND s.attname = 'at'),
  (SELECT array_agg(ARRAY[e, f::text]) FROM pg_stats s,
   unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS common(e, f)
   WHERE (s.schemaname, s.tablename) = (n.nspname, c.relname) AND s.attname = 'lexemes' AND e IS NOT NULL),
  (SELECT s.most_common_freqs[array_position(s.most_common_vals::text::text[], 't')] FROM pg_stats s
   WHERE (s.schemaname, s.tablename) = (n.nspname, c.relname) AND s.attname = 'is_public')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = 'search_entry'::regclass
"""


@dataclass(frozen=True)
class Profile:
    """`bounds` (days) cut the entries into equal parts by time, oldest first; `shares` are the commonest lexemes, each
    with the share of entries that hold it; `public`: the share of public ones. All empty while nothing is known."""

    pages: int = 0
    entries: int = 0
    bounds: tuple[int, ...] = ()
    shares: Mapping[str, float] = field(default_factory=dict)
    public: float = 0.5

    def estimate(self, found: int, last_page: int) -> int:
        """How many there are in all, when the first `found` lie before that page of the table."""
        return max(found, round(found * max(self.pages, 1) / (last_page + 1)))

    def expected(
        self, terms: Iterable[Term], one_of: Sequence[str], all_of: Iterable[str], *, is_public: bool
    ) -> float:
        """How many entries meet all that; 0 while nothing is known. Rights, in `one_of`, say the side themselves."""
        share = self.public if is_public else 1.0
        if one_of:
            share *= min(1.0, sum(map(self.share, one_of)))
        for term in terms:
            share *= min(1.0, sum(min(map(self.share, way.lexemes)) for way in term.ways))
        for lexeme in all_of:
            share *= self.share(lexeme)
        return share * self.entries

    def share(self, lexeme: str) -> float:
        """Of entries that hold it; with a * at the end, that hold one beginning so."""
        if not lexeme.endswith("*"):
            return self.shares.get(lexeme, self._rare)
        start = lexeme[:-1]
        first, end = (bisect_left(self._sorted, edge) for edge in (start, f"{start}\U0010ffff"))
        return 1 - math.prod((1 - self.shares[other] for other in self._sorted[first:end]), start=1 - self._rare)

    @cached_property
    def _rare(self) -> float:
        return min(self.shares.values()) / 4 if self.shares else 0.0

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.shares)

    def day_back(self, share: float, before: int | None = None) -> int | None:
        """The day from which on that share of all entries was, not counting those after `before`; None: the first."""
        if len(self.bounds) < 2:
            return None
        newer = 0 if before is None else len(self.bounds) - bisect_left(self.bounds, before)
        steps = newer + int(share * (len(self.bounds) - 1)) + 1
        return self.bounds[-1 - steps] if steps < len(self.bounds) else None


class _Kept:
    profile: Profile | None = None
    until = 0.0


def current() -> Profile:
    """One query every five minutes per process."""
    moment = time.monotonic()
    if _Kept.profile is None or moment > _Kept.until:
        _Kept.profile, _Kept.until = _fresh(), moment + _KEEP_SECONDS
    return _Kept.profile


def forget() -> None:
    """After a rebuild, and between tests."""
    _Kept.profile = None


def _fresh() -> Profile:
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        pages, entries, bounds, common, public = cursor.fetchone()
    moments: list[datetime] = bounds or []
    return Profile(
        pages=max(pages, 0),
        entries=max(round(entries), 0),
        bounds=tuple(moment.toordinal() for moment in moments),
        shares={word: float(share) for word, share in common or ()},
        public=0.5 if public is None else public,
    )
