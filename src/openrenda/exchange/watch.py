"""How far an import is, told outside of its transaction: seen by others while nothing is written, and stoppable."""

import time
from types import TracebackType
from typing import Self

from django.db import connection

from openrenda.kernel import clock

from .import_errors import ImportCancelled
from .values import Progress

EVERY = 0.4
"""Seconds between two looks."""
_TELL = """
    UPDATE exchange_importprogress SET done = %s, total = %s, at = %s WHERE run_id = %s RETURNING is_to_stop
"""


class Watch:
    """A Progress with a connection of its own: what it writes stands at once, whatever becomes of the import."""

    def __init__(self, run_id: int, also: Progress | None = None) -> None:
        self._run_id, self._also = run_id, also
        self._own = connection.copy()
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._own.close()

    def __call__(self, done: int, total: int) -> None:
        """Raises ImportCancelled once somebody has asked to stop."""
        if self._also is not None:
            self._also(done, total)
        now = time.monotonic()
        if now - self._last < EVERY and done != total:
            return
        self._last = now
        with self._own.cursor() as cursor:
            cursor.execute(_TELL, [done, total, clock.now(), self._run_id])
            row = cursor.fetchone()
        if row is not None and row[0]:
            raise ImportCancelled
