"""Which words of the new text speak for something, in the text's own characters."""

from collections.abc import Mapping
from itertools import pairwise

from .grams import runs

MOST_LETTERS = 6
EMPTY = frozenset("的了在是不有没我们就都也和个一二三上下这那到着过吗呢吧啊还能把被给让请很太又老大小里")
"""Characters that say little wherever they stand; pairs with them are not shown (they count all the same)."""
LEAST_PART = 0.3
"""A pair that speaks less than this part of the strongest one is not shown."""


def spans(title: str, body: str, speaking: Mapping[str, float], most: int) -> tuple[str, ...]:
    """Neighbouring pairs that speak for it, joined to words; the strongest first."""
    pairs = {
        gram: weight for gram, weight in speaking.items() if len(gram) > 1 and weight > 0 and not EMPTY & set(gram)
    }
    line = max(pairs.values(), default=0.0) * LEAST_PART
    found: dict[str, float] = {}
    for text in (title, body):
        for run in runs(text):
            for word, weight in _words(run, pairs, line):
                found[word] = max(found.get(word, 0.0), weight)
    order = sorted(found, key=lambda word: (-found[word], word))
    return tuple(_distinct(order)[:most])


def _words(run: str, pairs: Mapping[str, float], line: float) -> list[tuple[str, float]]:
    words: list[tuple[str, float]] = []
    word, weight = "", 0.0
    for first, second in pairwise(run):
        speaks = pairs.get(first + second, 0.0)
        if speaks >= line > 0 and len(word) < MOST_LETTERS:
            word, weight = (word or first) + second, weight + speaks
            continue
        if word:
            words.append((word, weight))
        word, weight = (first + second, speaks) if speaks >= line > 0 else ("", 0.0)
    return [*words, (word, weight)] if word else words


def _distinct(words: list[str]) -> list[str]:
    """Without those that only repeat a part of a stronger one."""
    kept: list[str] = []
    for word in words:
        if not any(word in other or other in word for other in kept):
            kept.append(word)
    return kept
