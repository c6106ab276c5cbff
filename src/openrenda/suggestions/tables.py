"""The lists of this slice that may be taken out, each as its page shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
from openrenda.kernel.errors import NotFound
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.suggestions import selectors
from openrenda.suggestions.models import LookBack, LookBackBatch, Suggestion
from openrenda.suggestions.rules import readers
from openrenda.suggestions.selectors import asked, cosigning, desk
from openrenda.suggestions.selectors.desk import BulkRow, RegisterRow
from openrenda.suggestions.selectors.rows import FacetValue, InboxRow, ListRow, PromiseRow
from openrenda.suggestions.states import Importance, LookBackCause, LookBackVerdict, State
from openrenda.ui.filters import t

MOST = 5000
"""Lines of a workbench's lane, which are gathered from several places and so cannot be fetched by key."""

NUMBER_, TITLE, STATE, UNIT, LEAD, CATEGORY, DUE = (
    N_("编号"), N_("标题"), N_("办理状态"), N_("承办单位"), N_("领衔代表"), N_("类别"), N_("期限"),
)  # fmt: skip
WORDS, YEAR = N_("查找"), N_("年度")
BULK_LABELS = {"assign": N_("交办日"), "distribute": N_("分办"), "sign_for": N_("签收"), "release": N_("公开")}


def _lamp(row: ListRow | InboxRow | RegisterRow | PromiseRow) -> Value:
    return None if row.lamp is Lamp.NONE else row.lamp


def _answer(values: Sequence[FacetValue], given: object) -> str:
    """The name of the answer; an unknown one is at least said."""
    return "" if given is None else {one.value: one.label for one in values}.get(str(given), str(given))


# -- what everybody may read -------------------------------------------------------------------------------------------


def _public(actor: Actor, params: Params) -> Iterator[ListRow]:
    filters = asked.filters(params)

    def batch(after: int | None) -> tuple[Sequence[ListRow], int | None]:
        found = selectors.public_list(actor.congress_id, filters, after=after, size=BATCH)
        return found.rows, found.next_after

    return walk(batch)


def _public_asked(actor: Actor, params: Params) -> Asked:
    filters = asked.filters(params)
    known = selectors.facets(actor.congress_id, filters.year)
    return (
        (WORDS, filters.text),
        (YEAR, str(filters.year or "")),
        (N_("会议"), _answer(known.sessions, filters.session_id)),
        (STATE, filters.state),
        (N_("办理结果"), filters.reply_class),
        (CATEGORY, _answer(known.categories, filters.category_id)),
        (UNIT, _answer(known.units, filters.unit_id)),
        (N_("代表团"), _answer(known.delegations, filters.delegation_id)),
        (N_("重点督办"), t(N_("只看重点督办")) if filters.key_only else ""),
    )


PUBLIC = Table(
    name="suggestions.index",
    label=N_("代表建议"),
    definition=N_("已接收编号的代表建议。标题不公开的只有编号和办理情况。"),
    who=everyone,
    rows=_public,
    asked=_public_asked,
    columns=(
        Column(NUMBER_, lambda row: row.number),
        Column(TITLE, lambda row: row.title or t(N_("标题不公开")), width=44),
        Column(CATEGORY, lambda row: row.category),
        Column(LEAD, lambda row: t(row.lead)),
        Column(UNIT, lambda row: row.unit),
        Column(STATE, lambda row: row.state),
        Column(N_("办理结果"), lambda row: row.reply_class),
        Column(N_("重点督办"), lambda row: None if row.importance is Importance.NORMAL else row.importance),
        Column(N_("提出日期"), lambda row: row.submitted_on, DAY),
        Column(DUE, lambda row: row.due, DAY),
        Column(N_("期限状态"), _lamp),
    ),
)

# -- the workbench -----------------------------------------------------------------------------------------------------


def _inbox(actor: Actor, params: Params) -> Iterator[InboxRow]:
    found = selectors.inbox(actor, limit=MOST)
    return iter({"mine": found.mine, "waiting": found.waiting, "done": found.done}[asked.lane(params)])


INBOX = Table(
    name="suggestions.inbox",
    label=N_("建议办理"),
    definition=N_("按现在的岗位，等您办、等别人办或者最近办过的建议。"),
    who=wearing(*readers.READERS),
    rows=_inbox,
    asked=lambda _actor, params: ((N_("分组"), t(asked.LANES[asked.lane(params)])),),
    columns=(
        Column(NUMBER_, lambda row: row.number),
        Column(TITLE, lambda row: row.title, width=44),
        Column(N_("要做什么"), lambda row: t(row.turn), width=28),
        Column(UNIT, lambda row: row.unit),
        Column(LEAD, lambda row: row.lead),
        Column(DUE, lambda row: row.due, DAY),
        Column(N_("剩余工作日"), lambda row: row.days_left, NUMBER),
        Column(N_("期限状态"), _lamp),
        Column(N_("办完日期"), lambda row: row.done_on, DAY),
        Column(STATE, lambda row: row.state),
    ),
)


def _register(actor: Actor, params: Params) -> Iterator[RegisterRow]:
    narrowed = asked.register(params)

    def batch(after: int | None) -> tuple[Sequence[RegisterRow], int | None]:
        found = desk.register(actor, **narrowed, after=after, size=BATCH)
        return found.rows, found.next_after

    return walk(batch)


def _register_asked(actor: Actor, params: Params) -> Asked:
    narrowed = asked.register(params)
    units = selectors.facets(actor.congress_id).units if narrowed["unit_id"] else ()
    return (
        (WORDS, narrowed["text"]),
        (YEAR, str(narrowed["year"] or "")),
        (STATE, narrowed["state"]),
        (UNIT, _answer(units, narrowed["unit_id"])),
    )


REGISTER = Table(
    name="suggestions.register",
    label=N_("全部建议"),
    definition=N_("现在的岗位可以打开的全部建议，新的在前。剩余工作日为负数的已经逾期。"),
    who=wearing(*readers.OFFICES),
    rows=_register,
    asked=_register_asked,
    columns=(
        Column(NUMBER_, lambda row: row.number),
        Column(TITLE, lambda row: row.title, width=44),
        Column(STATE, lambda row: row.state),
        Column(UNIT, lambda row: row.unit),
        Column(LEAD, lambda row: row.lead),
        Column(CATEGORY, lambda row: row.category),
        Column(N_("分类"), lambda row: row.reply_class),
        Column(DUE, lambda row: row.due, DAY),
        Column(N_("剩余工作日"), lambda row: row.days_left, NUMBER),
        Column(N_("期限状态"), _lamp),
    ),
)


def _promises(actor: Actor, params: Params) -> Iterator[PromiseRow]:
    narrowed = asked.ledger(actor, params)

    def batch(after: tuple[str, int] | None) -> tuple[Sequence[PromiseRow], tuple[str, int] | None]:
        found = selectors.promise_ledger(actor.congress_id, **narrowed, after=after, size=BATCH)
        return found, (found[-1].deadline.isoformat(), found[-1].id) if len(found) == BATCH else None

    return walk(batch)


def _promises_asked(actor: Actor, params: Params) -> Asked:
    narrowed = asked.ledger(actor, params)
    units = selectors.facets(actor.congress_id).units if narrowed["unit_id"] else ()
    return (
        (N_("落实情况"), t(N_("还要落实的")) if narrowed["open_only"] else narrowed["state"]),
        (YEAR, str(narrowed["year"] or "")),
        (UNIT, _answer(units, narrowed["unit_id"])),
    )


PROMISES = Table(
    name="suggestions.promises",
    label=N_("承诺台账"),
    definition=N_("答复里承诺的事项，按期限排列。"),
    who=wearing(*readers.READERS),
    rows=_promises,
    asked=_promises_asked,
    columns=(
        Column(N_("承诺事项"), lambda row: row.content, width=44),
        Column(N_("单位"), lambda row: row.unit),
        Column(N_("建议编号"), lambda row: row.number),
        Column(N_("建议标题"), lambda row: row.title, width=36),
        Column(N_("最初期限"), lambda row: row.first_deadline, DAY),
        Column(DUE, lambda row: row.deadline, DAY),
        Column(N_("剩余工作日"), lambda row: row.days_left, NUMBER),
        Column(N_("期限状态"), _lamp),
        Column(N_("落实情况"), lambda row: row.state),
        Column(N_("最近报告"), lambda row: row.reported_on, DAY),
        Column(N_("调整次数"), lambda row: row.change_count, NUMBER),
        Column(N_("台账年度"), lambda row: row.ledger_year, NUMBER),
    ),
)


@dataclass(frozen=True, slots=True)
class _Look:
    """A line of a look-back with the drawing it belongs to."""

    batch: LookBackBatch
    row: LookBack

    @property
    def suggestion(self) -> Suggestion:
        return self.row.suggestion


def _look_backs(actor: Actor, _params: Params) -> Iterator[_Look]:
    return (_Look(batch, row) for batch in desk.look_back_batches(actor) for row in batch.look_backs.all())


LOOK_BACKS = Table(
    name="suggestions.look_backs",
    label=N_("回头看"),
    definition=N_("各年度抽取的回头看名单，抽签种子可供复核。"),
    who=wearing(*readers.LOOK_BACK),
    rows=_look_backs,
    columns=(
        Column(YEAR, lambda one: one.batch.year, NUMBER),
        Column(N_("建议编号"), lambda one: one.suggestion.key),
        Column(N_("建议"), lambda one: one.suggestion.title, width=44),
        Column(N_("单位"), lambda one: str(one.suggestion.main_unit or "")),
        Column(N_("为什么看"), lambda one: LookBackCause(one.row.cause)),
        Column(N_("结论"), lambda one: LookBackVerdict(one.row.verdict) if one.row.verdict else None),
        Column(N_("去看的日期"), lambda one: one.row.checked_on, DAY),
        Column(N_("抽取时间"), lambda one: one.batch.drawn_at, MOMENT),
        Column(N_("抽签种子"), lambda one: one.batch.seed),
    ),
)


def _bulk_rows(actor: Actor, params: Params) -> Iterator[BulkRow]:
    name = params.get("desk", "")
    if not actor.has(*readers.BULK.get(name, ())):
        raise NotFound("exchange.no_table")
    return iter(desk.BULK[name](actor))


BULK = Table(
    name="suggestions.bulk",
    label=N_("批量办理"),
    definition=N_("等待交办、分办、签收或公开的建议。"),
    who=wearing(*{role for roles in readers.BULK.values() for role in roles}),
    rows=_bulk_rows,
    asked=lambda _actor, params: ((N_("表格"), t(BULK_LABELS.get(params.get("desk", "")))),),
    columns=(
        Column(NUMBER_, lambda row: row.number),
        Column(TITLE, lambda row: row.title, width=44),
        Column(N_("单位"), lambda row: row.plan, width=28),
        Column(LEAD, lambda row: row.lead),
        Column(DUE, lambda row: row.by, DAY),
        Column(N_("能不能办"), lambda row: t(row.problem) or t(N_("可以办")), width=36),
    ),
)


def _my_rows(actor: Actor, _params: Params) -> Iterator[Suggestion]:
    """As the page: what is in the making, then what is filed."""
    rows = cosigning.my_suggestions(actor, size=MOST)
    return iter([*cosigning.in_the_making(rows), *cosigning.filed(rows)])


MINE = Table(
    name="suggestions.mine",
    label=N_("我的建议"),
    definition=N_("领衔的和联名的建议，草稿在前。"),
    who=wearing(Role.DEPUTY),
    rows=_my_rows,
    columns=(
        Column(NUMBER_, lambda row: row.key),
        Column(TITLE, lambda row: row.title, width=44),
        Column(STATE, lambda row: State(row.state)),
        Column(LEAD, lambda row: row.lead.person.name),
        Column(UNIT, lambda row: str(row.main_unit or "")),
        Column(N_("提出时间"), lambda row: row.submitted_at, MOMENT),
        Column(N_("修改时间"), lambda row: row.updated_at, MOMENT),
    ),
)


def offer() -> None:
    """Called once in ready."""
    register(PUBLIC, INBOX, REGISTER, PROMISES, LOOK_BACKS, BULK, MINE)
