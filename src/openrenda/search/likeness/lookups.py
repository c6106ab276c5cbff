"""By what others like a text are looked for in the index: few lookups, and those that tell most."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..rules.asked import all_of, any_of, quoted
from ..rules.lexemes import word
from .rarity import Rarity
from .texts import Concepts, Told, pairs_of

PAIRS = 40
BUDGET = 4000  # entries that the pairs may be expected to meet, all together
PLACE, CONCEPT = 2.0, 1.5  # how much more a pair of a name, or of a word for a concept, counts
NAMES, CONCEPTS = 6, 6
BOTH = 15.0  # of meeting a concept, in whatever words, at the same place


@dataclass(frozen=True, slots=True)
class Lookup:
    """A tsquery, and how much it says when an entry meets it."""

    query: str
    weight: float


def lookups(
    mine: Told, concepts: Concepts, rarity: Rarity, *, homes: Sequence[str] = (), others: Sequence[str] = ()
) -> list[Lookup]:
    """Pairs of characters, rare ones first, and each concept together with the place: other words, the same matter.

    `homes` are lexemes of where the text comes from; `others` are other names of what the text speaks of.
    """
    names = sorted({*mine.places.names, *others})
    return [*_pairs(mine, concepts, rarity, names), *_both(mine, concepts, names[:NAMES], homes)]


def _pairs(mine: Told, concepts: Concepts, rarity: Rarity, names: list[str]) -> list[Lookup]:
    of_names = {pair for name in names for pair in pairs_of(name)}
    of_words = {
        pair for name in mine.concepts for each in concepts.words_in(name, mine.text) for pair in pairs_of(each)
    }
    weighed = {
        pair: rarity.weight(pair) * (PLACE if pair in of_names else CONCEPT if pair in of_words else 1)
        for pair in mine.lookups | {pair for pair in of_names if len(pair) > 1}
    }
    chosen: list[Lookup] = []
    met = 0.0
    for pair in sorted(weighed, key=lambda pair: (-weighed[pair], pair)):
        expected = rarity.expected(pair)
        if met + expected <= BUDGET or not chosen:
            chosen.append(Lookup(quoted(word(pair)), weighed[pair]))
            met += expected
    return chosen[:PAIRS]


def _both(mine: Told, concepts: Concepts, names: list[str], homes: Sequence[str]) -> list[Lookup]:
    places = [*map(quoted, homes), *map(_phrase, names)]
    if not places:
        return []
    about = (
        any_of(_phrase(each) for each in concepts.words[name] if len(each) > 1)  # one character is met everywhere
        for name in sorted(mine.concepts)[:CONCEPTS]
    )
    return [Lookup(f"{any_of(places)} & {words}", BOTH) for words in about]


def _phrase(text: str) -> str:
    return all_of([word(pair) for pair in pairs_of(text)])
