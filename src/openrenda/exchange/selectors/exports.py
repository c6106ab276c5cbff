"""What goes out: the lines of a list as one person sees it, and that person's exports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openrenda.exchange import tables
from openrenda.exchange.errors import NoExport
from openrenda.exchange.models import Export
from openrenda.exchange.states import OPEN_EXPORTS, ExportState
from openrenda.exchange.tables import DAY, Column, Params, Table, Value
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.enums import Labelled
from openrenda.kernel.errors import NotFound
from openrenda.kernel.text import N_
from openrenda.ui.filters import t

PAGE = 30
YES, NO = N_("是"), N_("否")


def table_for(actor: Actor, name: str) -> Table:
    """The list of that name if it is open to this actor; NotFound for what is unknown or not theirs. No query."""
    table = tables.get(name)
    _must_be_open(table, actor)
    return table


def _must_be_open(table: Table, actor: Actor) -> None:
    if not table.who(actor):
        raise NotFound("exchange.no_table")


def heads(table: Table) -> list[str]:
    """The columns' labels in the reader's language. No query."""
    return [t(column.label) for column in table.columns]


def lines(table: Table, actor: Actor, params: Params) -> Iterator[list[Value]]:
    """The whole list as this actor sees it with these filters, one list of cells per row, in the page's order.

    Enumerations are written as labels, moments are those of Shanghai without a zone. NotFound if the list is not
    theirs. As many queries as the page's selector takes, per 500 rows.
    """
    _must_be_open(table, actor)
    columns = _shown_to(table, actor)
    return ([_cell(column, row, hidden=hidden) for column, hidden in columns] for row in table.rows(actor, params))


def _shown_to(table: Table, actor: Actor) -> list[tuple[Column, bool]]:
    sees = table.sees_private(actor)
    return [(column, column.is_private and not sees) for column in table.columns]


def _cell(column: Column, row: Any, *, hidden: bool) -> Value:
    value = plain(column.value(row))
    if column.kind is DAY and isinstance(value, datetime):
        value = value.date()
    return _covered(value) if hidden else value


def plain(value: Value) -> Value:
    """A value as a cell can hold it: words for members of enumerations, for yes and no, and for several words."""
    if isinstance(value, Labelled):
        return t(value.label)
    if isinstance(value, bool):
        return t(YES if value else NO)
    if isinstance(value, datetime):
        return clock.local(value).replace(tzinfo=None, microsecond=0)
    if value is None or isinstance(value, str | int | float | date) or not isinstance(value, Sequence):
        return value
    return "、".join(str(plain(word)) for word in value)


def _covered(value: Value) -> Value:
    """Enough to tell two lines apart, too little to know whom."""
    text = "" if value is None else str(value)
    return f"{text[:1]}**" if text else None


def asked_words(table: Table, actor: Actor, params: Params) -> list[tuple[str, str]]:
    """The filters in words, in the reader's language: (what, which). What was not asked is left out."""
    asked = ((t(label), _said(plain(value))) for label, value in table.asked(actor, params))
    return [(label, words) for label, words in asked if words]


def _said(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


# -- somebody's exports ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExportPage:
    """A page of one's exports, newest first; `before` is the cursor of the next one."""

    rows: list[Export]
    before: int | None


def _of(actor: Actor) -> Any:
    if actor.is_anonymous:
        raise NoExport
    return Export.objects.filter(congress_id=actor.congress_id, by=actor.urn)


def my_exports(actor: Actor, *, before: int | None = None, size: int = PAGE) -> ExportPage:
    """What this person took out, and what is being written. One query."""
    rows = _of(actor)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    return ExportPage(found[:size], found[size - 1].pk if len(found) > size else None)


def export_for(actor: Actor, pk: int) -> Export:
    """One of this person's own; NoExport for anybody else's. One query."""
    row: Export | None = _of(actor).filter(pk=pk).first()
    if row is None:
        raise NoExport
    return row


def open_exports(actor: Actor) -> list[Export]:
    """Those that are waiting or being written. One query."""
    return list(_of(actor).filter(state__in=[str(state) for state in OPEN_EXPORTS]).order_by("pk"))


def over(congress_id: int) -> list[int]:
    """Files whose days are over. One query."""
    rows = Export.objects.filter(congress_id=congress_id, state=ExportState.READY, kept_until__lte=clock.now())
    return list(rows.order_by("pk").values_list("pk", flat=True))
