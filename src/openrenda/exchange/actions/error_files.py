"""The error workbook of a run, made anew from its file whenever somebody wants it."""

from typing import BinaryIO

from openrenda.exchange import kinds
from openrenda.exchange.import_errors import FileForgotten
from openrenda.exchange.incoming.plan import SheetPlan
from openrenda.exchange.incoming.preparing import Wishes, read_and_plan
from openrenda.exchange.models import ImportFile, ImportRun
from openrenda.exchange.reading import Book
from openrenda.exchange.selectors.imports import bad_rows
from openrenda.exchange.writing import faults

from .imports import plans_of


def _read(run: ImportRun) -> tuple[Book, list[SheetPlan]]:
    kept = ImportFile.objects.filter(run=run).first()
    if kept is None or not run.sheets:
        raise FileForgotten
    return read_and_plan(bytes(kept.content), kinds.kind(run.kind), Wishes(plans_of(run)))


def write_workbook(run: ImportRun, file: BinaryIO) -> None:
    """Excel. Raises FileForgotten once the file is gone. Two queries."""
    book, plans = _read(run)
    faults.write_workbook(file, book, plans, bad_rows(run), kinds.kind(run.kind))


def write_csv(run: ImportRun, file: BinaryIO, *, encoding: str) -> None:
    """CSV, the reasons in a last column. Raises FileForgotten once the file is gone. Two queries."""
    book, plans = _read(run)
    faults.write_csv(file, book, plans, bad_rows(run), kinds.kind(run.kind), encoding)
