"""What the index holds of an entry: a set of short strings, and nothing else.

Text: each two neighbouring characters of a run, and its last one ("路灯坏" is 路灯, 灯坏, 坏; one character is found as
the beginning of a lexeme); words and numbers whole, numbers without leading zeros. With a prefix that no text has: `n/`
numbers from each part on, `p/` pinyin and initials of names, `k/ c/ u/ s/ o/ y/` what can be filtered by, `a/` who may
find it, `t0/`…`t4/` when it was.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from openrenda.kernel import clock
from openrenda.kernel.pinyin import syllables

from ..values import Doc
from .text import RUNS, WORD_LIMIT, compared, is_chars
from .windows import times

_PARTS = re.compile(r"[a-z]+|\d+")
_SHORT_NAME = 4  # characters; of longer names only the whole and the initials are typed


def of_doc(kind: str, doc: Doc) -> set[str]:
    """All lexemes of the entry. Whatever may be read of it may be found: what this gives decides who learns what."""
    found = of_text(f"{doc.title}\n{doc.body}\n{' '.join(doc.names)}\n{' '.join(doc.numbers)}")
    for number in {doc.ref, *doc.numbers}:
        found |= of_number(number)
    for name in doc.names:
        found.update(f"p/{sound}" for sound in sounds(name))
    found.update(times(clock.local(doc.at).date()))
    found.add(f"k/{kind}")
    found.update(f"{letter}/{value}" for letter, value in filters(doc) if value is not None)
    found.update(token(kind, key) for key in doc.audience)
    return found


def filters(doc: Doc) -> Iterable[tuple[str, int | None]]:
    """What can be filtered by in the index itself, with its prefix."""
    yield "c", doc.category_id
    yield "u", doc.unit_id
    yield "s", doc.street_id
    yield "o", doc.community_id
    yield "y", doc.year


def token(kind: str, key: str) -> str:
    """The lexeme that says: of this kind, for those who carry this key."""
    return f"a/{kind}:{key}"


def of_text(text: str) -> set[str]:
    """Lexemes of running text."""
    found: set[str] = set()
    for run in RUNS.findall(compared(text)):
        if is_chars(run):
            found.update(map("".join, pairwise(run)))
            found.add(run[-1])
        else:
            found.add(word(run))
    return found


def word(run: str) -> str:
    """A word or a number as a lexeme."""
    return (run.lstrip("0") or "0")[:WORD_LIMIT] if run.isdecimal() else run[:WORD_LIMIT]


def number_parts(raw: str) -> list[str]:
    """Letters and digits in turn, without leading zeros: JY-16-5-041 is jy, 16, 5, 41."""
    return [part.lstrip("0") or "0" if part.isdecimal() else part for part in _PARTS.findall(compared(raw))][:8]


def of_number(raw: str) -> set[str]:
    """From each part on: 16-5-041 is found as 16-5-41, 5-41 and 41."""
    parts = number_parts(raw)
    return {"n/" + "-".join(parts[place:])[:WORD_LIMIT] for place in range(len(parts))}


def sounds(name: str) -> set[str]:
    """How a name may be typed in letters: whole, initials, without the family name."""
    found: set[str] = set()
    for run in RUNS.findall(compared(name)):
        heard = syllables(run)
        found.update(("".join(heard)[:WORD_LIMIT], "".join(one[:1] for one in heard)[:WORD_LIMIT]))
        if 1 < len(heard) <= _SHORT_NAME:
            found.add("".join(heard[1:])[:WORD_LIMIT])
    return {sound for sound in found if sound.isascii()}
