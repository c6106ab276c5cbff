"""What comparing texts needs to know of the whole: which lexemes are common, and the district's own synonyms."""

import time
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection

from ..likeness.concepts import everyday
from ..likeness.places import places_of
from ..likeness.rarity import Rarity
from ..likeness.texts import Concepts

_KEEP_SECONDS = 60.0
_SQL = """
SELECT 0, lexeme, share
FROM pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS common(lexeme, share)
WHERE s.schemaname = (SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = 'search_entry'::regclass)
  AND s.tablename = 'search_entry' AND s.attname = 'lexemes' AND lexeme IS NOT NULL
UNION ALL
SELECT -1, '', reltuples FROM pg_class WHERE oid = 'search_entry'::regclass
UNION ALL
SELECT group_id, word, NULL FROM search_synonym WHERE congress_id = %s
"""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`aliases`: other names of places, each with the one that stands for all of its group."""

    rarity: Rarity
    concepts: Concepts
    aliases: dict[str, str]


class _Kept:
    known: dict[int, tuple[float, Knowledge]] = {}


def known(congress_id: int) -> Knowledge:
    """One query, or none if it was asked in the last minute. Nothing of the statistics is needed for it to work."""
    moment = time.monotonic()
    until, knowledge = _Kept.known.get(congress_id, (0.0, None))
    if knowledge is None or moment > until:
        knowledge = _fresh(congress_id)
        _Kept.known[congress_id] = (moment + _KEEP_SECONDS, knowledge)
    return knowledge


def forget() -> None:
    """After a change, and between tests."""
    _Kept.known = {}


def _fresh(congress_id: int) -> Knowledge:
    shares: dict[str, float] = {}
    entries = 0.0
    groups: defaultdict[int, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [congress_id])
        for group_id, text, share in cursor.fetchall():
            if group_id > 0:
                groups[group_id].append(text)
            elif text:
                shares[text] = share
            else:
                entries = max(0.0, share)
    concepts = dict(everyday())
    aliases: dict[str, str] = {}
    for words in map(sorted, groups.values()):
        place = next(filter(places_of, words), None)
        if place is None:
            concepts[f"= {words[0]}"] = tuple(words)
        else:
            aliases.update((word, place) for word in words if word not in place)
    return Knowledge(Rarity(shares, entries), Concepts(concepts), aliases)
