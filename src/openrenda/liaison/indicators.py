"""The figures of domain.md 1.8, each with what was counted over what. No data is None, never 0 and never 100 %."""

from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from statistics import median

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from openrenda.kernel import clock
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.text import N_
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import ENDED, NEVER_ACCEPTED, Satisfaction
from openrenda.liaison.states import OpinionState as S

_ACCEPTED = ~Q(state__in=NEVER_ACCEPTED)
_CLOSED = Q(state=S.CLOSED)
_OPEN = ~Q(state__in=ENDED)
_RATED = ~Q(satisfaction=Satisfaction.UNRATED)
_SATISFIED = Q(satisfaction=Satisfaction.SATISFIED)
_CONTENT = Q(satisfaction__in=[Satisfaction.SATISFIED, Satisfaction.MOSTLY])
_IN_TIME = Q(answered_on__lte=F("answer_due"))


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure. `value` is numerator ÷ denominator for a rate, the number itself for a count."""

    key: str
    label: str
    numerator: float
    denominator: int | None
    value: float | None
    definition: str


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A subject that came up often at a place in a month."""

    month: date
    category: str
    place: str
    count: int


def indicators(*, congress_id: int, year: int) -> list[Indicator]:
    """All figures over the opinions handed in during a calendar year, as things stand now. Two queries."""
    rows = Opinion.objects.filter(congress_id=congress_id, submitted_at__year=year)
    n = rows.annotate(answered_on=TruncDate("first_answered_at", tzinfo=clock.ZONE)).aggregate(**_counts())
    return [*_counted(n), *_rates(n), *_days(congress_id, year)]


def _counts() -> dict[str, Count]:
    """Everything that is counted, in one query."""
    today = clock.today()
    again = Q(round__gt=1, state__in=[S.REWORK, S.HANDLING, S.RESULT], due_on__lt=today)
    waiting = Q(first_answered_at=None) & (Q(answer_due__lt=today) | Q(answer_due=None, due_on__lt=today))
    conditions = {
        "total": Q(), "accepted": _ACCEPTED, "closed": _CLOSED, "open": _OPEN, "rated": _RATED, "satisfied": _SATISFIED,
        "content": _CONTENT, "merged": Q(state=S.MERGED), "on_spot": Q(answered_on_spot=True),
        "converted": Q(state=S.CONVERTED) | ~Q(converted_ref=""), "answered": Q(answered_at__isnull=False),
        "closed_rated": _CLOSED & _RATED, "closed_due": _CLOSED & Q(answer_due__isnull=False),
        "closed_in_time": _CLOSED & _IN_TIME, "overdue": _OPEN & (waiting | again),
    }  # fmt: skip
    return {key: Count("pk", filter=condition) for key, condition in conditions.items()}


def _count(key: str, label: str, number: int, definition: str) -> Indicator:
    return Indicator(key, label, number, None, number, definition)


def _rate(key: str, label: str, part: int, whole: int, definition: str) -> Indicator:
    return Indicator(key, label, part, whole, part / whole if whole else None, definition)


def _counted(n: dict[str, int]) -> list[Indicator]:
    return [
        _count("total_received", N_("收到件数"), n["total"], N_("当年提交的全部意见")),
        _count("accepted", N_("受理件数"), n["accepted"],
               N_("已登记受理的意见（不含待登记、不予受理和撤回的；并件各计一件）")),
        _count("converted", N_("转为代表建议件数"), n["converted"], N_("由代表转为建议、批评和意见的件数")),
        _count("closed", N_("办结件数"), n["closed"], N_("状态为办结的件数")),
        _count("open", N_("在办件数"), n["open"], N_("还需要有人办理或评价的件数")),
    ]  # fmt: skip


def _rates(n: dict[str, int]) -> list[Indicator]:
    return [
        _rate("on_time_closed_rate", N_("按时办结率"), n["closed_in_time"], n["closed_due"] + n["overdue"],
              N_("办结件中首次答复不晚于答复期限的件数 ÷（有答复期限的办结件数 + 逾期未办结件数）")),
        _rate("reply_rate", N_("答复率"), n["answered"], n["accepted"], N_("已答复或反馈的件数 ÷ 受理件数")),
        _rate("answered_on_spot_rate", N_("即时答复占比"), n["on_spot"], n["accepted"],
              N_("当场答复的件数 ÷ 受理件数")),
        _rate("satisfied_rate", N_("满意率"), n["satisfied"], n["rated"],
              N_("评价为满意的件数 ÷ 已评价件数（含办结后补充的评价；未评价不计入）")),
        _rate("satisfied_or_mostly_rate", N_("满意和基本满意率"), n["content"], n["rated"],
              N_("评价为满意或基本满意的件数 ÷ 已评价件数（含办结后补充的评价；未评价不计入）")),
        _rate("rated_rate", N_("评价率"), n["closed_rated"], n["closed"], N_("已评价的办结件数 ÷ 办结件数")),
        _rate("repeat_rate", N_("重复率"), n["merged"], n["total"], N_("并件件数 ÷ 收到件数")),
    ]  # fmt: skip


def _days(congress_id: int, year: int) -> list[Indicator]:
    """Working days from handing in to the first answer; equal pairs of days are counted once. One query."""
    pairs = (
        Opinion.objects.filter(congress_id=congress_id, submitted_at__year=year, first_answered_at__isnull=False)
        .annotate(began=TruncDate("submitted_at", tzinfo=clock.ZONE),
                  answered=TruncDate("first_answered_at", tzinfo=clock.ZONE))
        .values_list("began", "answered").annotate(n=Count("pk")).order_by("began", "answered")
    )  # fmt: skip
    spans = _spans(list(pairs))
    total = sum(spans)
    what = N_("从提交到首次答复的工作日数（当日不计），只算已答复的")
    mean = total / len(spans) if spans else None
    middle = float(median(spans)) if spans else None
    return [
        Indicator("mean_days", N_("平均办理时长（工作日）"), total, len(spans), mean, what),
        Indicator("median_days", N_("办理时长中位数（工作日）"), middle or 0, len(spans), middle, what),
    ]


def _spans(pairs: list[tuple[date, date, int]]) -> list[int]:
    """Working days of each answered opinion. Each day of the calendar is looked at once, however many there are."""
    if not pairs:
        return []
    first, last = min(pair[0] for pair in pairs), max(pair[1] for pair in pairs)
    cal = load_calendar()
    days = [first, *cal.days(first, last)]
    worked = dict(zip(days, accumulate(int(cal.is_workday(day)) for day in days), strict=True))
    return [worked[end] - worked[start] for start, end, n in pairs for _ in range(n)]


def hotspots(*, congress_id: int, year: int, top: int = 5) -> list[Hotspot]:
    """热点: per month the commonest subjects by community (the station where none was named). One query."""
    rows = (
        Opinion.objects.filter(_ACCEPTED, congress_id=congress_id, submitted_at__year=year, category__isnull=False)
        .annotate(month=TruncMonth("submitted_at", tzinfo=clock.ZONE),
                  place_name=Coalesce("community__short_name", "station__short_name"))
        .values_list("month", "category__name", "place_name").annotate(n=Count("pk"))
        .order_by("month", "-n", "category__name", "place_name")
    )  # fmt: skip
    found: list[Hotspot] = []
    for month, category, place, count in rows:
        day = month.date()
        if sum(spot.month == day for spot in found) < top:
            found.append(Hotspot(day, category, place, count))
    return found
