"""How the entries lie in time and on disk, as the database's own statistics say. A guess, used for speed only."""

import time
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

_KEEP_SECONDS = 300.0
_SQL = """
SELECT c.relpages, c.reltuples, s.histogram_bounds::text::timestamptz[]
FROM pg_class c LEFT JOIN pg_stats s
  ON s.schemaname = c.relnamespace::regnamespace::text AND s.tablename = c.relname AND s.attname = 'at'
WHERE c.oid = 'search_entry'::regclass
"""


@dataclass(frozen=True, slots=True)
class Profile:
    """`bounds` cut the entries into equal parts by time, oldest first; empty while nothing is known."""

    pages: int = 0
    bounds: tuple[int, ...] = ()  # days

    def estimate(self, found: int, last_page: int) -> int:
        """How many there are in all, when the first `found` lie before that page of the table."""
        return max(found, round(found * max(self.pages, 1) / (last_page + 1)))

    def day_before_newest(self, share: float, before: int | None = None) -> int | None:
        """The day from which on that share of all entries was, not counting those after `before`; None: the first."""
        if len(self.bounds) < 2:
            return None
        newer = 0 if before is None else sum(bound > before for bound in self.bounds)
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
        pages, tuples, bounds = cursor.fetchone()
    moments: list[datetime] = bounds or []
    return Profile(max(pages, 0) if tuples > 0 else 0, tuple(moment.toordinal() for moment in moments))
