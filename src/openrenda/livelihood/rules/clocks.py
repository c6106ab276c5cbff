"""The slice's settings (domain.md 13) and the deadlines made with them."""

from datetime import date, timedelta

from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import Deadline, add_months, days, months, workdays
from openrenda.kernel.parameters import Kind, declare, number, parameter, value
from openrenda.kernel.text import N_

# fmt: off
COLLECT_DAYS_MIN = declare(
    "project.collect_days_min", 30, Kind.INT, N_("民生实事项目征集时间至少（自然日）"),
    N_("景洪市票决制实施办法"), minimum=20, maximum=90)
WARN_DIFF_RATIO = declare(
    "project.warn_diff_ratio", 20, Kind.INT, N_("差额比例低于此值时提醒（%）"),
    N_("本地规定"), minimum=1, maximum=100)
MIN_SCORERS = declare(
    "project.min_scorers", 3, Kind.INT, N_("筛选评分至少由几人评"),
    N_("本地规定"), minimum=0, maximum=30)
BALLOT_ORDER = declare(
    "project.ballot_order", "category", Kind.CHOICE, N_("表决票上候选项目的排列"),
    N_("本地规定"), choices=("category", "strokes"))
BOOKLET_DAYS = declare(
    "project.booklet_days", 10, Kind.INT, N_("候选项目说明在会议前几天送交代表（自然日）"),
    N_("本地规定"), minimum=3, maximum=30)
PLAN_DAYS = declare(
    "project.plan_days", 30, Kind.INT, N_("票决后公布实施方案的期限（自然日）"),
    N_("陕西省民生实事项目人大代表票决制规定"), minimum=15, maximum=60)
REPORT_WORKDAYS = declare(
    "project.report_workdays", 5, Kind.INT, N_("月报在次月第几个工作日前报送"),
    N_("本地规定"), minimum=1, maximum=10)
LAG_YELLOW = declare(
    "project.lag_yellow", 5, Kind.INT, N_("进度落后超过几个百分点亮黄灯"),
    N_("本地规定"), minimum=1, maximum=20)
LAG_RED = declare(
    "project.lag_red", 15, Kind.INT, N_("进度落后超过几个百分点亮红灯"),
    N_("本地规定"), minimum=5, maximum=50)
LATE_RED_DAYS = declare(
    "project.late_red_days", 30, Kind.INT, N_("节点逾期超过几天亮红灯（自然日）"),
    N_("本地规定"), minimum=10, maximum=90)
MINOR_CHANGE_PCT = declare(
    "project.minor_change_pct", 10, Kind.INT, N_("投资变动不超过此比例且不涉及名称、目标、地点、时限的，只备案（%）"),
    N_("本地规定"), minimum=0, maximum=20)
ORDER_WORKDAYS = declare(
    "project.order_workdays", 10, Kind.INT, N_("督办单答复期限（工作日）"),
    N_("本地规定"), minimum=5, maximum=20)
RECTIFY_PLAN_DAYS = declare(
    "project.rectify_plan_days", 15, Kind.INT, N_("不满意的项目提出整改方案的期限（自然日）"),
    N_("本地规定"), minimum=7, maximum=30)
RECTIFY_RESULT_MONTHS = declare(
    "project.rectify_result_months", 3, Kind.INT, N_("不满意的项目报告整改结果的期限（月）"),
    N_("本地规定"), minimum=1, maximum=6)

# fmt: on
SETTING = N_("本区设定")


def plan_by(start: date, congress_id: int) -> Deadline:
    """By when the plans of the chosen projects are public."""
    return days(start, number(PLAN_DAYS, congress_id), load_calendar(), SETTING)


def order_by(start: date, congress_id: int) -> Deadline:
    """By when a supervision order is answered."""
    return workdays(start, number(ORDER_WORKDAYS, congress_id), load_calendar(), SETTING)


def rectify_plan_by(start: date, congress_id: int) -> Deadline:
    """By when the plan of rectification is filed."""
    return days(start, number(RECTIFY_PLAN_DAYS, congress_id), load_calendar(), SETTING)


def rectify_result_by(start: date, congress_id: int) -> Deadline:
    """By when the result of rectification is reported."""
    return months(start, number(RECTIFY_RESULT_MONTHS, congress_id), load_calendar(), SETTING)


def least_difference(congress_id: int) -> int:
    """The least difference in percent; the same setting as the votes' own guard."""
    return number(parameter("project.min_diff_ratio"), congress_id)


def grade_rule(congress_id: int) -> str:
    """How a vote of satisfaction is graded; the same setting as the votes' own."""
    return str(value(parameter("eval.rule"), congress_id))


def month_of(day: date) -> str:
    """2025-03."""
    return f"{day:%Y-%m}"


def first_day(month: str) -> date:
    """The month's first day."""
    return date.fromisoformat(f"{month}-01")


def last_day(month: str) -> date:
    """The month's last day."""
    return add_months(first_day(month), 1) - timedelta(days=1)


def next_month(month: str) -> str:
    """The month after."""
    return month_of(add_months(first_day(month), 1))


def month_before(month: str) -> str:
    """The month before."""
    return month_of(first_day(month) - timedelta(days=1))


def report_by(month: str, congress_id: int) -> Deadline:
    """By when a month's progress is reported: the fifth working day of the next month."""
    return workdays(last_day(month), number(REPORT_WORKDAYS, congress_id), load_calendar(), SETTING)
