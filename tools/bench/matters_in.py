"""`python -m tools.bench.matters_in NUMBER`: that many documents in the search's tables, by two processes with COPY.

The lexemes are made by the same code as everywhere. Prints how long it took and how large it is as JSON.
"""

import hashlib
import json
import multiprocessing
import os
import sys
import time
from typing import Any

import django
import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from tqdm import tqdm

django.setup()

from tools.bench.matters import District  # noqa: E402
from tools.bench.places import DATA, ROOT  # noqa: E402

from openrenda.search.actions.index import COLUMNS, row_of  # noqa: E402  models exist only after setup
from openrenda.search.rules.asked import quoted  # noqa: E402

STEP = 5000
SAMPLE = 200
STAMP = DATA / "search.stamp"
INDEXES = ("search_public", "search_inside")
TABLE = "search_entry"


class _Worker:
    """What a process keeps."""

    district: District | None = None


def fingerprint(number: int) -> str:
    """Of all that decides what the table holds: its definition, and what some documents become."""
    digest = hashlib.sha256(str(number).encode())
    for path in sorted((ROOT / "src" / "openrenda" / "search" / "migrations").glob("0*.py")):
        digest.update(path.read_bytes())
    for matter in District().matters(0, SAMPLE, number):
        digest.update(repr([row_of(matter.kind, doc) for doc in matter.docs]).encode())
    return digest.hexdigest()


def main(number: int) -> dict[str, Any]:
    """Fill the table unless an earlier run did."""
    mark = fingerprint(number)
    if STAMP.is_file() and (kept := json.loads(STAMP.read_text("utf-8")))["fingerprint"] == mark:
        return dict(kept)
    STAMP.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", "search", interactive=False, verbosity=0)
    definitions = _without_indexes()
    begun = time.monotonic()
    connection.close()
    _fill(number)
    filled = time.monotonic()
    _build(definitions)
    built = time.monotonic()
    found = {
        "fingerprint": mark,
        "documents": number,
        "seconds filling": filled - begun,
        "seconds building": built - filled,
        **_sizes(),
    }
    STAMP.write_text(json.dumps(found), "utf-8")
    return found


def _without_indexes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(INDEXES)])
        definitions = [row[0] for row in cursor.fetchall()]
        for name in INDEXES:
            cursor.execute(f"DROP INDEX {name}")
    return definitions


def _fill(number: int) -> None:
    jobs = [(first, min(STEP, number - first), number) for first in range(0, number, STEP)]
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool, tqdm(total=number, desc="documents") as bar:
        for count in pool.imap(_some, jobs):
            bar.update(count)


def _some(job: tuple[int, int, int]) -> int:
    _Worker.district = _Worker.district or District()
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(TABLE), sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    )
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    with raw.cursor() as cursor, cursor.copy(copy) as into:
        for matter in _Worker.district.matters(*job):
            for doc in matter.docs:
                *columns, lexemes = row_of(matter.kind, doc)
                into.write_row((*columns, " ".join(map(quoted, lexemes))))
    return job[1]


def _build(definitions: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for definition in definitions:
            cursor.execute(definition)
        cursor.execute(f"VACUUM ANALYZE {TABLE}")


def _sizes() -> dict[str, int]:
    sizes = "SELECT count(*), pg_relation_size(%s), pg_table_size(%s), pg_indexes_size(%s), {}, {} FROM search_entry"
    public, inside = (f"pg_relation_size('{name}')" for name in INDEXES)
    with connection.cursor() as cursor:
        cursor.execute(sizes.format(public, inside), [TABLE] * 3)
        names = ("entries", "rows", "table", "indexes", "public", "inside")
        return dict(zip(names, cursor.fetchone(), strict=True))


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
