"""An empty workbook to fill in: the right headers, what belongs in each column, examples on a sheet of their own."""

from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from openrenda.exchange.incoming.plan import NOTES_SHEET
from openrenda.exchange.values import Column, ImportKind
from openrenda.kernel.text import N_
from openrenda.ui.filters import t

HEADS = (N_("列名"), N_("必须有"), N_("怎么填"), N_("例子"), N_("也认得的列名"))
_MUST = PatternFill("solid", fgColor="F6D7CF")
_MAY = PatternFill("solid", fgColor="F1ECE2")
_TOP = Alignment(vertical="top", wrap_text=True)


def write(file: BinaryIO, kind: ImportKind) -> None:
    """The workbook of a kind."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = t(kind.label)[:31]
    sheet.freeze_panes = "A2"
    for number, column in enumerate(kind.columns, 1):
        _head(sheet.cell(1, number), column)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(12, min(40, 2 * len(column.label) + 6))
        for line in range(2, 502):
            sheet.cell(line, number).number_format = "@"  # text: no code loses its zeros, no day its year
    _notes(book.create_sheet(t(NOTES_SHEET)), kind)
    book.save(file)


def _head(cell: Any, column: Column) -> None:
    cell.value, cell.font, cell.alignment = t(column.label), Font(bold=True), _TOP
    cell.fill = _MUST if column.required else _MAY
    said = [t(column.note), f"{t(N_('例如'))}：{column.example}" if column.example else ""]
    if words := "\n".join(filter(None, said)):
        cell.comment = Comment(words, "OpenRenda", 120, 280)


def _notes(sheet: Any, kind: ImportKind) -> None:
    for letter, width in zip("ABCDE", (20, 10, 60, 30, 50), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([t(head) for head in HEADS])
    for column in kind.columns:
        must = t(N_("是")) if column.required else ""
        sheet.append([t(column.label), must, t(column.note), column.example, "、".join(column.synonyms)])
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment, cell.data_type = _TOP, "s" if cell.value else cell.data_type
            if cell.row == 1:
                cell.font, cell.fill = Font(bold=True), _MAY
