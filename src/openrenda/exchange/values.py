"""What may come in: a kind of register, its columns, its rows, and what is found of each row.

A slice declares its kinds in `imports.py` and registers them in AppConfig.ready (`exchange.kinds.register`)::

    ImportKind(
        name="orgs.units", label=N_("单位"), who=rule, check=check, write=write,
        columns=(Column("code", N_("编号"), ("单位编号",), required=True, is_key=True), …),
    )

`check` answers one Finding per row, in the rows' order, and writes nothing. `write` is given the findings that add or
change something (all right, checked a moment ago in the same transaction) and says how many of each it wrote. Both
call `progress(done, total)` now and then: it shows the bar, and raises `Cancelled` when the user has had enough.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from openrenda.kernel.actor import Actor
from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Rule, Verdict

from .rows import BadCell, Row

__all__ = [
    "BadCell", "Change", "Column", "Fault", "Finding", "ImportKind", "Note", "Outcome", "Progress", "Row", "tried",
]  # fmt: skip

Progress = Callable[[int, int], None]
"""(done, total) of the present stage."""


class Outcome(Labelled):
    """What becomes of a row."""

    ADD = "add", N_("新增")
    CHANGE = "change", N_("更新")
    SAME = "same", N_("无变化")
    BAD = "bad", N_("有问题")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register. `label` heads the template; `synonyms` are how offices call it.

    `required`: the table must have it. `is_key`: columns that tell rows apart; twice the same is a fault of the second.
    """

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    is_key: bool = False
    note: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken: the column's key (empty: the row as a whole) and a msgid with its {params}."""

    column: str
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, bad: BadCell) -> "Fault":
        return cls(bad.column, bad.reason, bad.params)


T = TypeVar("T")


def tried(faults: list[Fault], read: Callable[[], T], otherwise: T) -> T:
    """What `read` reads; a BadCell joins the row's faults, and `otherwise` stands for the cell."""
    try:
        return read()
    except BadCell as bad:
        faults.append(Fault.of(bad))
        return otherwise


@dataclass(frozen=True, slots=True)
class Note:
    """Something assumed or mended that does not hinder: said in the preview."""

    column: str
    text: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What an update does to one column."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one row. `parsed` is for `write` alone and is kept nowhere."""

    row: Row
    outcome: Outcome = Outcome.ADD
    faults: tuple[Fault, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[Note, ...] = ()
    parsed: object = None


CheckFn = Callable[[Sequence[Row], Actor, Progress], Sequence[Finding]]
WriteFn = Callable[[Sequence[Finding], Actor, Progress], Mapping[str, int]]
"""Counts: "added", "changed", and "unchanged" for rows that proved to be there already."""


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of register that may come in. `hint` is a sentence for the page.

    `keys_repeat`: the key alone does not tell rows apart (numbers begin anew each year); the kind's check finds what
    stands there twice.
    """

    name: str
    label: str
    columns: tuple[Column, ...]
    who: Rule
    check: CheckFn
    write: WriteFn
    hint: str = ""
    order: int = 100
    keys_repeat: bool = False

    def may(self, actor: Actor) -> Verdict:
        """Whether this actor may bring such a register in; the operator at the command line may."""
        return ALLOWED if actor.is_system else self.who(actor, None)

    def column(self, key: str) -> Column:
        """The column of that key; KeyError if there is none."""
        return next((column for column in self.columns if column.key == key), None) or _no_column(self.name, key)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns if column.is_key)


def _no_column(kind: str, key: str) -> Column:
    raise KeyError(f"{kind} has no column {key}")
