"""The slice's settings (domain.md 13) and the deadlines made with them."""

from datetime import date

from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import Deadline, days, months, workdays
from openrenda.kernel.parameters import Kind, declare, number, value
from openrenda.kernel.text import N_
from openrenda.kernel.workdays import Calendar

# fmt: off
REPLY_MONTHS = declare(
    "suggestion.reply_months", 3, Kind.INT, N_("答复期限（月）"),
    N_("代表法第五十一条"), fixed=True)
REPLY_MONTHS_EXTENDED = declare(
    "suggestion.reply_months_extended", 6, Kind.INT, N_("延期后的答复期限（月），自首次交办之日起"),
    N_("代表法第五十一条"), fixed=True)
EXTENSION_APPROVER = declare(
    "suggestion.extension_approver", "hub_and_rep", Kind.CHOICE, N_("延期由谁批准"),
    N_("上海市代表建议规定第十九条"),
    choices=("hub_and_rep", "rep"))
RETURN_DAYS = declare(
    "suggestion.return_days", 10, Kind.INT, N_("申请退办的期限（自然日）"),
    N_("河南省代表建议办法第四条"), minimum=5, maximum=10)
ASSIGN_DAYS_CLOSED = declare(
    "suggestion.assign_days_closed", 5, Kind.INT, N_("闭会期间建议的交办期限（工作日）"),
    N_("本地规定"), minimum=1, maximum=7)
SIGN_FOR_DAYS = declare(
    "suggestion.sign_for_days", 3, Kind.INT, N_("承办单位签收期限（工作日）"),
    N_("本地规定"), minimum=1, maximum=5)
COHANDLER_DAYS = declare(
    "suggestion.cohandler_days", 30, Kind.INT, N_("会办意见期限（自然日）"),
    N_("上海市代表建议规定第十七条"), minimum=20, maximum=30)
REHANDLE_DAYS = declare(
    "suggestion.rehandle_days", 30, Kind.INT, N_("重新办理期限（自然日）"),
    N_("河南省代表建议办法第九条"), minimum=30, maximum=60)
FEEDBACK_DAYS = declare(
    "suggestion.feedback_days", 15, Kind.INT, N_("代表反馈期限（自然日）"),
    N_("本地规定"), minimum=7, maximum=30)
FEEDBACK_REMINDER_DAYS = declare(
    "suggestion.feedback_reminder_days", 7, Kind.INT, N_("提醒后的反馈期限（自然日）"),
    N_("本地规定"), minimum=3, maximum=15)
RESTART_ON_REASSIGN = declare(
    "suggestion.restart_on_reassign", default=False, kind=Kind.BOOL, description=N_("改派后法定期限重新起算"),
    source=N_("本地规定，默认不重新起算"))
FEEDBACK_BASIS = declare(
    "suggestion.feedback_basis", "lead", Kind.CHOICE, N_("以谁的评价为准"),
    N_("本地规定"), choices=("lead", "worst"))
CLASS_B_MONTHS = declare(
    "suggestion.class_b_months", 12, Kind.INT, N_("B 类答复的承诺最长期限（月）"),
    N_("本地规定"), minimum=6, maximum=36)
PUBLISH_DAYS = declare(
    "suggestion.publish_days", 20, Kind.INT, N_("答复后公开期限（工作日）"),
    N_("本地规定"), minimum=5, maximum=60)
CLOSED_SERIES = declare(
    "suggestion.closed_series", "separate", Kind.CHOICE, N_("闭会期间建议的编号"),
    N_("本地规定"),
    choices=("separate", "continue"))
REVISE_DAYS = declare(
    "suggestion.revise_days", 30, Kind.INT, N_("退回后修改期限（自然日）"),
    N_("本地规定"), minimum=10, maximum=60)
ORDER_DAYS = declare(
    "suggestion.order_days", 10, Kind.INT, N_("督办单答复期限（工作日）"),
    N_("本地规定"), minimum=5, maximum=10)

# fmt: on
LAW = N_("代表法第五十一条")
SETTING = N_("本区设定")
MAX_RETURNS = 2
"""After so many returns the unit is fixed by both offices (domain.md 2.3, D)."""
MAX_PROMISE_CHANGES = 2
REMIND_BEFORE = (60, 30, 7)
"""Days before a promise's date on which its unit is reminded (domain.md 2.5)."""
QUIET_DAYS = 90
"""A promise not heard of for longer is reminded once a quarter (domain.md 2.5)."""


def legal(start: date, *, extended: bool = False, calendar: Calendar | None = None) -> Deadline:
    """The legal clock: three months from the first assignment, six when extended (代表法 §51)."""
    setting = REPLY_MONTHS_EXTENDED if extended else REPLY_MONTHS
    return months(start, int(setting.default), calendar or load_calendar(), LAW)


def sign_by(start: date, congress_id: int) -> Deadline:
    """By when a unit signs for what it was given."""
    return workdays(start, number(SIGN_FOR_DAYS, congress_id), load_calendar(), SETTING)


def return_by(start: date, congress_id: int) -> Deadline:
    """By when a unit may say that a matter is not its own (R4)."""
    return days(start, number(RETURN_DAYS, congress_id), load_calendar(), SETTING)


def opinion_by(start: date, congress_id: int) -> Deadline:
    """By when a co-handler gives its opinion (R6)."""
    return days(start, number(COHANDLER_DAYS, congress_id), load_calendar(), SETTING)


def rehandle_by(start: date, congress_id: int) -> Deadline:
    """By when a new round is answered (R10)."""
    return days(start, number(REHANDLE_DAYS, congress_id), load_calendar(), SETTING)


def feedback_by(start: date, congress_id: int, *, reminder: bool = False) -> Deadline:
    """By when signatories rate; after the reminder a shorter while."""
    setting = FEEDBACK_REMINDER_DAYS if reminder else FEEDBACK_DAYS
    return days(start, number(setting, congress_id), load_calendar(), SETTING)


def order_by(start: date, congress_id: int) -> Deadline:
    """By when a supervision order is answered."""
    return workdays(start, number(ORDER_DAYS, congress_id), load_calendar(), SETTING)


def assign_by(received: date, congress_id: int) -> Deadline:
    """By when a suggestion of the closed period is assigned (R5)."""
    return workdays(received, number(ASSIGN_DAYS_CLOSED, congress_id), load_calendar(), SETTING)


def restarts_on_reassign(congress_id: int) -> bool:
    """Does a reassignment restart the legal clock? Not unless the place says so."""
    return value(RESTART_ON_REASSIGN, congress_id) is True


def hub_must_endorse(congress_id: int) -> bool:
    """Must the government's office agree to an extension before the deputies' office?"""
    return value(EXTENSION_APPROVER, congress_id) == "hub_and_rep"


def worst_counts(congress_id: int) -> bool:
    """Does any signatory's dissatisfaction count, or only the lead's?"""
    return value(FEEDBACK_BASIS, congress_id) == "worst"


def class_b_months(congress_id: int) -> int:
    """How far ahead may a promise of class B lie?"""
    return number(CLASS_B_MONTHS, congress_id)


def closed_series_is_separate(congress_id: int) -> bool:
    """Do suggestions of the closed period have a series of their own?"""
    return value(CLOSED_SERIES, congress_id) == "separate"
