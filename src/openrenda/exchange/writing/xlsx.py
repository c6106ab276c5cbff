"""Excel, row by row: the list (in several sheets where one is full), then 说明. No cell is a formula."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from openrenda.exchange.rules.texts import cell_text
from openrenda.exchange.tables import ColumnKind, Value
from openrenda.kernel.text import N_
from openrenda.ui.filters import t

from .plan import About, Head

SHEET_ROWS = 1_048_576
"""Rows of a sheet, that of the labels included."""

NOTES = N_("说明")
FORMATS = {
    ColumnKind.DAY: "yyyy-mm-dd",
    ColumnKind.MOMENT: "yyyy-mm-dd hh:mm",
    ColumnKind.PERCENT: "0.0%",
    ColumnKind.MONEY: "#,##0.00",
}
WIDTHS = {
    ColumnKind.TEXT: 20,
    ColumnKind.DAY: 12,
    ColumnKind.MOMENT: 17,
    ColumnKind.NUMBER: 10,
    ColumnKind.PERCENT: 9,
    ColumnKind.MONEY: 14,
}
_WRAP_FROM = 36
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def write(
    file: BinaryIO, about: About, heads: Sequence[Head], lines: Iterable[list[Value]], *, sheet_rows: int = SHEET_ROWS
) -> int:
    """Write the file, answer the number of rows. Memory stays flat: rows go to disk as they come."""
    book = Workbook(write_only=True)
    try:
        count = _sheets(book, about.title, heads, iter(lines), sheet_rows - 1)
        _notes(book, about, count)
    except BaseException:
        _close(book)
        raise
    _sign(book, about)
    book.save(file)
    return count


def _sheets(book: Any, title: str, heads: Sequence[Head], rows: Iterator[list[Value]], room: int) -> int:
    """As many sheets as it takes, one at least; how many rows."""
    total, number, waiting = 0, 1, next(rows, None)
    while number == 1 or waiting is not None:
        count, waiting = _sheet(book.create_sheet(_title(title, number)), heads, waiting, rows, room)
        total, number = total + count, number + 1
    return total


def _close(book: Any) -> None:
    """Sheets that are given up must not leave their temporary files open."""
    for sheet in book.worksheets:
        sheet.close()
        sheet._writer.cleanup()  # noqa: SLF001  openpyxl removes them only on saving


def _sheet(
    sheet: Any, heads: Sequence[Head], first: list[Value] | None, rows: Iterator[list[Value]], room: int
) -> tuple[int, list[Value] | None]:
    """One sheet of at most `room` rows, begun with `first`; how many, and the row that found no room."""
    sheet.freeze_panes = "A2"
    for number, head in enumerate(heads, 1):
        width = head.width or max(WIDTHS[head.kind], min(2 * len(head.label) + 2, 30))
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_label(sheet, head.label) for head in heads])
    cells = [_blank(sheet, head) for head in heads]
    count, line = 0, first
    while line is not None and count < room:
        sheet.append([_filled(cell, value) for cell, value in zip(cells, line, strict=True)])
        count, line = count + 1, next(rows, None)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count + 1}"
    return count, line


def _label(sheet: Any, text: str) -> Any:
    cell = _text(WriteOnlyCell(sheet), text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="F1ECE2")
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _blank(sheet: Any, head: Head) -> Any:
    """A cell that is used for each row of its column: sheets write a row before they ask for the next."""
    cell = WriteOnlyCell(sheet)
    if head.kind in FORMATS:
        cell.number_format = FORMATS[head.kind]
    cell.alignment = Alignment(vertical="top", wrap_text=head.width >= _WRAP_FROM)
    return cell


def _filled(cell: Any, value: Value) -> Any:
    if value is None or value == "":
        cell.value = None
        return cell
    if isinstance(value, int | float | Decimal | date | datetime):
        number_format = cell.number_format
        cell.value = value
        cell.number_format = number_format
        return cell
    return _number(cell, value) if isinstance(value, Fraction) else _text(cell, str(value))


def _number(cell: Any, value: Fraction) -> Any:
    cell.value = float(value)
    return cell


def _text(cell: Any, text: str) -> Any:
    """Text it stays, whatever it begins with (=1+1, #N/A)."""
    cell.value = cell_text(text)
    cell.data_type = "s"
    return cell


def _title(title: str, number: int) -> str:
    clean = _FORBIDDEN.sub(" ", title).strip(" '") or "1"
    return clean[:31] if number == 1 else f"{clean[:26]} {number}"


def _notes(book: Any, about: About, count: int) -> None:
    sheet = book.create_sheet(t(NOTES))
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 90
    for label, words in (*about.notes, (about.rows_label, str(count))):
        name, said = _label(sheet, label), _text(WriteOnlyCell(sheet), words)
        said.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.append([name, said])


def _sign(book: Any, about: About) -> None:
    """Who took it out stands in the file's properties too."""
    made = about.at.replace(tzinfo=None)
    book.properties.creator = book.properties.lastModifiedBy = f"{about.by_name} {about.by}"
    book.properties.title = about.title
    book.properties.description = "\n".join(f"{label}: {words}" for label, words in about.notes)[:1000]
    book.properties.created = made
