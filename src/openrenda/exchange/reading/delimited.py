"""CSV: whatever encoding and divider the office's program used; lines are counted as Excel shows them."""

import csv
import io
from collections.abc import Iterator

from openrenda.exchange.rules.cells import restored

from .book import Book, Line, Sheet
from .limits import MOST_CELLS, MOST_COLUMNS, MOST_LINES, MOST_TEXT
from .refusals import BadCsv, EmptyTable, FileUnreadable, TooManyCells, UnknownEncoding

_DIVIDERS = ",;\t"
_LOOKED_AT = 40


def read_delimited(raw: bytes) -> Book:
    """One sheet without a name; raises FileUnreadable."""
    text, encoding = _decoded(raw.rstrip(b"\x1a"))  # how DOS programs end a file
    if any(c < " " and c not in "\t\n\r\f\v" for c in set(text)):
        raise FileUnreadable
    divider = _divider(text)
    lines = list(_lines(text, divider))
    if not lines:
        raise EmptyTable
    return Book(f"csv {encoding} {'tab' if divider == chr(9) else divider}", (Sheet("", tuple(lines)),))


def _decoded(raw: bytes) -> tuple[str, str]:
    """UTF-16 only with its mark (Excel's “Unicode text”), then UTF-8, then GB18030, which holds GBK and GB2312."""
    tries = ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in tries:
        try:
            return raw.decode(encoding), {"utf-8-sig": "UTF-8"}.get(encoding, encoding.upper())
        except UnicodeDecodeError:
            continue
    raise UnknownEncoding


def _divider(text: str) -> str:
    """The one that divides the first lines into the most cells; a comma when there is but one column."""
    head = text[:200_000]

    def cells(divider: str) -> int:
        try:
            rows = [row for row, _ in zip(_reader(head, divider), range(_LOOKED_AT), strict=False)]
        except csv.Error:
            return 0
        return sum(len(row) - 1 for row in rows)

    return max(_DIVIDERS, key=lambda divider: (cells(divider), divider == ","))


def _reader(text: str, divider: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=divider)


def _lines(text: str, divider: str) -> Iterator[Line]:
    number = count = 0
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    try:
        for number, row in enumerate(rows, 1):
            cells = tuple(_cell(cell) for cell in row[:MOST_COLUMNS])
            while cells and not cells[-1].strip():
                cells = cells[:-1]
            count += len(cells)
            if number > MOST_LINES or count > MOST_CELLS:
                raise TooManyCells(lines=MOST_LINES, cells=MOST_CELLS)
            if cells:
                yield Line(number, cells)
    except csv.Error as error:
        raise BadCsv(line=number + 1) from error


def _cell(text: str) -> str:
    """Numbers kept as text by ="041" (a habit of exports against Excel's zeros) are that text."""
    if len(text) > 3 and text.startswith('="') and text.endswith('"') and '"' not in text[2:-1]:
        text = text[2:-1]
    return restored(text).replace("\r\n", "\n").replace("\r", "\n")[:MOST_TEXT]
