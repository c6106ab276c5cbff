"""Replaying lives side by side: always the one whose next moment is earliest, with the clock set to it."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from django.db import connection, transaction

from openrenda.kernel import clock
from openrenda.kernel.errors import Invalid, OpenRendaError

from .reading import BadCell, Problem, Row

Life = Iterator[datetime]
ONE_DAY = timedelta(days=1)
WINDOW = timedelta(days=16)  # after the last step: a window for feedback or rating that still runs is over by then
FIRST_LOOK = 64  # steps; then at every doubling


@dataclass
class Replay:
    """Lives by their next moment. Each step runs in a savepoint with the clock frozen. A refused step ends its life and
    is noted against its row."""

    nightly: Callable[[], None]
    problems: list[Problem] = field(default_factory=list)
    _waiting: list[tuple[datetime, int, Life, Row | None]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    _steps: int = 0

    def add(self, life: Life, row: Row | None = None) -> None:
        """Let a life begin; its first moment is asked for at once."""
        self._wait(life, row)

    def _wait(self, life: Life, row: Row | None) -> None:
        moment = next(life, None)
        if moment is not None:
            heapq.heappush(self._waiting, (moment, next(self._order), life, row))

    def days(self, until: date | None = None) -> Iterator[date]:
        """Run everything, yielding each day when it is over; after the last life on until `until` or, without it,
        WINDOW more so that windows close. The sweep of each night runs before that day's first step."""
        day = self._waiting[0][0].date() if self._waiting else until
        last = day
        while day is not None and last is not None and (self._waiting or day <= (until or last + WINDOW)):
            with clock.at(clock.at_time(day, 1)):  # a sweep goes on past a refusal: it needs its own savepoints
                self.nightly()
            while self._waiting and self._waiting[0][0].date() <= day:
                self._step()
                last = day
            yield day
            day += ONE_DAY

    def _step(self) -> None:
        moment, _, life, row = heapq.heappop(self._waiting)
        self._steps += 1
        if self._steps >= FIRST_LOOK and self._steps.bit_count() == 1:
            take_stock()
        try:
            with clock.at(moment), one_savepoint():
                self._wait(life, row)
        except BadCell as bad:
            self._refuse(row, bad, bad.reason, bad.column)
        except OpenRendaError as refused:
            self._refuse(row, refused, _sentence(refused, moment))

    def _refuse(self, row: Row | None, error: Exception, reason: str, column: str = "") -> None:
        if row is None:
            raise error
        self.problems.append(Problem(row.file, row.line, reason, column))


def take_stock() -> None:
    """Let the planner see how the tables have grown: in one long transaction nobody else tells it, and it would go on
    planning for empty tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def forgive() -> None:
    """Go on after a row that an action refused: its bad rows are all told at once, and then nothing is kept."""
    transaction.set_rollback(False)


@contextmanager
def one_savepoint() -> Iterator[None]:
    """A step rolls back as a whole. The savepoints of the actions inside it are left out: they would protect nothing
    that this one does not, and tens of thousands of them in one transaction make PostgreSQL slow."""
    features, flag = connection.features, connection.features.uses_savepoints
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT step")
    features.uses_savepoints = False
    try:
        yield
    except BaseException:
        transaction.set_rollback(False)
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO SAVEPOINT step")
        raise
    finally:
        features.uses_savepoints = flag
        with connection.cursor() as cursor:
            cursor.execute("RELEASE SAVEPOINT step")


def _sentence(refused: OpenRendaError, moment: datetime) -> str:
    text = refused.message.format(**refused.params)
    if isinstance(refused, Invalid) and refused.fields:
        text += "（" + "；".join(f"{name}：{what}" for name, what in refused.fields.items()) + "）"
    return f"{moment:%Y-%m-%d} 的一步不合规则：{text}[{refused.code}]"
