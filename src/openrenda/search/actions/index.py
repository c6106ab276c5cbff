"""The entries of objects that changed, made once before the transaction commits."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db import connection, transaction

from openrenda.kernel import commit

from ..kinds import Kind
from ..kinds import kind as kind_of
from ..rules import lexemes
from ..rules.text import shown
from ..values import Doc

BATCH = 500
BODY_LIMIT = 20_000  # characters of an object's text that are found
_TEXTS = ("at", "ref", "title", "names", "body")
_NUMBERS = ("congress_id", "category_id", "unit_id", "street_id", "community_id", "year")
_STATES = ("state", "grade", "is_open")
COLUMNS = ("kind", "object_id", "is_public", *_TEXTS, *_NUMBERS, *_STATES, "fingerprint", "lexemes")
_VALUES = "(" + ", ".join(["%s"] * (len(COLUMNS) - 1)) + ", array_to_tsvector(%s::text[]))"
_THERE = """
SELECT object_id, is_public, fingerprint, state, grade, is_open FROM search_entry
WHERE kind = %s AND object_id = ANY(%s) ORDER BY object_id, is_public FOR UPDATE
"""
_PUT = f"""
INSERT INTO search_entry ({", ".join(COLUMNS)}) VALUES {{}}
ON CONFLICT (object_id, kind, is_public) DO UPDATE SET
{", ".join(f"{name} = EXCLUDED.{name}" for name in COLUMNS[3:])}
"""  # noqa: S608  our own columns
_SET_STATES = """
UPDATE search_entry e SET state = n.state, grade = n.grade, is_open = n.is_open
FROM unnest(%s::bigint[], %s::boolean[], %s::text[], %s::text[], %s::boolean[])
  AS n(object_id, is_public, state, grade, is_open)
WHERE e.kind = %s AND e.object_id = n.object_id AND e.is_public = n.is_public
"""
_TAKE_OUT = """
DELETE FROM search_entry e USING unnest(%s::bigint[], %s::boolean[]) AS n(object_id, is_public)
WHERE e.kind = %s AND e.object_id = n.object_id AND e.is_public = n.is_public
"""
Key = tuple[int, bool]


def touch(kind: str, *ids: int) -> None:
    """Something about these objects changed: their entries are made anew before this transaction commits.

    Costs nothing now; at the commit, for all that changed of a kind, the queries of its `docs` and up to four more for
    each 500. Also for objects that are gone. Call it wherever text, state, people or visibility may have changed.
    """
    commit.gather(("search", kind), ids, partial(_write_all, kind_of(kind)))


def _write_all(kind: Kind, ids: Iterable[int]) -> None:
    ordered = sorted(ids)  # in the same order everywhere: two transactions wait for each other, but never both
    for start in range(0, len(ordered), BATCH):
        write(kind, ordered[start : start + BATCH])


def write(kind: Kind, ids: Sequence[int]) -> None:
    """Make the entries of these objects what `docs` says now. The queries of `docs` and up to four more."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        # Locked before they are read: whoever waited here for another's commit then sees what it wrote.
        cursor.execute(_THERE, [kind.name, list(ids)])
        there = {(row[0], row[1]): row[2:] for row in cursor.fetchall()}
        wanted = {(doc.object_id, doc.is_public): row_of(kind.name, doc) for doc in kind.docs(ids)}
        same = {key for key, row in wanted.items() if key in there and there[key][0] == row[-2]}
        _put(cursor, [row for key, row in wanted.items() if key not in same])
        # Where only a state differs the row is updated in its place, and no index is touched.
        _set_states(cursor, kind.name, [wanted[key] for key in same if there[key][1:] != wanted[key][-5:-2]])
        _take_out(cursor, kind.name, there.keys() - wanted.keys())


def _put(cursor: Any, rows: Sequence[Sequence[Any]], size: int = 100) -> None:
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        values = [value for row in part for value in (*row[:-1], as_array(row[-1]))]
        cursor.execute(_PUT.format(", ".join([_VALUES] * len(part))), values)


def as_array(words: Sequence[str]) -> str:
    """The words as PostgreSQL writes an array. The driver's own way took as long as finding the words."""
    quoted = (word.replace("\\", r"\\").replace('"', r"\"") for word in words)
    return '{"' + '","'.join(quoted) + '"}' if words else "{}"


def _set_states(cursor: Any, kind: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        columns = [[row[place] for row in rows] for place in (1, 2, -5, -4, -3)]
        cursor.execute(_SET_STATES, [*columns, kind])


def _take_out(cursor: Any, kind: str, keys: Iterable[Key]) -> None:
    gone = sorted(keys)
    if gone:
        cursor.execute(_TAKE_OUT, [[pk for pk, _ in gone], [side for _, side in gone], kind])


def row_of(kind: str, doc: Doc) -> tuple[Any, ...]:
    """The entry's row in the order of COLUMNS, lexemes as a list."""
    found = sorted(lexemes.of_doc(kind, doc))
    texts = (doc.at, shown(doc.ref), shown(doc.title), "\n".join(map(shown, doc.names)), shown(doc.body[:BODY_LIMIT]))
    numbers = tuple(getattr(doc, name) for name in _NUMBERS)
    states = tuple(getattr(doc, name) for name in _STATES)
    mark = _fingerprint((*texts, *numbers), found)
    return (kind, doc.object_id, doc.is_public, *texts, *numbers, *states, mark, found)


def _fingerprint(columns: Iterable[object], found: list[str]) -> int:
    text = "\x1f".join([*map(str, columns), *found])
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
