"""Lists that may be taken out. A slice declares its own in `tables.py` and registers them in AppConfig.ready::

    Table(
        name="liaison.published", label=N_("群众意见"), who=everyone, rows=rows,
        columns=(Column(N_("编号"), lambda row: row.number), Column(N_("提出日期"), day_of, DAY), …),
    )

`rows(actor, params)` asks the selector of the page with the filters of the page, batch by batch (`walk`), so that the
file holds what this person sees on the screen, all pages of it. The page shows `ui.export_links("liaison.published")`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from openrenda.kernel.actor import Actor
from openrenda.kernel.enums import Labelled
from openrenda.kernel.errors import NotFound
from openrenda.kernel.text import N_

Value = str | int | float | Decimal | Fraction | date | datetime | Sequence[str] | None
"""What a cell holds. An enumeration's member is written as its label, several words with 、 between them."""

Params = Mapping[str, str]
"""What stands after the question mark on the page, and what its address says (a year, a station's code)."""

Who = Callable[[Actor], bool]
Asked = Sequence[tuple[str, Value]]
R = TypeVar("R")
C = TypeVar("C")
BATCH = 500


class ColumnKind(Labelled):
    """How a column is written, so that Excel can calculate with it."""

    TEXT = "text", N_("文字")
    DAY = "day", N_("日期")
    MOMENT = "moment", N_("时间")
    NUMBER = "number", N_("数")
    PERCENT = "percent", N_("百分比")
    MONEY = "money", N_("金额")


TEXT, DAY, MOMENT, NUMBER, PERCENT, MONEY = ColumnKind


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its label (msgid) and how its value is had from a row.

    `is_private` columns are masked (kernel.pii) unless the table lets the actor see them. `width` in characters.
    """

    label: str
    value: Callable[[Any], Value]
    kind: ColumnKind = TEXT
    is_private: bool = False
    width: int = 0


def nothing_asked(actor: Actor, params: Params) -> Asked:
    """A list without filters."""
    return ()


def nobody(actor: Actor) -> bool:
    """Private columns stay masked for all."""
    return False


def everyone(actor: Actor) -> bool:
    """The list is public."""
    return True


def signed_in(actor: Actor) -> bool:
    """The list is for whoever is signed in (one's own notices)."""
    return not actor.is_anonymous


def wearing(*roles: str) -> Who:
    """The list is for those whose worn hat gives any of these roles."""

    def who(actor: Actor) -> bool:
        return actor.has(*roles)

    return who


@dataclass(frozen=True, slots=True)
class Table:
    """A list that may go out.

    `who` opens it, as the page's gate does; what of it this person sees is up to `rows`, which raises NotFound for
    what is not theirs. `personal`: it leaves only for a reason, which is kept. `asked` puts the filters into words.
    """

    name: str
    label: str
    columns: tuple[Column, ...]
    rows: Callable[[Actor, Params], Iterator[Any]]
    who: Who
    personal: bool = False
    definition: str = ""
    asked: Callable[[Actor, Params], Asked] = nothing_asked
    sees_private: Who = nobody


_tables: dict[str, Table] = {}


def register(*tables: Table) -> None:
    """Offer lists; registering a name again replaces."""
    for table in tables:
        _tables[table.name] = table


def all() -> list[Table]:  # noqa: A001  `tables.all()` reads well, and nobody imports it alone
    """All lists by name."""
    return [_tables[name] for name in sorted(_tables)]


def get(name: str) -> Table:
    """The list of that name; NotFound if there is none."""
    found = _tables.get(name)
    if found is None:
        raise NotFound("exchange.no_table")
    return found


def walk(fetch: Callable[[C | None], tuple[Sequence[R], C | None]]) -> Iterator[R]:
    """All rows of a list fetched by key: `fetch(cursor)` answers a batch and the next cursor, empty at the end."""
    after: C | None = None
    while True:
        rows, after = fetch(after)
        yield from rows
        if not after:
            return
