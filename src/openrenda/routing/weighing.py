"""From hints to an order: what was learned, duty words, the category map. The same sum for advice and for its test."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from .values import Place

DUTY_WEIGHT = 0.5
MAP_WEIGHT = 0.3
"""Chosen on the demo district, where results hardly change between 0.4 and 0.6 (docs/explanation/routing.md)."""
SMOOTHING = 20
TITLE_WEIGHT = 2.0

Duties = Mapping[int, Collection[str]]


@dataclass(frozen=True, slots=True)
class Hint:
    """Duty words of one label in a text, and how much they count."""

    score: float = 0.0
    words: tuple[str, ...] = ()


class DutyBook:
    """Duty words by label, and how common each is: among offices, and in past cases."""

    def __init__(self, duties: Duties, cases: Mapping[str, int] | None = None, examples: int = 0) -> None:
        self.duties = duties
        self.cases: Mapping[str, int] = cases or {}
        self.examples = examples
        self.offices: dict[str, list[int]] = {}
        for label, words in duties.items():
            for word in words:
                self.offices.setdefault(word, []).append(label)

    def hints(self, title: str, body: str) -> dict[int, Hint]:
        """For each label whose words stand in the text; together of length 1, so that long texts count no more."""
        text = f"{title}\n{body}"
        found: dict[int, set[str]] = {}
        for word, labels in self.offices.items():
            if word in text:
                for label in labels:
                    found.setdefault(label, set()).add(word)
        raw = {label: self._hint(_longest(words), title) for label, words in found.items()}
        length = math.sqrt(sum(hint.score**2 for hint in raw.values())) or 1.0
        return {label: Hint(hint.score / length, hint.words) for label, hint in raw.items()}

    def _hint(self, words: set[str], title: str) -> Hint:
        weights = {word: self._weight(word, title) for word in words}
        return Hint(sum(weights.values()), tuple(sorted(weights, key=lambda word: (-weights[word], word))))

    def _weight(self, word: str, title: str) -> float:
        rarity = math.log(1 + (self.examples + SMOOTHING) / (1 + self.cases.get(word, 0)))
        return rarity / len(self.offices[word]) * (TITLE_WEIGHT if word in title else 1.0)


def _longest(words: set[str]) -> set[str]:
    """ "加装电梯" stands there: then "电梯" says nothing more."""
    return {word for word in words if not any(word != other and word in other for other in words)}


def weigh(
    scores: Mapping[int, float],
    hints: Mapping[int, Hint],
    place: Place,
    *,
    usual: int | None = None,
    heir: Mapping[int, int | None] | None = None,
) -> dict[int, float]:
    """By unit: labels become the units of this place, ended units their heirs; who has none is left out."""
    found: dict[int, float] = {}
    for label in {*scores, *hints}:
        unit = _unit(label, place, heir)
        if unit is not None:
            points = scores.get(label, 0.0) + DUTY_WEIGHT * (hints[label].score if label in hints else 0.0)
            found[unit] = points if unit not in found else max(found[unit], points)
    if usual is not None and (unit := _unit(usual, place, heir)) is not None:
        found[unit] = found.get(unit, 0.0) + MAP_WEIGHT
    return found


def _unit(label: int, place: Place, heir: Mapping[int, int | None] | None) -> int | None:
    unit = place.unit(label)
    return unit if unit is None or heir is None else heir.get(unit)


def best(points: Mapping[int, float], most: int) -> list[int]:
    """The likeliest first; of equal ones the older id, so that the same question has one answer."""
    return sorted(points, key=lambda key: (-points[key], key))[:most]


def shares(points: Mapping[int, float], shown: Iterable[int]) -> dict[int, float]:
    """What part of all positive points each has."""
    whole = sum(max(value, 0.0) for value in points.values())
    return {key: max(points[key], 0.0) / whole if whole else 0.0 for key in shown}
