"""How likely two texts tell of the same matter: a few numbers between 0 and 1, weighed and added.

The weights were fitted on one half of tests/data/likeness and rounded; docs/explanation/similar.md tells what each
means and how well they do on the other half.
"""

import math
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

from .places import agree
from .rarity import Rarity
from .texts import Told

WORDING, PASSAGE, CONCEPTS, SHARED = 2.5, 3.8, 5.0, 0.9
BASE = -8.5
SHARED_ENOUGH = 3  # concepts in common: more say no more
CHAR_WEIGHT = 0.7  # of a single character against a pair


class Ground(Enum):
    """How the places of two texts stand to each other, with what that adds."""

    SAME_HOME = 4.3  # the same place by name, the same community
    SAME_NEAR = 3.6  # the same place by name, the same street; one of the communities is not known
    SAME = 2.4  # the same place by name
    HOME = 1.8  # the same community; the texts do not say more
    NEAR = 1.2  # the same street, and one of the communities is not known
    UNKNOWN = 0.0
    FAR = -0.4  # other streets; the texts do not say where
    OTHER = -5.9  # another place by name

    @property
    def is_same(self) -> bool | None:
        """As a reader is told: None is unknown."""
        return {Ground.UNKNOWN: None, Ground.NEAR: None, Ground.FAR: None, Ground.OTHER: False}.get(self, True)


@dataclass(frozen=True, slots=True)
class Home:
    """Where a text comes from, as far as its record says."""

    street_id: int | None = None
    community_id: int | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` is about the chance, from 0 to 1, that both tell of one matter."""

    score: float
    ground: Ground


def compare(mine: Told, my_home: Home, other: Told, their_home: Home, rarity: Rarity) -> Likeness:
    """Weigh wording, longest common passage, concepts and places of two texts."""
    ground = ground_of(mine, my_home, other, their_home)
    wording = math.sqrt(_cosine(mine, other, rarity))
    shared = len(mine.concepts & other.concepts)
    concepts = shared / math.sqrt(len(mine.concepts) * len(other.concepts)) if shared else 0.0
    if not mine.concepts or not other.concepts:
        concepts = wording / 2  # nothing to go by but the words
    total = (
        BASE
        + WORDING * wording
        + PASSAGE * fuzz.partial_ratio(mine.chars, other.chars) / 100
        + CONCEPTS * concepts
        + SHARED * min(shared, SHARED_ENOUGH) / SHARED_ENOUGH
        + ground.value
    )
    return Likeness(1 / (1 + math.exp(-total)), ground)


def ground_of(mine: Told, my_home: Home, other: Told, their_home: Home) -> Ground:
    """What the names in the texts say; where they are silent, what the records say."""
    at_home = my_home.community_id is not None and my_home.community_id == their_home.community_id
    far = _differ(my_home.street_id, their_home.street_id)
    elsewhere = far or _differ(my_home.community_id, their_home.community_id)
    near = not elsewhere and my_home.street_id is not None and my_home.street_id == their_home.street_id
    named = agree(mine.text, mine.places, other.text, other.places)
    if named is False and at_home and not mine.places.is_other_home(other.places):
        named = None  # two roads of one community
    if named is None and elsewhere and mine.places and other.places:
        named = False
    if named is None:
        return Ground.HOME if at_home else Ground.NEAR if near else Ground.FAR if far else Ground.UNKNOWN
    if named:
        return Ground.SAME_HOME if at_home else Ground.SAME_NEAR if near else Ground.SAME
    return Ground.OTHER


def _differ(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one != other


def _cosine(mine: Told, other: Told, rarity: Rarity) -> float:
    """Of pairs by rarity and of single characters, which survive a wrong one beside them."""
    both = _length(mine.pairs & other.pairs, len(mine.letters & other.letters), rarity)
    lengths = [_length(one.pairs, len(one.letters), rarity) for one in (mine, other)]
    return both / math.sqrt(lengths[0] * lengths[1]) if all(lengths) else 0.0


def _length(pairs: frozenset[str], letters: int, rarity: Rarity) -> float:
    return rarity.length(pairs) + CHAR_WEIGHT**2 * letters
