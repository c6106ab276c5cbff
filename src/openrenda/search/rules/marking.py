"""Marking what was looked for: pieces of text, never HTML."""

import re
from collections.abc import Iterable

from openrenda.kernel.pinyin import pinyin_of

from ..values import Part
from .asked import Term, Way

BEFORE, SNIPPET = 24, 110  # characters before the first match, and in all
_ELLIPSIS = "…"
_SPACE = re.compile(r"\s+")


class Marker:
    """Marks the words of one search in many texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        ways = [way for term in terms for way in term.ways]
        self._sounds = tuple(way.lexemes[0][2:-1] for way in ways if way.lexemes[0].startswith("p/"))
        self._words = sorted({_pattern(way) for way in ways if way.text}, key=len, reverse=True)
        self._pattern = _compiled(self._words)
        self._of_names: dict[str, re.Pattern[str] | None] = {}

    def for_names(self, names: str) -> "re.Pattern[str] | None":
        """The pattern with those of the names (one a line) that were typed in letters."""
        if not (self._sounds and names):
            return self._pattern
        if names not in self._of_names:  # the hits of one page are often one person's
            self._of_names[names] = self._hearing(names)
        return self._of_names[names]

    def _hearing(self, names: str) -> "re.Pattern[str] | None":
        heard = [re.escape(name) for name in names.split("\n") if name and self._sounds_like(name)]
        return _compiled([*heard, *self._words]) if heard else self._pattern

    def means(self, name: str) -> bool:
        """Is this name what was typed, or its beginning?"""
        if not name:
            return False
        return self._sounds_like(name) or (self._pattern is not None and self._pattern.search(name) is not None)

    def _sounds_like(self, name: str) -> bool:
        full, initials = pinyin_of(name)
        return any(full.startswith(sound) or initials.startswith(sound) or sound in full for sound in self._sounds)


def marked(text: str, pattern: "re.Pattern[str] | None") -> tuple[Part, ...]:
    """The whole text in pieces."""
    if pattern is None or not text:
        return ((text, False),) if text else ()
    parts: list[Part] = []
    done = 0
    for found in pattern.finditer(text):
        start, end = found.span()
        if start > done:
            parts.append((text[done:start], False))
        parts.append((text[start:end], True))
        done = end
    if done < len(text):
        parts.append((text[done:], False))
    return tuple(parts)


def snippet(body: str, pattern: "re.Pattern[str] | None") -> tuple[Part, ...]:
    """A few lines of the text around the first match, or its beginning."""
    if not body:
        return ()
    found = pattern.search(body) if pattern is not None else None
    start = max(0, found.start() - BEFORE) if found else 0
    if start + SNIPPET > len(body):
        start = max(0, min(start, len(body) - SNIPPET))
    cut = body[start : start + SNIPPET]
    head = _ELLIPSIS if start else ""
    tail = _ELLIPSIS if start + SNIPPET < len(body) else ""
    return marked(f"{head}{_SPACE.sub(' ', cut)}{tail}", pattern)


def _compiled(words: "list[str]") -> "re.Pattern[str] | None":
    return re.compile("|".join(words), re.IGNORECASE) if words else None


def _pattern(way: Way) -> str:
    """As it may stand in the text: numbers with their zeros, and not inside longer ones."""
    if way.lexemes[0].startswith("n/"):
        parts = (rf"0*{part}" if part.isdecimal() else re.escape(part) for part in way.text.split("-"))
        return rf"(?<![0-9])(?:第)?{'[-–—]?'.join(parts)}(?![0-9])号?"
    start = r"(?<![0-9])" if way.text[0].isdecimal() else ""
    end = r"(?![0-9])" if way.text[-1].isdecimal() else ""
    return f"{start}{re.escape(way.text)}{end}"
