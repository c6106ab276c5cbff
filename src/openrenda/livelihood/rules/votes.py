"""Before and after a vote: the difference, the ballot's order, majorities, grades (domain.md 4.5, 4.8). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from openrenda.livelihood.states import Grade

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Difference:
    """How many more candidates than places, and whether that is a choice."""

    candidates: int
    quota: int
    minimum: int
    warn_below: int

    @property
    def percent(self) -> int:
        """(candidates − quota) ÷ quota, rounded down."""
        return (self.candidates - self.quota) * PERCENT // self.quota

    @property
    def is_enough(self) -> bool:
        """There is a difference, and it reaches the minimum (integers, no rounding)."""
        extra = self.candidates - self.quota
        return extra > 0 and extra * PERCENT >= self.minimum * self.quota

    @property
    def is_small(self) -> bool:
        """Enough, but less than recommended."""
        return (self.candidates - self.quota) * PERCENT < self.warn_below * self.quota


class OnBallot(Protocol):
    """What the order looks at: nothing that could be a preference."""

    @property
    def pk(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def category(self) -> str: ...


B = TypeVar("B", bound=OnBallot)


def ballot_order(projects: Iterable[B], how: str = "category") -> list[B]:
    """By category, or by radical and strokes (the order of the characters in Unicode); never by preference."""
    if how == "strokes":
        return sorted(projects, key=lambda p: (p.name, p.pk))
    return sorted(projects, key=lambda p: (p.category, p.name, p.pk))


def is_majority(approve: int, members: int) -> bool:
    """More than half of all members, absent ones included."""
    return 2 * approve > members


def grade(satisfied: int, mostly: int, unsatisfied: int, *, base: int, rule: str = "majority_members") -> Grade:
    """Of all members by default; by two_thirds, of the valid ballots (without abstentions)."""
    if rule == "two_thirds":
        valid = satisfied + mostly + unsatisfied
        if valid and 3 * satisfied >= 2 * valid:
            return Grade.GOOD
        return Grade.FAIR if valid and 3 * (satisfied + mostly) >= 2 * valid else Grade.BAD
    if is_majority(satisfied, base):
        return Grade.GOOD
    return Grade.FAIR if is_majority(satisfied + mostly, base) else Grade.BAD
