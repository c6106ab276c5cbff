"""The tables behind the charts of a board, to be taken out as they are shown."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from openrenda.exchange.tables import NUMBER, Column, Params, Table, everyone, register, wearing
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_

from .period import Period, period
from .selectors import boards
from .selectors.boards import READERS, WHOLE_DISTRICT, Board, Narrow
from .selectors.opinions import Hot, Month, OpinionFigures
from .selectors.suggestions import SuggestionFigures
from .waiting import DAYS, WORKDAYS, Bin, bins

Half = OpinionFigures | SuggestionFigures
Of = Callable[[Half], Iterable[Any]]

MONTHS = (
    Column(N_("月份"), lambda row: f"{row.first:%Y-%m}"),
    Column(N_("收到"), lambda row: row.received, NUMBER),
    Column(N_("答复"), lambda row: row.answered, NUMBER),
    Column(N_("办结"), lambda row: row.closed, NUMBER),
    Column(N_("已解决"), lambda row: row.solved, NUMBER),
)
HOT = (
    Column(N_("类别"), lambda row: row.category),
    Column(N_("地方"), lambda row: row.place),
    Column(N_("件数"), lambda row: row.count, NUMBER),
)
WAITS = (
    Column(N_("最少天数"), lambda row: row.low, NUMBER),
    Column(N_("最多天数"), lambda row: row.high, NUMBER),
    Column(N_("已答复"), lambda row: row.done, NUMBER),
    Column(N_("还在等"), lambda row: row.waiting, NUMBER),
)


def _months(half: Half) -> Iterable[Month]:
    return half.months


def _hot(half: Half) -> Iterable[Hot]:
    return sorted(half.hot, key=lambda one: (-one.count, one.category, one.place))


def _waits(half: Half) -> Iterable[Bin]:
    return bins(half.waiting, WORKDAYS if isinstance(half, OpinionFigures) else DAYS)


PARTS: tuple[tuple[str, str, tuple[Column, ...], Of], ...] = (
    ("months", N_("每月件数"), MONTHS, _months),
    ("hot", N_("类别和地方"), HOT, _hot),
    ("waits", N_("等了多久"), WAITS, _waits),
)


def _id(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None


def _public(actor: Actor, when: Period, narrow: Narrow) -> Board:
    return boards.public_board(actor.congress_id, when, narrow)


def _work(actor: Actor, when: Period, narrow: Narrow) -> Board:
    """As the page: only those who see the whole district may narrow it."""
    return boards.work_board(actor, when, narrow if actor.has(*WHOLE_DISTRICT) else Narrow())


def _rows(
    board: Callable[[Actor, Period, Narrow], Board], what: str, part: Of
) -> Callable[[Actor, Params], Iterator[Any]]:
    def rows(actor: Actor, params: Params) -> Iterator[Any]:
        narrow = Narrow(_id(params.get("street", "")), _id(params.get("unit", "")))
        found = board(actor, period(params.get("period", ""), clock.today()), narrow)
        half: Half | None = found.opinions if what == "opinions" else found.suggestions
        return iter(part(half) if half is not None else ())

    return rows


def offer() -> None:
    """Called once in ready: each part of each half, of the public board and of the workbench's."""
    for side, board, who in (("public", _public, everyone), ("work", _work, wearing(*READERS))):
        for what in ("opinions", "suggestions"):
            for name, label, columns, part in PARTS:
                full = f"reports.{side}_{what}_{name}"
                register(Table(name=full, label=label, columns=columns, rows=_rows(board, what, part), who=who))
