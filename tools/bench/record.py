"""`python -m tools.bench.record OUT`: ask for each page once warm; note its SQL and its bytes for the yardstick.

Prints {page: number of queries} as JSON. With OUT also writes <page>.json and <page>.html there.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from psycopg.types.json import Json, Jsonb

django.setup()

from tools.bench import pages  # noqa: E402

from openrenda.liaison.models import Opinion  # noqa: E402  models exist only after setup

ENTITY_IDS_FROM = 1_000_000  # what a statement gives back above this is the id of a new row (fill.spread_sequences)


@dataclass
class Recording:
    """The statements of one request, in runs: a run is a transaction, or statements on their own."""

    runs: list[dict[str, Any]] = field(default_factory=list)
    closed: bool = True

    def note(self, sql: str, params: Any, given: list[int]) -> None:
        in_transaction = connection.in_atomic_block
        if self.closed or self.runs[-1]["atomic"] != in_transaction:
            self.runs.append({"atomic": in_transaction, "statements": []})
            self.closed = False
        self.runs[-1]["statements"].append([sql, params, given])

    @property
    def count(self) -> int:
        """Statements that ask or write something; savepoints are not counted."""
        each = [sql for run in self.runs for sql, _, _ in run["statements"]]
        return sum("SAVEPOINT" not in sql for sql in each)


def _plain(value: Any) -> Any:
    """A parameter as JSON can hold it; the database takes texts for dates. A tuple is a composite value."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return {"composite": [_plain(one) for one in value]}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, (Json, Jsonb)):
        return json.dumps(value.obj, default=str, ensure_ascii=False)
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


@contextmanager
def recording() -> Iterator[Recording]:
    """All that the block sends to the database, commits included."""
    found = Recording()

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  Django's signature
        result = execute(sql, params, many, context)
        cursor, given = context["cursor"].cursor, []
        if "INSERT" in sql and cursor.description:
            given = [row[0] for row in cursor.fetchall() if isinstance(row[0], int) and row[0] >= ENTITY_IDS_FROM]
            cursor.scroll(0, "absolute")
        found.note(str(sql), _plain(list(params) if isinstance(params, tuple) else params), given)
        return result

    commit = connection._commit  # noqa: SLF001  the one place where a transaction's end can be seen

    def committed() -> None:
        found.closed = True
        commit()

    connection._commit = committed  # type: ignore[method-assign]  # noqa: SLF001
    try:
        with connection.execute_wrapper(wrapper):
            yield found
    finally:
        del connection._commit  # noqa: SLF001


def ask(address: str) -> tuple[Recording, HttpResponse]:
    """A visitor reads a page."""
    client = Client(HTTP_HOST="localhost")
    for _ in range(2):  # first for what is worked out once
        with recording() as found:
            answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return found, answer


def send() -> tuple[Recording, HttpResponse, list[str]]:
    """A visitor sends an opinion; also which texts of the SQL belong to this one opinion."""
    address = pages.submit_address()
    for _ in range(2):
        client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
        page = client.get(address).content.decode()
        form = pages.filled_form(re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1])
        with recording() as found:
            answer = client.post(address, form)
    assert answer.status_code == 303, f"{address}: {answer.status_code}"
    opinion = Opinion.objects.get(idempotency_key=form["key"])
    fresh = [form["key"], opinion.number, answer.cookies[settings.SESSION_COOKIE_NAME].value]
    return found, answer, fresh


def keep(folder: Path, name: str, found: Recording, answer: HttpResponse, fresh: list[str]) -> None:
    """What the yardstick needs."""
    told = {"runs": found.runs, "fresh": fresh, "status": answer.status_code}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    (folder / f"{name}.html").write_bytes(answer.content)


def main(arguments: list[str]) -> int:
    """Each page in turn."""
    seen = {name: (*ask(address), []) for name, address in pages.addresses().items()}
    seen[pages.SUBMIT] = send()
    for name, (found, answer, fresh) in seen.items():
        for out in arguments:
            keep(Path(out), name, found, answer, fresh)
    for out in arguments:
        (Path(out) / "form.json").write_text(json.dumps(pages.filled_form("")), "utf-8")
    told = {
        "queries": {name: found.count for name, (found, _, _) in seen.items()},
        "bytes": {name: len(answer.content) for name, (_, answer, _) in seen.items()},
        "addresses": {**pages.addresses(), pages.SUBMIT: pages.submit_address()},
        "rows": pages.rows(),
    }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
