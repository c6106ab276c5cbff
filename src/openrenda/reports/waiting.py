"""How long people wait, with those counted who are still waiting. Pure.

Who waits has waited at least so long: such cases are censored, not left out (Kaplan and Meier, 1958). A mean over the
answered ones alone looks better the more answers are missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Spans = Mapping[int, int]
"""Days → how many cases."""

WORKDAYS = (1, 3, 5, 7, 10, 15, 20, 30)
DAYS = (15, 30, 45, 60, 92, 184)
"""Upper bounds of the bins: working days of opinions; calendar days of suggestions, up to three and six months."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases that waited from `low` to `high` days; `high` None is without end."""

    low: int
    high: int | None
    done: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """`done`: days until the answer; `waiting`: days so far of those without one."""

    done: Spans
    waiting: Spans

    @property
    def done_count(self) -> int:
        return sum(self.done.values())

    @property
    def waiting_count(self) -> int:
        return sum(self.waiting.values())

    @property
    def total(self) -> int:
        return self.done_count + self.waiting_count


def within(spans: Waiting, share: Fraction) -> int | None:
    """In how many days that share is answered, by the product-limit estimate; None while fewer are."""
    left, at_risk = Fraction(1), spans.total
    for day in sorted({*spans.done, *spans.waiting}):
        answered = spans.done.get(day, 0)
        if answered:
            left *= 1 - Fraction(answered, at_risk)
            if 1 - left >= share:
                return day
        at_risk -= answered + spans.waiting.get(day, 0)
    return None


def bins(spans: Waiting, uppers: Sequence[int]) -> list[Bin]:
    """Counted between bounds: up to and with each of `uppers`, and what is longer. Nothing is lost."""
    found, low = [], 0
    for high in (*uppers, None):
        done, waiting = (
            sum(n for days, n in part.items() if low <= days and (high is None or days <= high))
            for part in (spans.done, spans.waiting)
        )
        found.append(Bin(low, high, done, waiting))
        low = 0 if high is None else high + 1
    return found
