"""Lines that are only ever added and that no action reads back: the audit, the life stories.

A load writes a hundred thousand of them; gathered, they take few statements instead of one each.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

BATCH = 500
_gathered: ContextVar[dict[type[Model], list[Any]] | None] = ContextVar("openrenda_lines", default=None)


def add(line: Model) -> None:
    """Write a new line: at once, or in a load at its end. One query at most."""
    gathered = _gathered.get()
    if gathered is None:
        line.save(force_insert=True)
    else:
        gathered.setdefault(type(line), []).append(line)


@contextmanager
def written_together() -> Iterator[None]:
    """Write the lines of this context at its end, each kind in its order.

    For a load, which is one transaction; after an error nothing is written, as nothing else of the transaction stays.
    """
    gathered: dict[type[Model], list[Any]] = {}
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    for kind, rows in gathered.items():
        kind._default_manager.bulk_create(rows, batch_size=BATCH)  # noqa: SLF001  Django documents it as public
