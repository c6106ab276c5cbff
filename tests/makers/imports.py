"""Files as offices save them, made in the test: workbooks, CSV, archives that mean harm."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from openrenda.exchange.reading import Book, read_book
from openrenda.exchange.values import Column, Finding, ImportKind, Outcome, Progress, Row
from openrenda.kernel.actor import Actor
from openrenda.kernel.verdict import ALLOWED

Lines = Sequence[Sequence[Any]]


def an_xlsx(
    sheets: Mapping[str, Lines], *, merged: Mapping[str, Sequence[str]] | None = None, shape: Any = None
) -> bytes:
    """A workbook; `merged` by sheet ("A1:C1"); `shape` may do more to the openpyxl workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    if shape is not None:
        shape(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def a_csv(lines: Lines, *, encoding: str = "utf-8", divider: str = ",") -> bytes:
    """Quoted only where it must be."""

    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        quoted = text.replace('"', '""')
        return f'"{quoted}"' if any(c in text for c in (divider, '"', "\n")) else text

    return "".join(divider.join(map(cell, line)) + "\r\n" for line in lines).encode(encoding)


def a_zip(parts: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with just these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_part(workbook: bytes, change: Mapping[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """The workbook with some parts changed or added."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, new in change.items():
        parts[name] = new if isinstance(new, bytes) else new(parts[name])
    return a_zip(parts)


def read(content: bytes) -> Book:
    """As the page and the command line read it."""
    return read_book(io.BytesIO(content), len(content))


COLUMNS = (
    Column("number", "建议编号", ("编号", "序号", "建议号"), required=True, is_key=True),
    Column("title", "标题", ("建议标题", "题目", "名称"), required=True),
    Column("lead", "主办单位", ("承办单位", "主办", "承办单位主办")),
    Column("co", "会办单位", ("协办单位", "会办", "协办")),
    Column("day", "提出日期", ("日期", "提交日期")),
)


def a_kind(**given: Any) -> ImportKind:
    """A register that takes every row with a readable day and keeps nothing."""

    def check(rows: Sequence[Row], actor: Actor, progress: Progress) -> list[Finding]:
        return [Finding(row, Outcome.ADD) for row in rows]

    def write(found: Sequence[Finding], actor: Actor, progress: Progress) -> dict[str, int]:
        return {"added": len(found)}

    values = {
        "name": "test.register", "label": "试验台账", "columns": COLUMNS, "who": lambda actor, target: ALLOWED,
        "check": check, "write": write,
    }  # fmt: skip
    return ImportKind(**{**values, **given})


def actor() -> Actor:
    """The operator."""
    return Actor.system("test", 1)


def no_progress(done: int, total: int) -> None:
    """Nobody looks."""
