"""By which pairs of characters others like a text are looked for in the index: few, and those that tell most."""

from .rarity import Rarity
from .texts import Concepts, Told, pairs_of

LIMIT = 28  # each costs a look into the index
PLACE, CONCEPT = 2.0, 1.5  # how much more a pair of a name, or of a word for a concept, counts


def lookups(mine: Told, concepts: Concepts, rarity: Rarity, others: tuple[str, ...] = ()) -> dict[str, float]:
    """Pair → weight, the heaviest ones. `others` are other names of what the text speaks of."""
    names = {pair for name in (*mine.places.names, *others) for pair in pairs_of(name)}
    words = {pair for name in mine.concepts for word in concepts.words_in(name, mine.text) for pair in pairs_of(word)}
    weighed = {
        pair: rarity.weight(pair) * (PLACE if pair in names else CONCEPT if pair in words else 1)
        for pair in mine.lookups | {pair for pair in names if len(pair) > 1}
    }
    chosen = sorted(weighed, key=lambda pair: (-weighed[pair], pair))[:LIMIT]
    return {pair: weighed[pair] for pair in chosen}
