"""A text as the advice sees it: single characters and pairs of neighbours. No dictionary, no segmentation."""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

TITLE_COUNTS = 2
"""A word of the title counts like this many of the body."""


def runs(text: str) -> Iterator[str]:
    """Letters, digits and characters without a break between them."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    run = ""
    for char in plain:
        if char.isalnum():
            run += char
        elif run:
            yield run
            run = ""
    if run:
        yield run


def grams(pair: tuple[str, str]) -> list[str]:
    """Of (title, body): every character and every pair, as often as they stand there."""
    title, body = pair
    return [gram for text, times in ((title, TITLE_COUNTS), (body, 1)) for gram in _of(text) for _ in range(times)]


def _of(text: str) -> Iterator[str]:
    for run in runs(text):
        yield from run
        for first, second in pairwise(run):
            yield first + second
