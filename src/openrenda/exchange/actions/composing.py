"""A list becomes a file: what stands in 说明 (the watermark), the columns, the rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from openrenda.exchange import selectors
from openrenda.exchange.states import Format
from openrenda.exchange.tables import Params, Table, Value
from openrenda.exchange.writing import csv_lines, xlsx
from openrenda.exchange.writing.plan import About, Head, at_most, counted
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.orgs.models import Congress
from openrenda.ui.filters import t

NO_FILTERS = N_("没有筛选，全部")
ONLY_YOURS = N_("只含导出人按其岗位可以看到的内容。请妥善保管，不得另作他用。")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be taken out: which list, with which filters, in which form, and why."""

    table: Table
    params: Params
    form: Format
    reason: str = ""


def head_row(table: Table) -> list[Head]:
    """The columns in the reader's language. No query."""
    labels = selectors.heads(table)
    return [Head(label, column.kind, column.width) for label, column in zip(labels, table.columns, strict=True)]


def compose(
    wanted: Wanted,
    actor: Actor,
    file: BinaryIO,
    *,
    number: int | None = None,
    progress: Callable[[int], None] | None = None,
    limit: int | None = None,
) -> int:
    """Write the list into `file`; the number of rows. TooLong where there are more than `limit`.

    `number` is that of the export, `progress` is told the rows so far.
    """
    rows: Iterable[list[Value]] = selectors.lines(wanted.table, actor, wanted.params)
    rows = counted(rows if limit is None else at_most(rows, limit), progress)
    heads = head_row(wanted.table)
    if wanted.form is Format.XLSX:
        return xlsx.write(file, about(wanted, actor, number), heads, rows)
    return csv_lines.write(file, heads, rows, wanted.form)


def about(wanted: Wanted, actor: Actor, number: int | None = None) -> About:
    """What, by which filters, who, when, why. One query."""
    at, table = clock.now(), wanted.table
    notes = (
        (N_("内容"), t(table.label)),
        (N_("口径"), t(table.definition)),
        (N_("筛选"), filters_in_words(wanted, actor) or t(NO_FILTERS)),
        (N_("导出人"), f"{actor.name}（{actor.urn}）"),
        (N_("导出时间"), f"{at:%Y-%m-%d %H:%M}"),
        (N_("导出理由"), wanted.reason),
        (N_("导出编号"), "" if number is None else str(number)),
        (N_("系统"), f"{_house(actor)} OpenRenda {settings.BASE_URL}"),
        (N_("请注意"), "" if actor.is_anonymous else t(ONLY_YOURS)),
    )
    return About(
        title=t(table.label),
        by=actor.urn,
        by_name=actor.name,
        at=at,
        notes=[(t(label), words) for label, words in notes if words],
        rows_label=t(N_("行数")),
    )


def _house(actor: Actor) -> str:
    return Congress.objects.filter(pk=actor.congress_id).values_list("name", flat=True).first() or ""


def filters_in_words(wanted: Wanted, actor: Actor) -> str:
    """类别：道路交通；状态：正在办理. At most a query per filter."""
    said = selectors.asked_words(wanted.table, actor, wanted.params)
    return "；".join(f"{label}：{words}" for label, words in said)


def file_name(wanted: Wanted) -> str:
    """群众意见-20250310-0900.xlsx"""
    return f"{t(wanted.table.label)}-{clock.now():%Y%m%d-%H%M}.{wanted.form.suffix}"
