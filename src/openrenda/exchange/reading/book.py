"""What a file holds once it is read: sheets of lines of text."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet; `number` as Excel counts it. Trailing empty cells are cut.

    `unread` holds, by column, why a cell could not be read. `merged` are columns whose text stands in a merged cell
    that began on an earlier line.
    """

    number: int
    cells: tuple[str, ...]
    unread: Mapping[int, str] = field(default_factory=dict)
    merged: frozenset[int] = frozenset()

    @property
    def is_blank(self) -> bool:
        return not self.unread and not any(
            cell.strip() for column, cell in enumerate(self.cells) if column not in self.merged
        )

    def cell(self, column: int) -> str:
        """The text there, stripped; empty beyond the end."""
        return self.cells[column].strip() if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Area:
    """A merged cell: lines and columns it covers, both ends included; lines from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; hidden ones are told apart, since offices keep old drafts in them."""

    name: str
    lines: tuple[Line, ...]
    areas: tuple[Area, ...] = ()
    is_hidden: bool = False

    @property
    def width(self) -> int:
        return max((len(line.cells) for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of a file. `format` is "xlsx", or "csv" with what it was written in: "csv GB18030 ;"."""

    format: str
    sheets: tuple[Sheet, ...]
