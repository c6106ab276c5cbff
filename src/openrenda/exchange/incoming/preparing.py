"""From a file's bytes to a verdict on each row, in one go: for the preview, for writing, for the error workbook."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openrenda.exchange.reading import Book, read_book
from openrenda.exchange.values import Finding, ImportKind, Outcome, Progress
from openrenda.kernel.actor import Actor

from .judging import judge
from .plan import Kept, SheetPlan, propose, told
from .table import Tables, rows_of


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is known of the mapping: plans settled before, else what was kept, the sheets and columns named."""

    plans: Sequence[SheetPlan] = ()
    kept: Kept | None = None
    sheets: Sequence[str] = ()
    pairs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file, read and judged."""

    book: Book
    plans: list[SheetPlan]
    tables: Tables
    findings: list[Finding]

    def counts(self) -> dict[str, int]:
        """How many rows of each outcome, and how many lines were no rows."""
        found = {str(outcome): 0 for outcome in Outcome}
        for finding in self.findings:
            found[str(finding.outcome)] += 1
        return {"rows": len(self.findings), **found, "totals": self.tables.totals, "notes": self.tables.notes}


def read_and_plan(content: bytes, kind: ImportKind, wishes: Wishes) -> tuple[Book, list[SheetPlan]]:
    """The book with a plan per sheet. Raises FileUnreadable, BadMapping."""
    book = read_book(io.BytesIO(content), len(content))
    if wishes.plans:
        return book, list(wishes.plans)
    return book, told(propose(book, kind, wishes.kept, wishes.sheets), kind, wishes.pairs)


def prepare(content: bytes, kind: ImportKind, wishes: Wishes, actor: Actor, progress: Progress) -> Prepared:
    """Read, map, judge. Writes nothing. Raises FileUnreadable, BadMapping, and whatever `progress` raises."""
    book, plans = read_and_plan(content, kind, wishes)
    tables = rows_of(book, plans, kind)
    progress(0, max(len(tables.rows), 1))
    return Prepared(book, plans, tables, judge(kind, tables.rows, actor, progress))
