"""Other names of words, from the table of synonyms. Kept for a few seconds per process."""

import time
from collections import defaultdict
from collections.abc import Iterator

from ..models import Synonym

_KEEP_SECONDS = 5.0
Groups = dict[str, tuple[str, ...]]


class _Kept:
    groups: dict[int, tuple[float, Groups]] = {}


def groups_of(congress_id: int) -> Groups:
    """Each word with the other words of its group. One query, or none if it was asked in the last seconds."""
    moment = time.monotonic()
    until, groups = _Kept.groups.get(congress_id, (0.0, {}))
    if moment > until:
        groups = _fresh(congress_id)
        _Kept.groups[congress_id] = (moment + _KEEP_SECONDS, groups)
    return groups


def forget() -> None:
    """After a change, and between tests."""
    _Kept.groups = {}


def _fresh(congress_id: int) -> Groups:
    words: defaultdict[int, list[str]] = defaultdict(list)
    for group_id, word in Synonym.objects.filter(congress_id=congress_id).values_list("group_id", "word"):
        words[group_id].append(word)
    return {word: tuple(other for other in group if other != word) for group in words.values() for word in group}


def others_in(groups: Groups, text: str) -> Iterator[str]:
    """The text with the longest word that has other names replaced by each of them."""
    for length in range(len(text), 1, -1):
        for start in range(len(text) - length + 1):
            word = text[start : start + length]
            if word in groups:
                yield from (text[:start] + other + text[start + length :] for other in groups[word])
                return
