"""The connection that remembers what must be done before its transaction commits."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL

Work = Callable[[set[Any]], None]


@dataclass(slots=True)
class Waiting:
    """Work of one key, the things it is for, and the savepoints that were open when it was asked for.

    `done_in`: it has run already, inside these savepoints; if one of them is rolled back it must run again.
    """

    key: Hashable
    work: Work
    items: set[Any] = field(default_factory=set)
    savepoints: frozenset[str] = frozenset()
    done_in: frozenset[str] | None = None


class DatabaseWrapper(PostgreSQL):
    """What waits lives and dies with the transaction, as Django's on_commit callbacks do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: list[Waiting] = []

    def before_commit(self, key: Hashable, items: Iterable[Any], work: Work) -> None:
        """Run `work` with all items of this key before COMMIT; at once where each statement commits by itself."""
        if not self.in_atomic_block and self.get_autocommit():
            work(set(items))
            return
        now = self._open_savepoints()
        found = next((one for one in self._waiting if one.key == key and one.done_in is None), None)
        if found is None:
            self._waiting.append(Waiting(key, work, set(items), now))
        else:
            found.items.update(items)
            found.savepoints &= now

    def run_waiting(self) -> None:
        """Do now what waits. Work may ask for more work; what fails raises.

        In the order of keys, the same everywhere: two transactions may wait for each other's rows, but never both.
        """
        while todo := [one for one in self._waiting if one.done_in is None]:
            now = self._open_savepoints()
            for one in sorted(todo, key=lambda one: repr(one.key)):
                self._run(one, now)
            # What was asked for in the innermost open savepoint dies with it; the rest may have to run again.
            self._waiting = [one for one in self._waiting if one.done_in is None or one.done_in]

    def _open_savepoints(self) -> frozenset[str]:
        return frozenset(sid for sid in self.savepoint_ids if sid)

    @staticmethod
    def _run(one: Waiting, now: frozenset[str]) -> None:
        one.done_in = now - one.savepoints  # before: work that reads its own writes must not begin again
        try:
            one.work(one.items)
        except BaseException:
            one.done_in = None  # whoever swallows this meets it again at COMMIT
            raise

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        self._waiting = [one for one in self._waiting if sid not in one.savepoints]
        for one in self._waiting:
            if one.done_in and sid in one.done_in:
                one.done_in = None

    def connect(self) -> None:
        self._waiting = []
        super().connect()

    def close(self) -> None:
        self._waiting = []
        super().close()

    def _commit(self) -> None:
        if self._waiting:
            self._run_inside()
            self._waiting = []
        super()._commit()  # type: ignore[misc]  # the stubs leave out what backends are made of

    def _run_inside(self) -> None:
        """Django has left its outermost block when it commits; for the work the block is still open."""
        self.in_atomic_block = True
        try:
            self.run_waiting()
            self.validate_no_broken_transaction()
        except BaseException:
            self.in_atomic_block = False
            self.rollback()  # Django rolls back only after errors of the database
            raise
        self.in_atomic_block = False

    def _rollback(self) -> None:
        self._waiting = []
        super()._rollback()  # type: ignore[misc]  # the same
