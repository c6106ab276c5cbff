"""Two texts side by side: what they say alike."""

import re
from collections.abc import Sequence

from ..likeness.explain import same_words
from ..likeness.texts import told
from ..rules.marking import marked
from ..values import Part
from .knowledge import known


def shared_words(congress_id: int, one: tuple[str, str], other: tuple[str, str]) -> tuple[str, ...]:
    """Pieces of the second text (title, body) that the first says too, also in other words. One query at most."""
    knowledge = known(congress_id)
    mine, theirs = told(*one, knowledge.concepts), told(*other, knowledge.concepts)
    return same_words(mine, theirs, knowledge.concepts, knowledge.rarity)


def marked_words(text: str, words: Sequence[str]) -> tuple[Part, ...]:
    """The text in pieces, those of `words` marked. No query."""
    longest_first = sorted(filter(None, words), key=len, reverse=True)
    return marked(text, re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if longest_first else None)
