"""Figures of the advice: of so many cases, how often the right one stood first, how often among the first three."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

ADVISED = 3


@dataclass(frozen=True, slots=True)
class Hits:
    """Of `n` cases: how many had the right one first, how many among the first three."""

    n: int = 0
    first: int = 0
    among: int = 0

    @property
    def top1(self) -> float | None:
        return self.first / self.n if self.n else None

    @property
    def top3(self) -> float | None:
        return self.among / self.n if self.n else None

    @classmethod
    def of(cls, ranks: Iterable[int]) -> "Hits":
        """Ranks from 1; 0 is a miss."""
        found = list(ranks)
        return cls(len(found), sum(rank == 1 for rank in found), sum(1 <= rank <= ADVISED for rank in found))


@dataclass(frozen=True, slots=True)
class Figures:
    """`units`: all cases of the same matter left out, the category known. The rest says what that costs or gains."""

    units: Hits = field(default_factory=Hits)
    units_alone: Hits = field(default_factory=Hits)
    units_no_category: Hits = field(default_factory=Hits)
    categories: Hits = field(default_factory=Hits)
    by_kind: Mapping[str, Hits] = field(default_factory=dict)
    mistakes: Sequence[tuple[int, int, int]] = ()  # who handled it, who would have been advised first, how often

    def stored(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Figures":
        """What `stored` wrote."""
        return cls(
            units=Hits(**stored["units"]),
            units_alone=Hits(**stored["units_alone"]),
            units_no_category=Hits(**stored["units_no_category"]),
            categories=Hits(**stored["categories"]),
            by_kind={kind: Hits(**found) for kind, found in stored["by_kind"].items()},
            mistakes=[(unit, advised, n) for unit, advised, n in stored["mistakes"]],
        )
