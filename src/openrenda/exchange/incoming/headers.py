"""Where a table's header is and which column is which, however the office has laid it out."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openrenda.exchange.reading import Line, Sheet
from openrenda.exchange.values import Column

LOOKED_AT = 30
"""A header stands among the first so many lines; titles and notes may stand above it."""
_BRACKETS = re.compile(r"[(\[【〔{<《][^)\]】〕}>》]*[)\]】〕}>》]")
_DROPPED = re.compile(r"[\s*:、，,。.\"'“”‘’\-_/\\|]+")

Labels = tuple[tuple[str, ...], ...]
"""By column: the names it may go by, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Header:
    """Lines `top` to `bottom`, the words over each column, and what was recognised: column key → index."""

    top: int
    bottom: int
    labels: tuple[str, ...]
    columns: Mapping[str, int]


def fold(text: str) -> str:
    """A header as it is compared: full-width letters, spaces, line breaks, stars and the like make no difference."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


def bare(text: str) -> str:
    """The same without what stands in brackets: 总投资（万元） is 总投资."""
    return fold(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))


def find_header(sheet: Sheet, columns: Sequence[Column]) -> Header | None:
    """The line, or pair of lines, in which most columns are recognised.

    Where not even two are (one, for a kind that has but one), the first line of several words is offered: the user may
    say which column is which. None when there is no such line.
    """
    lines = _filled(sheet)
    best, most = None, (0, 0)
    for n, line in enumerate(lines):
        for bottom in lines[n : n + 2]:
            if bottom.number - line.number > 1:
                continue
            found = _header(line, bottom, columns)
            weight = (len(found.columns), _belief(sheet, line, bottom))
            if best is None or weight > most:
                best, most = found, weight
    if best is not None and len(best.columns) >= min(2, len(columns)):
        return best
    words = next((line for line in lines if len({cell.strip() for cell in line.cells} - {""}) > 1), None)
    return None if words is None else _header(words, words, columns)


def _belief(sheet: Sheet, top: Line, bottom: Line) -> int:
    """Where as much is recognised: two lines that a merged cell joins, then one, then a line under a title or above
    the first row."""
    if top is bottom:
        return 0
    joined = any(area.top <= top.number and area.bottom >= bottom.number for area in sheet.areas)
    return 1 if joined else -1


def _filled(sheet: Sheet) -> list[Line]:
    """The first lines with merged cells written out to all their corners."""
    lines = {line.number: list(line.cells) for line in sheet.lines[:LOOKED_AT]}
    for area in sheet.areas:
        text = (lines.get(area.top) or [])[area.left : area.left + 1]
        if not text or area.top not in lines:
            continue
        for number in range(area.top, min(area.bottom, area.top + 3) + 1):
            cells = lines.setdefault(number, []) if number - area.top < 2 else lines.get(number)
            if cells is not None:
                cells.extend([""] * (area.right + 1 - len(cells)))
                cells[area.left : area.right + 1] = text * (area.right + 1 - area.left)
    return [Line(number, tuple(cells)) for number, cells in sorted(lines.items())]


def _header(top: Line, bottom: Line, columns: Sequence[Column]) -> Header:
    width = max(len(top.cells), len(bottom.cells))
    shown, labels = [], []
    for n in range(width):
        upper, lower = top.cell(n), bottom.cell(n)
        names, words = _names(upper, lower)
        shown.append(words)
        labels.append(names)
    return Header(top.number, bottom.number, tuple(shown), recognised(tuple(labels), columns))


def _names(upper: str, lower: str) -> tuple[tuple[str, ...], str]:
    """What a column under two lines may be called, and how it is shown: 承办单位 over 主办 may be either or both."""
    if not upper or not lower or fold(upper) == fold(lower):
        one = " ".join((lower or upper).split())
        return (one,), one
    return (upper + lower, lower, upper), f"{' '.join(upper.split())} {' '.join(lower.split())}"


def recognised(labels: Labels, columns: Sequence[Column]) -> dict[str, int]:
    """Column key → index. A label counts before its synonyms, those in their order; the leftmost of equals wins."""
    places: dict[str, list[tuple[int, int]]] = {}
    for index, names in enumerate(labels):
        for likelihood, name in enumerate(names):
            for form in {fold(name), bare(name)} - {""}:
                places.setdefault(form, []).append((likelihood, index))
    claims = [
        (rank, likelihood, order, index)
        for order, column in enumerate(columns)
        for rank, name in enumerate((column.label, *column.synonyms))
        for likelihood, index in places.get(fold(name), ())
    ]
    found: dict[str, int] = {}
    for _rank, _likelihood, order, index in sorted(claims):
        if columns[order].key not in found and index not in found.values():
            found[columns[order].key] = index
    return found
