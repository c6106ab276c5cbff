"""Work that is gathered in a transaction and done once, just before it commits.

For what is derived from rows and must never be behind them, such as a search index: an action may write a row ten
times, a load a hundred thousand rows; the derived thing is made once, in the same transaction. If the work fails, the
transaction fails. Unlike `transaction.on_commit`, which runs after, when nothing can be refused any more.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections

from .postgres.base import DatabaseWrapper


def before(key: Hashable, work: Callable[[], None]) -> None:
    """Do `work` once before the current transaction commits, however often this key is named.

    A rollback forgets it, also one to a savepoint that was open at the time. Outside a transaction it is done at once.
    """
    gather(key, (), lambda _items: work())


def gather(key: Hashable, items: Iterable[Any], work: Callable[[set[Any]], None]) -> None:
    """As `before`, with things to do it for: `work` is given all items named under this key, each once."""
    _ours().before_commit(key, items, work)


def flush() -> None:
    """Do now what waits; for reads that must see the writes of their own transaction. No query if nothing waits.

    Work must bear being done again: if a savepoint opened after the asking is rolled back later, it is.
    """
    _ours().run_waiting()


def _ours() -> DatabaseWrapper:
    current = connections[DEFAULT_DB_ALIAS]
    if not isinstance(current, DatabaseWrapper):
        raise ImproperlyConfigured("DATABASES: use the engine openrenda.kernel.postgres")
    return current
