"""By when: every clock of domain.md 1.5 as a setting, and how a deadline follows from it."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from openrenda.kernel import deadlines
from openrenda.kernel.deadlines import Deadline
from openrenda.kernel.parameters import Kind, Parameter, declare, number
from openrenda.kernel.text import N_
from openrenda.kernel.workdays import Calendar
from openrenda.liaison.states import ClockKind, RouteLevel

_PLACE = N_("本地规定（domain.md 1.5）")


def _workdays(key: str, default: int, description: str, maximum: int = 60) -> Parameter:
    return declare(key, default, Kind.INT, description, _PLACE, minimum=1, maximum=maximum)


REGISTER = _workdays("opinion.register_workdays", 1, N_("登记群众意见的期限（工作日）"))
DECISION = _workdays("opinion.decision_workdays", 3, N_("告知群众是否受理的期限（工作日）"))
REFERRAL = _workdays("opinion.referral_workdays", 5, N_("登记后分类转办的期限（工作日）"))
SIGN = _workdays("opinion.sign_workdays", 2, N_("承办单位签收或退回的期限（工作日）"))
HANDLE_COMMUNITY = _workdays("opinion.handle_community_workdays", 7, N_("社区办理期限（工作日）"))
HANDLE_STREET = _workdays("opinion.handle_street_workdays", 10, N_("街道办理期限（工作日）"))
HANDLE_DEPARTMENT = _workdays("opinion.handle_department_workdays", 15, N_("区直部门办理期限（工作日）"))
HANDLE_ORGAN = _workdays("opinion.handle_organ_workdays", 15, N_("法院、检察院、监委办理期限（工作日）"))
EXTENSION = _workdays("opinion.extension_workdays", 15, N_("复杂事项最多延期（工作日），只能延一次"))
FEEDBACK = _workdays("opinion.feedback_workdays", 3, N_("有结果后反馈群众的期限（工作日）"))
REVISIT = _workdays("opinion.revisit_workdays", 10, N_("反馈后回访的期限（工作日）"))
RATING = declare(
    "opinion.rating_days",
    7,
    Kind.INT,
    N_("群众评价期（自然日）；期满未评价按未评价办结"),
    _PLACE,
    minimum=3,
    maximum=60,
)
URGENT = declare(
    "opinion.urgent_days", 1, Kind.INT, N_("紧急（安全）事项的办理期限（自然日，24小时）"), _PLACE, minimum=1, maximum=3
)
SAMPLE = declare(
    "opinion.revisit_sample_percent",
    20,
    Kind.INT,
    N_("非不满意件的回访抽样比例（%）；不满意件全部回访"),
    _PLACE,
    minimum=0,
    maximum=100,
)
TRACK_PER_NUMBER = declare(
    "opinion.track_tries_per_number", 10, Kind.INT, N_("每小时同一编号最多试几次查询码"), _PLACE, minimum=3, maximum=100
)
TRACK_PER_ORIGIN = declare(
    "opinion.track_tries_per_origin",
    30,
    Kind.INT,
    N_("每小时同一网络最多试几次查询码"),
    _PLACE,
    minimum=5,
    maximum=1000,
)
NOTICE = declare(
    "reception.notice_days",
    3,
    Kind.INT,
    N_("接待日提前几天公告（自然日）；晚于此须写明理由"),
    N_("地方代表接待制度"),
    minimum=1,
    maximum=15,
)
MIN_PER_DEPUTY = declare(
    "reception.min_per_deputy_year",
    2,
    Kind.INT,
    N_("每位代表每年至少接待几次"),
    N_("地方代表接待制度"),
    minimum=1,
    maximum=12,
)
RETENTION = declare(
    "privacy.retention_years",
    5,
    Kind.INT,
    N_("办结意见的个人信息保存几年"),
    N_("个人信息保护法第十九条；本地规定"),
    minimum=1,
    maximum=30,
)

_HANDLE = {
    RouteLevel.COMMUNITY: HANDLE_COMMUNITY,
    RouteLevel.STREET: HANDLE_STREET,
    RouteLevel.DEPARTMENT: HANDLE_DEPARTMENT,
    RouteLevel.ORGAN: HANDLE_ORGAN,
}
_SIMPLE = {
    ClockKind.REGISTER: REGISTER,
    ClockKind.DECISION: DECISION,
    ClockKind.REFERRAL: REFERRAL,
    ClockKind.SIGN: SIGN,
    ClockKind.FEEDBACK: FEEDBACK,
    ClockKind.REVISIT: REVISIT,
}


@dataclass(frozen=True, slots=True)
class Span:
    """How long, counted how, by which setting."""

    length: int
    in_workdays: bool
    basis: str


def span(kind: ClockKind, congress_id: int, *, level: RouteLevel | None = None, is_urgent: bool = False) -> Span:
    """The length in force now. One query (two for the resident's answer)."""
    if kind is ClockKind.RATING:
        return Span(number(RATING, congress_id), in_workdays=False, basis=RATING.key)
    if kind is ClockKind.HANDLE:
        return _handling(congress_id, level, is_urgent=is_urgent)
    if kind is ClockKind.ANSWER:
        unit = _handling(congress_id, level, is_urgent=is_urgent)
        return Span(
            unit.length + number(FEEDBACK, congress_id), in_workdays=True, basis=f"{unit.basis} + {FEEDBACK.key}"
        )
    setting = _SIMPLE[kind]
    return Span(number(setting, congress_id), in_workdays=True, basis=setting.key)


def _handling(congress_id: int, level: RouteLevel | None, *, is_urgent: bool) -> Span:
    if is_urgent:
        return Span(number(URGENT, congress_id), in_workdays=False, basis=URGENT.key)
    # What the station answered itself is reworked within the community's term, the nearest level there is.
    setting = _HANDLE[level or RouteLevel.COMMUNITY]
    return Span(number(setting, congress_id), in_workdays=True, basis=setting.key)


class ClockLike(Protocol):
    """What a stored clock knows of its own making."""

    starts_on: date
    length: int
    in_workdays: bool
    basis: str


def deadline(starts_on: date, length: int, cal: Calendar, basis: str, *, in_workdays: bool) -> Deadline:
    """The day. What is counted in calendar days (24 hours for safety, the window for rating) does not wait for offices
    to open."""
    if in_workdays:
        return deadlines.workdays(starts_on, length, cal, basis)
    return deadlines.days(starts_on, length, cal, basis, roll=False)


def deadline_of(row: ClockLike, cal: Calendar) -> Deadline:
    """The deadline computed again from what the row kept: shows the steps, and what a new calendar would make of it."""
    return deadline(row.starts_on, row.length, cal, row.basis, in_workdays=row.in_workdays)
