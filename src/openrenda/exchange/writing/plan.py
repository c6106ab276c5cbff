"""What a writer is given."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from openrenda.exchange.errors import TooLong
from openrenda.exchange.tables import ColumnKind, Value

EVERY = 200
"""Rows between two looks at the time."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column's label in the reader's language, its kind, and its width in characters (0: by kind)."""

    label: str
    kind: ColumnKind
    width: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """What the sheet 说明 and the file's properties say: the watermark. `notes` are (label, words)."""

    title: str
    by: str
    by_name: str
    at: datetime
    notes: Sequence[tuple[str, str]] = field(default_factory=tuple)
    rows_label: str = ""


def counted(lines: Iterable[list[Value]], progress: Callable[[int], None] | None = None) -> Iterator[list[Value]]:
    """The lines, telling now and then how many they were so far."""
    number = 0
    for number, line in enumerate(lines, 1):
        if progress is not None and number % EVERY == 0:
            progress(number)
        yield line
    if progress is not None:
        progress(number)


def at_most(lines: Iterable[list[Value]], limit: int) -> Iterator[list[Value]]:
    """The lines; TooLong as soon as there is one more."""
    for number, line in enumerate(lines, 1):
        if number > limit:
            raise TooLong
        yield line
