"""A text taken apart for comparison: pairs of characters, what it is about, which places it names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ..rules.text import RUNS, compared, is_chars
from .places import Places, numbered, places_of, without_names

LENGTH = 1000  # characters of a text that are compared; a matter is told in far fewer
# Characters that hold sentences together and say nothing about a matter.
EMPTY = frozenset(
    "的了是在我你他她它们这那个条些每各某咱俺家住到去从和跟与及有没不就都也还又把被让给对向往过上下进出来回很太最多少"
    "几两前后中等着说要能会请所此其为以将由于因而并且或呢吗啊吧呀一二三四五六七八九十啥怎么什得地"
)


class Concepts:
    """What a matter may be about: a name, and the words people use for it, as `compared` gives them."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self.words = words
        self._by_start: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, each in words.items():
            for word in each:
                self._by_start[word[:2]].append((word, name))

    def of(self, text: str) -> frozenset[str]:
        """The names of those whose words stand in the text. Ten words take as long as 10,000."""
        starts = {text[place : place + 2] for place in range(len(text))} | set(text)
        near = (found for start in starts if start in self._by_start for found in self._by_start[start])
        return frozenset(name for word, name in near if word in text)

    def words_in(self, name: str, text: str) -> list[str]:
        """The words of one concept that stand in the text."""
        return [word for word in self.words[name] if word in text]


@dataclass(frozen=True)
class Told:
    """One text as it is compared. Names of places are kept apart: they count as places, not as words."""

    text: str
    places: Places
    concepts: frozenset[str]

    @cached_property
    def wording(self) -> str:
        """The text without names of places."""
        return without_names(self.text, self.places)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Pairs of neighbouring characters, words and numbers of the wording."""
        return frozenset(pairs_of(self.wording))

    @cached_property
    def chars(self) -> str:
        """The wording's characters that mean something, in order."""
        return "".join(char for run in RUNS.findall(self.wording) if is_chars(run) for char in run if char not in EMPTY)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The same, each once."""
        return frozenset(self.chars)

    @property
    def lookups(self) -> frozenset[str]:
        """What may find others like it: pairs of wording and of names; those that only hold sentences together not."""
        names = (pair for name in self.places.names for pair in pairs_of(name))
        return frozenset(pair for pair in (*self.pairs, *names) if len(pair) > 1 and not set(pair) <= EMPTY)


def told(title: str, body: str, concepts: Concepts, aliases: Mapping[str, str] | None = None) -> Told:
    """Take a text apart; `aliases` are other names of places, each with the one that stands for all."""
    text = numbered(compared(f"{title}。{body}"[:LENGTH]))
    for alias, name in (aliases or {}).items():
        text = text.replace(alias, name)
    return Told(text, places_of(text), concepts.of(text))


def pairs_of(text: str) -> Iterable[str]:
    """Pairs of neighbouring characters, and words and numbers whole: as the index holds them."""
    for run in RUNS.findall(text):
        if is_chars(run):
            yield from map("".join, pairwise(run))
        else:
            yield run
