"""The error workbook: the rows as they came, each bad cell coloured, its reason in the cell's comment; then a list of
all faults. It is mended and brought in again as it is."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from openrenda.exchange.incoming.plan import FAULTS_SHEET, SheetPlan
from openrenda.exchange.reading import Book, Line, Sheet
from openrenda.exchange.rules.cells import neutralised_row
from openrenda.exchange.rules.texts import cell_text
from openrenda.exchange.values import Fault, ImportKind
from openrenda.kernel.text import N_
from openrenda.ui.filters import t

Bad = Mapping[tuple[str, int], Sequence[Fault]]
"""By sheet and line."""

HEADS = (N_("所在工作表"), N_("所在行"), N_("所在列"), N_("原来的内容"), N_("问题"))
AUTHOR = "OpenRenda"
REASON = N_("问题")
_RED = PatternFill("solid", fgColor="FFC7CE")
_PAPER = PatternFill("solid", fgColor="F1ECE2")
_TOP = Alignment(vertical="top", wrap_text=True)


def said(fault: Fault, kind: ImportKind, *, with_column: bool = False) -> str:
    """A fault in words, in the reader's language."""
    words = t(fault.reason, **fault.params) if fault.params else t(fault.reason)
    return f"{t(kind.column(fault.column).label)}：{words}" if with_column and fault.column else words


def write_workbook(file: BinaryIO, book: Book, plans: Sequence[SheetPlan], bad: Bad, kind: ImportKind) -> None:
    """Sheets that were taken, in their order, each line where it stood; then the list."""
    out = Workbook(write_only=True)
    for sheet, plan in zip(book.sheets, plans, strict=True):
        if plan.is_taken:
            _sheet(out.create_sheet((sheet.name or t(kind.label))[:31]), sheet, plan, bad, kind)
    _list(out.create_sheet(t(FAULTS_SHEET)), book, plans, bad, kind)
    out.save(file)


def _sheet(out: Any, sheet: Sheet, plan: SheetPlan, bad: Bad, kind: ImportKind) -> None:
    for index, label in enumerate(plan.labels):
        width = max(10, min(40, 2 * len(label) + 4))
        out.column_dimensions[get_column_letter(index + 1)].width = width
    out.freeze_panes = f"A{plan.bottom + 1}"
    out.merged_cells.ranges = {
        CellRange(min_col=a.left + 1, min_row=a.top, max_col=a.right + 1, max_row=a.bottom) for a in sheet.areas
    }
    last = 0
    for line in sheet.lines:
        for _ in range(line.number - last - 1):
            out.append([])
        last = line.number
        out.append(_cells(out, line, plan, bad.get((sheet.name, line.number), ()), kind))


def _cells(out: Any, line: Line, plan: SheetPlan, faults: Sequence[Fault], kind: ImportKind) -> list[Any]:
    cells: list[Any] = list(line.cells)
    places = _places(plan, faults)
    cells.extend([""] * (max(places, default=-1) + 1 - len(cells)))
    made: list[Any] = [_text(out, text) if text or index in places else None for index, text in enumerate(cells)]
    for index, here in places.items():
        made[index].fill = _RED
        made[index].comment = Comment("\n".join(said(fault, kind) for fault in here)[:1000], AUTHOR, 120, 280)
    if plan.top <= line.number <= plan.bottom:
        for cell in filter(None, made):
            cell.font, cell.fill = Font(bold=True), _PAPER
    return made


def _places(plan: SheetPlan, faults: Sequence[Fault]) -> dict[int, list[Fault]]:
    """By column; faults of the row as a whole, and of columns the table has not, stand in the first."""
    found: dict[int, list[Fault]] = {}
    for fault in faults:
        found.setdefault(plan.found.get(fault.column, 0), []).append(fault)
    return found


def _text(out: Any, text: str) -> Any:
    """Text it is and stays: neutral as in every list that goes out; reading it again takes the mark away."""
    cell = WriteOnlyCell(out, value=cell_text(text))
    cell.data_type = "s"
    cell.alignment = _TOP
    return cell


def _list(out: Any, book: Book, plans: Sequence[SheetPlan], bad: Bad, kind: ImportKind) -> None:
    for letter, width in zip("ABCDE", (18, 10, 18, 40, 70), strict=True):
        out.column_dimensions[letter].width = width
    heads = [_text(out, t(head)) for head in HEADS]
    for cell in heads:
        cell.font, cell.fill = Font(bold=True), _PAPER
    out.append(heads)
    for entry in listed(book, plans, bad, kind):
        out.append([_text(out, text) for text in entry])


def listed(
    book: Book, plans: Sequence[SheetPlan], bad: Bad, kind: ImportKind
) -> Iterator[tuple[str, str, str, str, str]]:
    """(sheet, line, column as the table calls it, what stands there, reason), in the file's order."""
    for sheet, plan in zip(book.sheets, plans, strict=True):
        for line in sheet.lines if plan.is_taken else ():
            for fault in bad.get((sheet.name, line.number), ()):
                index = plan.found.get(fault.column)
                label = plan.labels[index] if index is not None else ""
                if not label and fault.column:
                    label = t(kind.column(fault.column).label)
                there = line.cell(index) if index is not None else ""
                yield sheet.name, str(line.number), label, there, said(fault, kind)


def write_csv(
    file: BinaryIO, book: Book, plans: Sequence[SheetPlan], bad: Bad, kind: ImportKind, encoding: str
) -> None:
    """The same as CSV: the rows as they came, the reasons in a last column of their own. One sheet after the other."""
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    writer = csv.writer(text)
    for sheet, plan in zip(book.sheets, plans, strict=True):
        width = max(sheet.width, len(plan.labels))
        for line in sheet.lines if plan.is_taken else ():
            faults = bad.get((sheet.name, line.number), ())
            reason = "；".join(said(fault, kind, with_column=True) for fault in faults)
            if line.number == plan.bottom:
                reason = t(REASON)
            writer.writerow(neutralised_row([*(line.cell(n) for n in range(width)), reason]))
    text.flush()
    text.detach()
