"""The rows below a header: merged cells filled down, totals, notes and blank lines told apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from openrenda.exchange.reading import Book, Line, Sheet
from openrenda.exchange.values import ImportKind, Row

from .headers import fold
from .plan import SheetPlan

_TOTAL = re.compile(r"(?:本页|累计)?(?:合计|总计|小计|共计|总数)")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表人|填报人|制表人?|审核人?|联系人|联系电话|填报单位|填表单位|填报日期)(?:$|[：:\d(（])"
)


@dataclass(slots=True)
class Tables:
    """All rows of a book, with the lines each came from, and how many lines were no rows."""

    rows: list[Row] = field(default_factory=list)
    sources: list[list[Line]] = field(default_factory=list)
    totals: int = 0
    notes: int = 0


def rows_of(book: Book, plans: Sequence[SheetPlan], kind: ImportKind) -> Tables:
    """The rows of the sheets that are taken, in the book's order."""
    tables = Tables()
    for sheet, plan in zip(book.sheets, plans, strict=True):
        if plan.is_taken:
            _add(tables, sheet, plan, kind)
    return tables


def _add(tables: Tables, sheet: Sheet, plan: SheetPlan, kind: ImportKind) -> None:
    keys = {plan.found[key] for key in kind.keys if key in plan.found}
    header = [fold(label) for label in plan.labels]
    begun = False
    for line in filled_down(sheet, plan.bottom):
        if line.is_blank:
            continue
        said = _said(line)
        if _TOTAL.match(said):
            tables.totals += 1
        elif _is_note(line, said) or _is_header(line, said, header):
            tables.notes += 1
        elif begun and keys and keys <= line.merged:
            tables.rows[-1] = _joined(tables.rows[-1], line, plan)
            tables.sources[-1].append(line)
        else:
            tables.rows.append(_row(sheet.name, line, plan))
            tables.sources.append([line])
            begun = True


def filled_down(sheet: Sheet, below: int) -> Iterator[Line]:
    """Lines below the header. A cell merged over several lines says the same on each; what is merged over several
    columns stands in the first alone."""
    starts = {area.top: [] for area in sheet.areas if area.bottom > area.top > below}  # type: dict[int, list[tuple[int, int]]]
    for area in sheet.areas:
        if area.top in starts and area.bottom > area.top:
            starts[area.top].append((area.left, area.bottom))
    held: dict[int, tuple[str, int]] = {}
    for line in sheet.lines:
        if line.number <= below:
            continue
        held = {column: (text, last) for column, (text, last) in held.items() if last >= line.number}
        yield _with(line, held) if held else line
        for column, last in starts.get(line.number, ()):
            held[column] = (line.cell(column), last)


def _with(line: Line, held: dict[int, tuple[str, int]]) -> Line:
    width = max(len(line.cells), *(column + 1 for column in held))
    cells = [line.cell(column) for column in range(width)]
    for column, (text, _) in held.items():
        cells[column] = text
    return replace(line, cells=tuple(cells), merged=frozenset(held))


def _said(line: Line) -> str:
    """The first words on a line, without spaces: 合　　计."""
    return next(
        (fold(cell) for column, cell in enumerate(line.cells) if cell.strip() and column not in line.merged), ""
    )


def _is_note(line: Line, said: str) -> bool:
    """A remark below the table: it begins like one and few cells are filled."""
    first = next((cell.strip() for cell in line.cells if cell.strip()), "")
    return bool(said) and sum(bool(cell.strip()) for cell in line.cells) <= 3 and bool(_NOTE.match(first))


def _is_header(line: Line, said: str, header: list[str]) -> bool:
    """The header once more, as it is printed on each page."""
    return said in header and [fold(cell) for cell in line.cells] == header[: len(line.cells)]


def _row(sheet: str, line: Line, plan: SheetPlan) -> Row:
    cells = {key: line.cell(index) for key, index in plan.found.items()}
    unread = {key: line.unread[index] for key, index in plan.found.items() if index in line.unread}
    return Row(sheet, line.number, cells, unread)


def _joined(row: Row, line: Line, plan: SheetPlan) -> Row:
    """A record over several lines (its number is merged over them): what differs is put together by ；."""
    cells = dict(row.cells)
    for key, index in plan.found.items():
        text = line.cell(index)
        if index not in line.merged and text and text not in cells[key].split("；"):
            cells[key] = f"{cells[key]}；{text}" if cells[key] else text
    unread = {**row.unread, **{key: line.unread[i] for key, i in plan.found.items() if i in line.unread}}
    return replace(row, cells=cells, unread=unread)
