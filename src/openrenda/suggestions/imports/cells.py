"""The cells of one row, read so that every fault is found and not only the first."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import TypeVar

from openrenda.exchange.values import BadCell, Fault, Note, Row
from openrenda.kernel import clock
from openrenda.kernel.text import N_
from openrenda.suggestions.rules.register_cells import BadText, Words, word

V = TypeVar("V")
LONGEST = 10_000


class Cells:
    """Reads the cells of a row and collects what is wrong with them."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []
        self.notes: list[Note] = []

    def fault(self, column: str, reason: str, **params: object) -> None:
        self.faults.append(Fault(column, reason, params))

    def note(self, column: str, text: str, **params: object) -> None:
        self.notes.append(Note(column, text, params))

    def attempt(self, column: str, read: Callable[[], V]) -> V | None:
        """What `read` gives; a refusal becomes a fault of the column, and None."""
        try:
            return read()
        except BadCell as bad:
            self.faults.append(Fault.of(bad))
        except BadText as bad:
            self.fault(column, bad.reason, **bad.params)
        return None

    def text(self, column: str, *, required: bool = False, limit: int = LONGEST) -> str:
        return self.attempt(column, lambda: self.row.text(column, required=required, limit=limit)) or ""

    def parsed(self, column: str, parse: Callable[[str], V]) -> V | None:
        return self.attempt(column, lambda: parse(self.row.text(column)))

    def word(self, column: str, words: Words[V]) -> V | None:
        return self.parsed(column, lambda text: word(words, text))

    def day(self, column: str) -> date | None:
        """A day that is not still to come."""
        day = self.attempt(column, lambda: self.row.day(column))
        return day if day is not None and self.not_ahead(column, day) else None

    def not_ahead(self, column: str, day: date) -> bool:
        """What has happened does not lie in the future."""
        if day > clock.today():
            self.fault(column, N_("{day} 还没有到"), day=day.isoformat())
            return False
        return True

    def ordered(self, *days: tuple[str, date | None]) -> None:
        """Each day must not lie before the one before it; (column's key, day), empty ones are left out."""
        known = [(column, day) for column, day in days if day is not None]
        for (_, before), (column, day) in pairwise(known):
            if day < before:
                self.fault(
                    column, N_("{day} 早于前一个环节的 {before}"), day=day.isoformat(), before=before.isoformat()
                )
