"""Rows of opinions.csv and suggestions.csv as values: parsed and cross-checked, not yet acted upon."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from openrenda.suggestions.rules.register_cells import (
    BadText,
    RehandleCell,
    ReturnCell,
    rehandled,
    returned,
    split_text,
)

from .institution import Institution
from .reading import BadCell, Row

OPINION_COLUMNS = (
    "编号",
    "提交时间",
    "渠道",
    "联络站",
    "反映人",
    "手机",
    "是否公开",
    "类别",
    "标题",
    "内容",
    "经度",
    "纬度",
    "接待代表",
    "处理方式",
    "处理单位",
    "处理说明",
    "办结时间",
    "群众评价",
)
SUGGESTION_COLUMNS = (
    "编号",
    "提出场合",
    "提出日期",
    "标题",
    "类别",
    "正文",
    "领衔代表",
    "联名代表",
    "来源意见",
    "承办主体",
    "主办单位",
    "会办单位",
    "交办日期",
    "办理期限",
    "签收日期",
    "退办",
    "沟通方式",
    "沟通日期",
    "答复日期",
    "答复分类",
    "答复正文",
    "承诺事项",
    "承诺期限",
    "态度评价",
    "结果评价",
    "重办",
    "重点督办",
    "督办领导单位",
    "公开",
    "群众回访",
)
ON_THE_SPOT, TO_SUGGESTION, TO_STREET, TO_UNIT = "当场答复", "转为代表建议", "转街道办理", "转部门办理"
GRADES = ("满意", "基本满意", "不满意")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class OpinionRecord:
    """One opinion as the ledger tells it. `stars` is the resident's mark of five, None when not rated."""

    row: Row
    code: str
    at: datetime
    channel: str
    station: str
    name: str
    phone: str
    may_publish: bool
    category: str
    title: str
    content: str
    longitude: float | None
    latitude: float | None
    deputy: str
    way: str
    unit: str
    answer: str
    closed_on: date | None
    stars: int | None


@dataclass(frozen=True, slots=True)
class SuggestionRecord:
    """One suggestion as the register tells it."""

    row: Row
    number: int
    in_session: bool
    filed_on: date
    title: str
    category: str
    problem: str
    proposal: str
    lead: str
    cosigners: tuple[str, ...]
    origins: tuple[str, ...]
    unit: str
    co_units: tuple[str, ...]
    assigned_on: date
    extended: bool
    signed_on: date | None
    returned: ReturnCell | None
    contact_way: str
    contact_on: date | None
    replied_on: date | None
    reply_class: str
    reply: str
    promise: str
    promise_due: date | None
    attitude: str
    result: str
    rehandled: RehandleCell | None
    is_key: bool
    key_unit: str
    is_public: bool
    revisit: str


def opinion_record(row: Row, into: Institution) -> OpinionRecord:
    """Parse and cross-check one opinion; BadCell says which cell and why."""
    way = row.one_of("处理方式", (ON_THE_SPOT, TO_SUGGESTION, TO_STREET, TO_UNIT))
    closed = row.day("办结时间")
    at = row.moment("提交时间")
    if closed is not None and closed < at.date():
        raise BadCell("办结时间", "早于提交时间")
    stars = row.one_of("群众评价", ("", "1", "2", "3", "4", "5"), required=False)
    return OpinionRecord(
        row=row,
        code=row.text("编号"),
        at=at,
        channel=row.one_of("渠道", ("网上", "扫码", "接待日", "电话", "信件", "走访", "12345转入")),
        station=row.known("联络站", into.stations, "联络站表"),
        name=row.text("反映人"),
        phone=row.text("手机"),
        may_publish=row.one_of("是否公开", ("是", "否")) == "是",
        category=row.text("类别", required=True),
        title=row.text("标题", required=True),
        content=row.text("内容", required=True),
        longitude=row.coordinate("经度", 180),
        latitude=row.coordinate("纬度", 90),
        deputy=row.known("接待代表", into.mandates, "代表名册"),
        way=way,
        unit=row.known("处理单位", into.units, "单位表"),
        answer=row.text("处理说明"),
        closed_on=closed,
        stars=int(stars) if stars else None,
    )


def _understood(row: Row, column: str, parse: Callable[[str], V]) -> V:
    try:
        return parse(row.text(column))
    except BadText as bad:
        raise BadCell(column, str(bad)) from None


def _returned(row: Row, into: Institution) -> ReturnCell | None:
    cell = _understood(row, "退办", returned)
    for code in (cell.by, cell.to) if cell else ():
        if code not in into.units:
            raise BadCell("退办", f"单位表中没有编号“{code}”，或那一行没有载入")
    return cell


def suggestion_record(row: Row, into: Institution, opinions: dict[str, OpinionRecord]) -> SuggestionRecord:
    """Parse and cross-check one suggestion; BadCell says which cell and why."""
    problem, proposal = split_text(row.text("正文", required=True))
    filed, assigned = row.needed_day("提出日期"), row.needed_day("交办日期")
    if assigned < filed:
        raise BadCell("交办日期", "早于提出日期")
    replied, reply_class = row.day("答复日期"), row.one_of("答复分类", ("A", "B", "C", "D", ""), required=False)
    if (replied is None) != (reply_class == ""):
        raise BadCell("答复分类", "答复日期和答复分类必须同时有或同时没有")
    if replied is not None and replied < assigned:
        raise BadCell("答复日期", "早于交办日期")
    lead = row.known("领衔代表", into.mandates, "代表名册")
    cosigners = tuple(row.all_known("联名代表", into.mandates, "代表名册"))
    if lead in cosigners:
        raise BadCell("联名代表", "领衔代表不能同时联名")
    return SuggestionRecord(
        row=row,
        number=row.number("编号"),
        in_session=row.one_of("提出场合", ("大会", "闭会")) == "大会",
        filed_on=filed,
        title=row.text("标题", required=True),
        category=row.text("类别", required=True),
        problem=problem,
        proposal=proposal,
        lead=lead,
        cosigners=cosigners,
        origins=tuple(row.all_known("来源意见", opinions, "意见表")),
        unit=row.known("主办单位", into.units, "单位表"),
        co_units=tuple(row.all_known("会办单位", into.units, "单位表")),
        assigned_on=assigned,
        extended=row.one_of("办理期限", ("三个月", "六个月")) == "六个月",
        signed_on=row.day("签收日期"),
        returned=_returned(row, into),
        contact_way=row.one_of("沟通方式", ("面商", "现场办理", "电话", "书面", ""), required=False),
        contact_on=row.day("沟通日期"),
        replied_on=replied,
        reply_class=reply_class,
        reply=row.text("答复正文"),
        promise=row.text("承诺事项"),
        promise_due=row.day("承诺期限"),
        attitude=row.one_of("态度评价", (*GRADES, ""), required=False),
        result=row.one_of("结果评价", (*GRADES, ""), required=False),
        rehandled=_understood(row, "重办", rehandled),
        is_key=row.text("重点督办") == "是",
        key_unit=row.text("督办领导单位"),
        is_public=row.one_of("公开", ("公开", "不公开")) == "公开",
        revisit=row.one_of("群众回访", ("是", "部分", "否", ""), required=False),
    )
