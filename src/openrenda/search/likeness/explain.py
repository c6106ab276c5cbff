"""Which words two texts have in common, for people to see why one was shown beside the other."""

from collections.abc import Iterable

from ..rules.text import RUNS, is_chars
from .places import common_names
from .rarity import Rarity
from .texts import EMPTY, Concepts, Told, pairs_of

SHOWN = 6
_LONGEST = 12


def same_words(mine: Told, other: Told, concepts: Concepts, rarity: Rarity) -> tuple[str, ...]:
    """Up to six pieces of the other text: places named by both, the longest rare passages, words for the same thing.

    Every piece stands in `other.text`; nothing is taken from anywhere else.
    """
    places = common_names(mine.text, other.places, other.text)
    weighed = {piece: sum(map(rarity.weight, pairs_of(piece))) for piece in _passages(mine, other)}
    for name in mine.concepts & other.concepts:
        for word in concepts.words_in(name, other.text):
            if len(word) > 1:
                weighed.setdefault(word, sum(map(rarity.weight, pairs_of(word))))
    ordered = sorted(weighed, key=lambda piece: (-weighed[piece], piece))
    return tuple(_without_parts([*places, *ordered]))[:SHOWN]


def _passages(mine: Told, other: Told) -> Iterable[str]:
    """Longest stretches of the other's wording that stand in mine, cut to what means something."""
    for run in RUNS.findall(other.wording):
        if not is_chars(run):
            if len(run) > 1 and run in mine.pairs:
                yield run
            continue
        start = 0
        while start < len(run) - 1:
            end = start + 1
            while end < len(run) and end - start < _LONGEST and run[start : end + 1] in mine.wording:
                end += 1
            piece = _trimmed(run[start:end])
            if len(piece) > 1:
                yield piece
            start = max(end - 1, start + 1) if end - start > 1 else start + 1


def _trimmed(piece: str) -> str:
    while piece and piece[0] in EMPTY:
        piece = piece[1:]
    while piece and piece[-1] in EMPTY:
        piece = piece[:-1]
    return piece


def _without_parts(pieces: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for piece in pieces:
        if not any(piece in one for one in kept):
            kept.append(piece)
    return kept
