"""How much a pair of characters tells: the rarer, the more."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .texts import EMPTY

UNKNOWN_SHARE = 0.002  # of entries, when nothing is known at all


@dataclass(frozen=True)
class Rarity:
    """`shares`: the commonest lexemes with the share of entries that hold each, as PostgreSQL's statistics know them;
    `entries`: how many there are, about; 0 while nothing is known.

    A lexeme that is not among them is taken as four times rarer than the rarest of them. A pair with a character that
    only holds sentences together counts half. So weights are sensible on a table that was never analysed as well.
    """

    shares: Mapping[str, float] = field(default_factory=dict)
    entries: float = 0

    @cached_property
    def rare(self) -> float:
        """The share of a lexeme that is not among the commonest."""
        return min(self.shares.values()) / 4 if self.shares else UNKNOWN_SHARE

    @cached_property
    def _weights(self) -> dict[str, float]:
        """Those asked for before: texts of a district use the same few thousand pairs."""
        return {}

    def weight(self, lexeme: str) -> float:
        """About 0.7 for what stands in every entry, 6 for what stands in one of 500."""
        found = self._weights.get(lexeme)
        if found is None:
            found = math.log(1 + 1 / self.shares.get(lexeme, self.rare))
            if lexeme not in self.shares and not EMPTY.isdisjoint(lexeme):
                found /= 2
            self._weights[lexeme] = found
        return found

    def expected(self, lexeme: str) -> float:
        """How many entries hold it, about."""
        return self.entries * self.shares.get(lexeme, self.rare)

    def length(self, lexemes: Iterable[str]) -> float:
        """Of a text as a vector of weights, squared."""
        return sum(weight * weight for weight in map(self.weight, lexemes))
