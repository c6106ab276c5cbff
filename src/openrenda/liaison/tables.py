"""The lists of this slice that may be taken out, each as its page shows it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from openrenda.exchange.tables import (
    BATCH,
    DAY,
    MOMENT,
    NUMBER,
    Asked,
    Column,
    Params,
    Table,
    Value,
    everyone,
    register,
    walk,
    wearing,
)
from openrenda.kernel.actor import Actor
from openrenda.kernel.deadlines import Lamp
from openrenda.kernel.text import N_
from openrenda.liaison import selectors
from openrenda.liaison.rules.who import DESK_ROLES, HANDLERS
from openrenda.liaison.selectors import Page, asked, desks, facets
from openrenda.liaison.selectors.holding import LANES, holder
from openrenda.liaison.selectors.rows import DeputyRow, InboxRow, PublishedRow, ReceptionRow, StationRow
from openrenda.liaison.states import Solved
from openrenda.ui.filters import t

R = TypeVar("R")
STREET, STATION, STATE, WORDS = N_("街道"), N_("联络站"), N_("状态"), N_("查找")


def _all(fetch: Callable[[str], Page[R]]) -> Iterator[R]:
    """Every row of a list that is paged by key."""

    def batch(after: str | None) -> tuple[Sequence[R], str]:
        found = fetch(after or "")
        return found.rows, found.next

    return walk(batch)


def _chosen(choices: Sequence[tuple[int, str]], pk: int | None) -> str:
    """The name of the answer; an unknown one is at least said."""
    return "" if pk is None else dict(choices).get(pk, str(pk))


# -- what everybody may read -------------------------------------------------------------------------------------------


def _published(actor: Actor, params: Params) -> Iterator[PublishedRow]:
    narrowed = asked.published(params)
    return _all(lambda after: selectors.published(congress_id=actor.congress_id, **narrowed, after=after, size=BATCH))


def _published_asked(actor: Actor, params: Params) -> Asked:
    narrowed = asked.published(params)
    return (
        (WORDS, narrowed["q"]),
        (N_("年份"), str(narrowed["year"] or "")),
        (STATE, narrowed["state"]),
        (STREET, _chosen(facets.streets(actor.congress_id), narrowed["street_id"])),
        (N_("类别"), _chosen(facets.categories(actor.congress_id), narrowed["category_id"])),
    )


def _solved(row: PublishedRow) -> Value:
    return None if row.solved is Solved.UNKNOWN else row.solved


PUBLISHED = Table(
    name="liaison.published",
    label=N_("公开的群众意见"),
    definition=N_("经反映人同意、审核后公开的摘要。反映人数含并入的意见。"),
    who=everyone,
    rows=_published,
    asked=_published_asked,
    columns=(
        Column(N_("编号"), lambda row: row.number),
        Column(N_("标题"), lambda row: row.title, width=40),
        Column(STATE, lambda row: row.state),
        Column(N_("是否解决"), _solved),
        Column(N_("类别"), lambda row: row.category),
        Column(STREET, lambda row: row.street),
        Column(STATION, lambda row: row.station),
        Column(N_("提出日期"), lambda row: row.submitted_on, DAY),
        Column(N_("公开时间"), lambda row: row.published_at, MOMENT),
        Column(N_("反映人数"), lambda row: row.residents, NUMBER),
    ),
)


def _stations(actor: Actor, params: Params) -> Iterator[StationRow]:
    narrowed = asked.stations(params)
    return _all(lambda after: selectors.stations(congress_id=actor.congress_id, **narrowed, after=after, size=BATCH))


def _stations_asked(actor: Actor, params: Params) -> Asked:
    narrowed = asked.stations(params)
    return (
        (WORDS, narrowed["q"]),
        (STREET, _chosen(facets.streets(actor.congress_id), narrowed["street_id"])),
    )


STATIONS = Table(
    name="liaison.stations",
    label=N_("代表联络站"),
    definition=N_("本区的人大代表联络站。"),
    who=everyone,
    rows=_stations,
    asked=_stations_asked,
    columns=(
        Column(N_("编号"), lambda row: row.code),
        Column(N_("名称"), lambda row: row.name, width=28),
        Column(STREET, lambda row: row.street),
        Column(N_("地址"), lambda row: row.address, width=36),
        Column(N_("电话"), lambda row: row.phone),
        Column(N_("固定接待日"), lambda row: row.reception_text),
        Column(N_("下次接待"), lambda row: row.next_reception, MOMENT),
        Column(N_("代表人数"), lambda row: row.deputies, NUMBER),
    ),
)


def _deputies(actor: Actor, params: Params) -> Iterator[DeputyRow]:
    narrowed = asked.deputies(params)
    return _all(lambda after: selectors.deputies(congress_id=actor.congress_id, **narrowed, after=after, size=BATCH))


def _deputies_asked(actor: Actor, params: Params) -> Asked:
    narrowed = asked.deputies(params)
    return (
        (WORDS, narrowed["q"]),
        (STREET, _chosen(facets.streets(actor.congress_id), narrowed["street_id"])),
        (N_("代表团"), _chosen(facets.delegations(actor.congress_id), narrowed["delegation_id"])),
    )


DEPUTIES = Table(
    name="liaison.deputies",
    label=N_("人大代表"),
    definition=N_("今天在任的代表，只含依法公开的内容（代表法第五十八条）。"),
    who=everyone,
    rows=_deputies,
    asked=_deputies_asked,
    columns=(
        Column(N_("代码"), lambda row: row.code),
        Column(N_("姓名"), lambda row: row.name),
        Column(N_("代表团"), lambda row: row.delegation),
        Column(N_("选区"), lambda row: row.constituency),
        Column(STATION, lambda row: row.station_name, width=28),
        Column(N_("常委会职务"), lambda row: row.sc_post),
    ),
)

# -- the workbench -----------------------------------------------------------------------------------------------------


def _inbox(actor: Actor, params: Params) -> Iterator[InboxRow]:
    narrowed = asked.inbox(params)
    return _all(lambda after: selectors.inbox(actor=actor, **narrowed, after=after, size=BATCH))


def _inbox_asked(actor: Actor, params: Params) -> Asked:
    narrowed = asked.inbox(params)
    return ((N_("轮到谁"), t(LANES[narrowed["lane"]])), (WORDS, narrowed["q"]), (STATE, narrowed["state"]))


def _lamp(row: InboxRow) -> Value:
    return None if row.lamp is Lamp.NONE else row.lamp


INBOX = Table(
    name="liaison.inbox",
    label=N_("群众意见（工作台）"),
    definition=N_("按现在的岗位可以看到的意见。剩余工作日为负数的已经逾期。"),
    who=wearing(*HANDLERS),
    personal=True,
    rows=_inbox,
    asked=_inbox_asked,
    columns=(
        Column(N_("编号"), lambda row: row.number),
        Column(N_("标题"), lambda row: row.title, width=40),
        Column(N_("紧急"), lambda row: row.is_urgent),
        Column(STATE, lambda row: row.state),
        Column(N_("期限"), lambda row: row.due_on, DAY),
        Column(N_("剩余工作日"), lambda row: row.days_left, NUMBER),
        Column(N_("期限状态"), _lamp),
        Column(N_("等谁"), lambda row: t(holder(row))),
        Column(N_("类别"), lambda row: row.category),
        Column(STATION, lambda row: row.station),
        Column(N_("答复群众的期限"), lambda row: row.answer_due, DAY),
    ),
)


def _receptions(actor: Actor, params: Params) -> Iterator[ReceptionRow]:
    desk, is_past = desks.desk(actor, params.get("station", "")), asked.is_past(params)
    return _all(
        lambda after: desks.station_receptions(station_id=desk.station_id, is_past=is_past, after=after, size=BATCH)
    )


def _receptions_asked(actor: Actor, params: Params) -> Asked:
    when = N_("已经过去") if asked.is_past(params) else N_("将要举行")
    return ((STATION, desks.desk(actor, params.get("station", "")).name), (N_("时间"), t(when)))


RECEPTIONS = Table(
    name="liaison.receptions",
    label=N_("接待日"),
    definition=N_("一个联络站的接待日，含还没有公告的。预约只有数目，没有姓名。"),
    who=wearing(*DESK_ROLES),
    rows=_receptions,
    asked=_receptions_asked,
    columns=(
        Column(N_("开始"), lambda row: row.starts_at, MOMENT),
        Column(N_("结束"), lambda row: row.ends_at, MOMENT),
        Column(STATE, lambda row: row.state),
        Column(N_("代表"), lambda row: row.deputies, width=28),
        Column(N_("缺代表"), lambda row: row.needs_substitute),
        Column(N_("预约"), lambda row: row.bookings, NUMBER),
        Column(N_("地点"), lambda row: row.place, width=28),
        Column(N_("变动说明"), lambda row: row.moved_note, width=28),
    ),
)


def offer() -> None:
    """Called once in ready."""
    register(PUBLISHED, STATIONS, DEPUTIES, INBOX, RECEPTIONS)
