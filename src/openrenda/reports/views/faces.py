"""Boards as they are shown: figures with what they mean, charts, links to the records. No query."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from openrenda.kernel import clock
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import Lamp, lamp
from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_
from openrenda.liaison.states import Satisfaction, Solved
from openrenda.reports.period import Period
from openrenda.reports.selectors.opinions import Hot, Month, OpinionFigures
from openrenda.reports.selectors.suggestions import SuggestionFigures
from openrenda.reports.waiting import DAYS, WORKDAYS, Waiting, bins, within
from openrenda.suggestions.states import Rating, ReplyClass
from openrenda.ui.charts import Heat, Series, Share, Trend, heat, trend
from openrenda.ui.filters import t
from openrenda.ui.shapes import Stat

HALF, MOST = Fraction(1, 2), Fraction(9, 10)
COLUMNS, ROWS = 16, 12
TONES = ("good", "fair", "bad", "none")
LAMPS = (
    (Lamp.RED, N_("已经逾期"), "bad"),
    (Lamp.ORANGE, N_("3个工作日以内"), "orange"),
    (Lamp.YELLOW, N_("4至10个工作日"), "yellow"),
    (Lamp.GREEN, N_("10个工作日以上"), "main"),
    (Lamp.NONE, N_("现在没有期限"), "none"),
)
LinkOf = Callable[[int | None, int | None], str]
"""(category, place) → where these records are listed."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The distribution of waits, and what it says in a sentence."""

    rows: Sequence[Share]
    total: int
    waiting: int
    half: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Face:
    """One half of a board: opinions, or suggestions."""

    stats: Sequence[Stat]
    due: Sequence[Share]
    due_total: int
    trend: Trend | None
    hot: Heat | None
    hot_is_linked: bool
    wait: Wait
    ratings: Sequence[Share]
    rated_of: int
    more: Sequence[Share]
    more_of: int


def spoken(period: Period) -> str:
    """2025年; 2025年4月至2026年3月."""
    begins, last = period.begins, period.last
    if period.is_year:
        return t(N_("{year}年"), year=begins.year)
    return t(
        N_("{year}年{month}月至{last_year}年{last_month}月"),
        year=begins.year, month=begins.month, last_year=last.year, last_month=last.month,
    )  # fmt: skip


def of_opinions(found: OpinionFigures, period: Period, *, list_url: str, link: LinkOf) -> Face:
    """What a board says of opinions."""
    wait = _wait(found.waiting, WORKDAYS, N_("{low}至{high}天"), N_("{low}天以上"))
    return Face(
        stats=_opinion_stats(found, wait, spoken(period), list_url),
        due=_due(found.due),
        due_total=sum(found.due.values()),
        trend=_trend(found.months, period, N_("收到"), N_("答复"), N_("办结"), N_("群众说已解决")),
        hot=_hot(found.hot, link),
        hot_is_linked=bool(link(None, None)),
        wait=wait,
        ratings=_shares(Satisfaction, found.ratings),
        rated_of=found.total,
        more=_shares((Solved.YES, Solved.PARTLY, Solved.NO, Solved.UNKNOWN), found.solved),
        more_of=found.total,
    )


def _opinion_stats(found: OpinionFigures, wait: Wait, when: str, url: str) -> list[Stat]:
    still = found.waiting.waiting_count
    return [
        Stat(
            N_("收到的意见"),
            found.total,
            period=when,
            url=url,
            definition=N_("这段时间提交的全部意见，公开的和不公开的都算；列表里只有您看得到的。"),
        ),
        Stat(
            N_("还在等答复"),
            still,
            period=when,
            definition=N_("这段时间提交、到今天还没有第一次答复的；不含不予受理、撤回和并入别件的。"),
        ),
        Stat(
            N_("等待的工作日，中位数"),
            wait.half,
            "days",
            None,
            wait.total,
            when,
            N_("从提交到首次答复的工作日数。还在等的按“至少已等这么久”计入（Kaplan–Meier 估计），不是只算已答复的。"),
        ),
        Stat(
            N_("逾期未办"),
            found.overdue,
            period=N_("今天"),
            definition=N_("还没有办完、下一步的期限已经过了的，不论什么时候提交。"),
        ),
    ]


def of_suggestions(found: SuggestionFigures, period: Period, *, list_url: str, link: LinkOf) -> Face:
    """What a board says of suggestions: what was solved comes before how satisfied deputies are."""
    wait = _wait(found.waiting, DAYS, N_("{low}至{high}天"), N_("{low}天以上"))
    return Face(
        stats=_suggestion_stats(found, wait, spoken(period), list_url),
        due=_due(found.due),
        due_total=sum(found.due.values()),
        trend=_trend(found.months, period, N_("提出"), N_("答复"), N_("解决（A类）"), N_("办结"), solved_is_drawn=True),
        hot=_hot(found.hot, link),
        hot_is_linked=bool(link(None, None)),
        wait=wait,
        ratings=_shares((*Rating, None), found.ratings),
        rated_of=found.replied,
        more=_shares(ReplyClass, found.classes),
        more_of=found.replied,
    )


def _suggestion_stats(found: SuggestionFigures, wait: Wait, when: str, url: str) -> list[Stat]:
    solved, kept = found.classes.get(ReplyClass.A, 0), found.promises
    return [
        Stat(
            N_("接收编号的建议"),
            found.total,
            period=when,
            url=url,
            definition=N_("这段时间提出并接收编号的建议，不含撤回的；并案的各计一件。"),
        ),
        Stat(
            N_("解决率"),
            _part(solved, found.replied),
            "percent",
            solved,
            found.replied,
            when,
            N_("这段时间提出、现在分类为A类（已经解决或基本解决）的 ÷ 已答复的。"),
        ),
        Stat(
            N_("等待的天数，中位数"),
            wait.half,
            "days",
            None,
            wait.total,
            when,
            N_("从交办到首次答复的自然日数，按交办日期归入。还在等的按“至少已等这么久”计入（Kaplan–Meier 估计）。"),
        ),
        Stat(
            N_("承诺兑现率"),
            _part(kept.kept, kept.due),
            "percent",
            kept.kept,
            kept.due,
            N_("到今天为止"),
            N_("已到期的承诺中，经代表或工委确认落实的。单位自报不算。"),
        ),
    ]


def _part(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _due(due: Mapping[date | None, int]) -> list[Share]:
    """How many under which lamp today, the lamps of every list."""
    today, cal = clock.today(), load_calendar()
    counts = dict.fromkeys(Lamp, 0)
    for day, n in due.items():
        counts[lamp(day, today, cal)] += n
    return [
        Share(label, counts[which], tone=tone) for which, label, tone in LAMPS if counts[which] or which is Lamp.RED
    ]


def _trend(
    months: Sequence[Month],
    period: Period,
    received: str,
    answered: str,
    third: str,
    only: str,
    *,
    solved_is_drawn: bool = False,
) -> Trend | None:
    """Three rows of bars; the fourth figure stands in the table alone."""
    closed, solved = [m.closed for m in months], [m.solved for m in months]
    drawn, told = (solved, closed) if solved_is_drawn else (closed, solved)
    return trend(
        [_month(m.first, is_year=period.is_year) for m in months],
        [
            Series(received, [m.received for m in months], "second"),
            Series(answered, [m.answered for m in months], "main"),
            Series(third, drawn, "third"),
        ],
        table_only=[Series(only, told)],
    )


def _month(first: date, *, is_year: bool) -> str:
    return (
        t(N_("{month}月"), month=first.month)
        if is_year
        else t(N_("{year}年{month}月"), year=first.year, month=first.month)
    )


def _hot(found: Sequence[Hot], link: LinkOf) -> Heat | None:
    """The commonest categories over the commonest places; sums are those of what is shown."""
    counts: Counter[tuple[int | None, int | None]] = Counter()
    places: Counter[tuple[int | None, str]] = Counter()
    categories: Counter[tuple[int | None, str]] = Counter()
    for one in found:
        counts[one.category_id, one.place_id] += one.count
        places[one.place_id, one.place] += one.count
        categories[one.category_id, one.category] += one.count
    columns = [pair for pair, _ in places.most_common(COLUMNS)]
    rows = [pair for pair, _ in categories.most_common(ROWS)]
    return heat(
        [name for _, name in columns],
        [(name, [(counts[key, place], link(key, place)) for place, _ in columns]) for key, name in rows],
    )


def _wait(spans: Waiting, uppers: Sequence[int], between: str, beyond: str) -> Wait:
    rows = [
        Share(
            t(beyond, low=one.low - 1) if one.high is None else t(between, low=one.low, high=one.high),
            one.done,
            one.waiting,
        )
        for one in bins(spans, uppers)
    ]
    while rows and not rows[-1].value and not rows[-1].rest:
        rows.pop()
    return Wait(rows, spans.total, spans.waiting_count, within(spans, HALF), within(spans, MOST))


def _shares(order: Iterable[Labelled | None], counts: Mapping[str, int]) -> list[Share]:
    """One bar per answer in its order; silence is an answer of its own and never counted as content."""
    return [
        Share(one.label, counts.get(one.value, 0), tone=tone)
        if one
        else Share(N_("没有评价"), counts.get("", 0), tone=tone)
        for one, tone in zip(order, TONES, strict=True)
    ]
