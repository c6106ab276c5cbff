"""What somebody typed, as terms: each may be met in several ways, all terms must be met."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .lexemes import number_parts, word
from .text import CHARS, RUNS, WORD_LIMIT, compared, is_chars

READ_LIMIT = 600  # characters that are looked at
TERM_LIMIT = 8  # words that count
LONG_TERM = 30  # characters of a word that count
WAYS_LIMIT = 6

_PIECES = re.compile(r"[\"“”„「『]([^\"“”„「」『』]{1,200})[\"“”」』]|([^\s\"“”„「」『』]+)")
_TERMS = re.compile(f"[^\\W_{CHARS}]+(?:[-–—][^\\W_{CHARS}]+)+|(?:[^\\W_]|[{CHARS}])+")
_NUMBER = re.compile(r"第?((?=.*\d)[a-z\d]+(?:-[a-z\d]+)*)[号號]?")
_LETTERS = re.compile(r"[a-z]{2,}")

Others = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to meet a term: all `lexemes` are there (those with a * as beginnings) and, if `exact`, the text itself.

    `text` is what is marked in the results, "" if nothing can be.
    """

    text: str
    lexemes: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A word looked for; `also` are the other names that its ways include."""

    text: str
    ways: tuple[Way, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """All terms; `left_out`: there was more; `unreadable`: something was typed, but nothing that could be found."""

    terms: tuple[Term, ...] = ()
    left_out: bool = False
    unreadable: bool = False


def read(raw: str, others: Others = lambda _word: (), *, typing: bool = False) -> Asked:
    """What was typed, whatever it is. `others` gives the other names of a word; `typing`: a number may go on."""
    text = compared(raw[:READ_LIMIT])
    words: dict[str, bool] = {}
    for quoted, plain in _PIECES.findall(text):
        for found in _TERMS.findall(quoted or plain):
            words[found] = words.get(found, False) or bool(quoted)
    kept = list(words.items())[:TERM_LIMIT]
    long = any(len(found) > LONG_TERM for found, _ in kept)
    return Asked(
        terms=tuple(_term(found[:LONG_TERM], others, whole=quoted, typing=typing) for found, quoted in kept),
        left_out=len(raw) > READ_LIMIT or len(words) > TERM_LIMIT or long,
        unreadable=bool(raw.strip()) and not kept,
    )


def _term(text: str, others: Others, *, whole: bool, typing: bool) -> Term:
    text = text.replace("–", "-").replace("—", "-")
    number = _as_number(text, typing=typing)
    ways = [_as_text(text, whole=whole, digits=bool(number)), *number]
    if whole:
        return Term(text, tuple(ways))
    if _LETTERS.fullmatch(text):
        ways.append(Way("", (f"p/{text[:WORD_LIMIT]}*",)))
    also = tuple(dict.fromkeys(other for other in others(text) if other != text))[: WAYS_LIMIT - 1]
    ways.extend(_as_text(other, whole=False) for other in also)
    return Term(text, tuple(ways), also)


def _as_text(text: str, *, whole: bool, digits: bool = False) -> Way:
    """The word itself. Where lexemes alone could also be met by letters that stand apart, the text is looked at.

    In a number (`digits`) the index is asked for the digits only: 第 and 号 alone stand everywhere.
    """
    runs = RUNS.findall(text)
    if digits and len(runs) > 1:
        lexemes = tuple(dict.fromkeys(word(run) for run in runs if not is_chars(run)))
        return Way(text, lexemes, exact=True)
    lexemes = tuple(dict.fromkeys(lexeme for place, run in enumerate(runs) for lexeme in _run(run, whole=whole)))
    return Way(text, lexemes, exact=len(runs) > 1 or (bool(runs) and is_chars(runs[0]) and len(runs[0]) > 2))


def _run(run: str, *, whole: bool) -> list[str]:
    if is_chars(run):
        return [run[i : i + 2] for i in range(len(run) - 1)] or [f"{run}*"]
    return [word(run) if whole or run.isdecimal() else f"{word(run)}*"]


def _as_number(text: str, *, typing: bool) -> list[Way]:
    """041, 第041号, 16-5-041 and JY-16-5-041 are numbers of cases, besides being text."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return []
    parts = number_parts(found[1])
    number = "-".join(parts)[:WORD_LIMIT]
    return [Way(number, (f"n/{number}{'*' if typing else ''}",))] if parts else []


def condition(terms: Iterable[Term]) -> str:
    """The terms as a tsquery."""
    return " & ".join(any_of(all_of(way.lexemes) for way in term.ways) for term in terms)


def any_of(parts: Iterable[str]) -> str:
    return "(" + " | ".join(parts) + ")"


def all_of(lexemes: Iterable[str]) -> str:
    return "(" + " & ".join(map(quoted, lexemes)) + ")"


def quoted(lexeme: str) -> str:
    """A lexeme of ours as a tsquery reads it; a * at the end means beginnings."""
    whole = lexeme.removesuffix("*")
    escaped = whole.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}':*" if whole != lexeme else f"'{escaped}'"
