"""Replaying lives side by side: always the one whose next moment is earliest, with the clock set to it."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.errors import Invalid, OpenRendaError

from .reading import BadCell, Problem, Row

Life = Iterator[datetime]
ONE_DAY = timedelta(days=1)


@dataclass
class Replay:
    """Lives by their next moment. Each step runs in a savepoint with the clock frozen. A refused step ends its life and
    is noted against its row."""

    nightly: Callable[[], None]
    problems: list[Problem] = field(default_factory=list)
    _waiting: list[tuple[datetime, int, Life, Row | None]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def add(self, life: Life, row: Row | None = None) -> None:
        """Let a life begin; its first moment is asked for at once."""
        self._wait(life, row)

    def _wait(self, life: Life, row: Row | None) -> None:
        moment = next(life, None)
        if moment is not None:
            heapq.heappush(self._waiting, (moment, next(self._order), life, row))

    def days(self, until: date | None = None) -> Iterator[date]:
        """Run everything, yielding each day when it is over; after the last life on until `until` or, without it, eight more days
        so that windows close. The sweep of each night runs before that day's first step."""
        day = self._waiting[0][0].date() if self._waiting else until
        last = day
        while day is not None and last is not None and (self._waiting or day <= (until or last + 8 * ONE_DAY)):
            with clock.at(clock.at_time(day, 1)):
                self.nightly()
            while self._waiting and self._waiting[0][0].date() <= day:
                self._step()
                last = day
            yield day
            day += ONE_DAY

    def _step(self) -> None:
        moment, _, life, row = heapq.heappop(self._waiting)
        try:
            with clock.at(moment), transaction.atomic():
                self._wait(life, row)
        except BadCell as bad:
            self._refuse(row, bad, bad.reason, bad.column)
        except OpenRendaError as refused:
            self._refuse(row, refused, _sentence(refused, moment))

    def _refuse(self, row: Row | None, error: Exception, reason: str, column: str = "") -> None:
        if row is None:
            raise error
        self.problems.append(Problem(row.file, row.line, reason, column))


def _sentence(refused: OpenRendaError, moment: datetime) -> str:
    text = refused.message.format(**refused.params)
    if isinstance(refused, Invalid) and refused.fields:
        text += "（" + "；".join(f"{name}：{what}" for name, what in refused.fields.items()) + "）"
    return f"{moment:%Y-%m-%d} 的一步不合规则：{text}[{refused.code}]"
