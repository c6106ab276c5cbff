"""CSV: one line of labels, then the rows; days as 2025-03-06, figures without separators."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import BinaryIO

from openrenda.exchange.rules.texts import cell_text
from openrenda.exchange.states import Format
from openrenda.exchange.tables import ColumnKind, Value

from .plan import Head

CHUNK = 200


def write(file: BinaryIO, heads: Sequence[Head], lines: Iterable[list[Value]], form: Format) -> int:
    """Write the file; the number of rows."""
    count = 0

    def counting() -> Iterator[list[Value]]:
        nonlocal count
        for count, line in enumerate(lines, 1):  # noqa: B007  read below
            yield line

    file.writelines(chunks(heads, counting(), form))
    return count


def chunks(heads: Sequence[Head], lines: Iterable[list[Value]], form: Format) -> Iterator[bytes]:
    """The file piece by piece. A mark in front tells Excel that it is UTF-8; GBK has none."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    if form is Format.CSV:
        buffer.write("\ufeff")
    writer.writerow([cell_text(head.label) for head in heads])
    for number, line in enumerate(lines, 1):
        writer.writerow([written(value, head.kind) for value, head in zip(line, heads, strict=True)])
        if number % CHUNK == 0:
            yield _taken(buffer, form)
    yield _taken(buffer, form)


def _taken(buffer: io.StringIO, form: Format) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode(form.encoding)


def written(value: Value, kind: ColumnKind = ColumnKind.TEXT) -> str:
    """A value as text; only texts can be dangerous, figures and days are ours."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Fraction) and kind is ColumnKind.PERCENT:
        return f"{float(value) * 100:.1f}%"
    return cell_text(value) if isinstance(value, str) else str(value)
