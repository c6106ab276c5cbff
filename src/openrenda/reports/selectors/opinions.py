"""Figures of opinions for a board, over whatever rows its reader may see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate, TruncMonth

from openrenda.kernel import clock
from openrenda.kernel.calendars import load_calendar
from openrenda.liaison.models import Category, Opinion
from openrenda.liaison.states import ENDED, PublishState
from openrenda.liaison.states import OpinionState as S
from openrenda.orgs.models import Unit
from openrenda.orgs.states import UnitKind
from openrenda.reports.period import Period
from openrenda.reports.waiting import Waiting

NOT_WAITING = (S.NOT_ACCEPTED, S.WITHDRAWN, S.MERGED)
"""Ended without an answer of their own: no wait to be measured."""


@dataclass(frozen=True, slots=True)
class Month:
    """What happened in a month, each by its own day."""

    first: date
    received: int
    answered: int
    closed: int
    solved: int


@dataclass(frozen=True, slots=True)
class Hot:
    """How many of a category at a place."""

    category: str
    place: str
    count: int
    category_id: int | None = None
    place_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpinionFigures:
    """A board's figures. `ratings`, `solved`, `waiting`, `hot`: of those handed in during the period; `due`: today."""

    total: int
    months: tuple[Month, ...]
    hot: tuple[Hot, ...]
    waiting: Waiting
    ratings: dict[str, int]
    solved: dict[str, int]
    due: dict[date | None, int]

    @property
    def overdue(self) -> int:
        """Open ones whose day has passed."""
        today = clock.today()
        return sum(n for day, n in self.due.items() if day is not None and day < today)


def figures(
    rows: QuerySet[Opinion], period: Period, *, by_community: bool = False, public_only: bool = False
) -> OpinionFigures:
    """All of them. Seven queries, those over cases grouped: as many rows come back as there are groups, not cases.

    `public_only` counts places and categories of published opinions only, so that each number opens its records.
    """
    begins, ends = clock.at_time(period.begins, 0), clock.at_time(period.ends, 0)
    cohort = rows.filter(submitted_at__gte=begins, submitted_at__lt=ends)
    verdicts = list(cohort.order_by().values_list("satisfaction", "solved").annotate(n=Count("pk")))
    shown = cohort.filter(publish_state=PublishState.PUBLIC) if public_only else cohort.exclude(state__in=NOT_WAITING)
    return OpinionFigures(
        total=sum(n for _, _, n in verdicts),
        months=_months(rows, period, begins, ends),
        hot=_hot(shown, by_community=by_community),
        waiting=_waiting(cohort),
        ratings=_sums((rating, n) for rating, _, n in verdicts),
        solved=_sums((solved, n) for _, solved, n in verdicts),
        due=_due(rows),
    )


def _sums(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for key, n in pairs:
        found[key] += n
    return dict(found)


def _months(rows: QuerySet[Opinion], period: Period, begins: datetime, ends: datetime) -> tuple[Month, ...]:
    """One query: what falls into the period in any way, grouped by the three months it may fall into."""
    fields = {"received": "submitted_at", "answered": "first_answered_at", "closed": "closed_at"}
    within = Q()
    for field in fields.values():
        within |= Q(**{f"{field}__gte": begins, f"{field}__lt": ends})
    grouped = (
        rows.filter(within)
        .annotate(**{name: TruncMonth(field, tzinfo=clock.ZONE) for name, field in fields.items()})
        .order_by()
        .values_list(*fields, "solved")
        .annotate(n=Count("pk"))
    )
    counts: Counter[tuple[str, date]] = Counter()
    for *moments, solved, n in grouped:
        for name, moment in zip(fields, moments, strict=True):
            if moment is not None:
                counts[name, clock.local(moment).date()] += n
                if name == "closed" and solved == "yes":
                    counts["solved", clock.local(moment).date()] += n
    return tuple(
        Month(first, *(counts[name, first] for name in ("received", "answered", "closed", "solved")))
        for first in period.months
    )


def _hot(rows: QuerySet[Opinion], *, by_community: bool) -> tuple[Hot, ...]:
    """Three queries: names are put to ids afterwards, sorting a hundred thousand names takes three times as long."""
    where = ("community_id", "station_id") if by_community else ("street_id",)
    counted = rows.filter(category__isnull=False).order_by().values_list("category_id", *where).annotate(n=Count("pk"))
    found: Counter[tuple[int, int | None]] = Counter()
    for category_id, *ids, n in counted:
        found[category_id, next(filter(None, ids), None)] += n
    tops, units = first_level(), _places({pk for _, pk in found if pk is not None})
    summed: Counter[tuple[int, str, int | None, str]] = Counter()
    for (category_id, place_id), n in found.items():
        summed[*tops[category_id], *units.get(place_id or 0, (None, ""))] += n
    return tuple(Hot(name, place, n, top, pk) for (top, name, pk, place), n in summed.items())


def _places(ids: set[int]) -> dict[int, tuple[int | None, str]]:
    """Id and name of each unit; a station stands for the community or street it is in. One query."""
    rows = Unit.objects.filter(pk__in=ids).select_related("parent")
    found = {row.pk: row.parent if row.kind == UnitKind.STATION and row.parent else row for row in rows}
    return {pk: (unit.pk, str(unit)) for pk, unit in found.items()}


def first_level() -> dict[int, tuple[int, str]]:
    """Each category's id → id and name of its first level. One query over a small table."""
    rows = Category.objects.select_related("parent")
    return {row.pk: (row.parent.pk, row.parent.name) if row.parent else (row.pk, row.name) for row in rows}


def _waiting(rows: QuerySet[Opinion]) -> Waiting:
    """Working days from handing in to the first answer; equal pairs of days are counted once."""
    pairs = list(
        rows.exclude(state__in=NOT_WAITING)
        .annotate(
            began=TruncDate("submitted_at", tzinfo=clock.ZONE), told=TruncDate("first_answered_at", tzinfo=clock.ZONE)
        )
        .order_by()
        .values_list("began", "told")
        .annotate(n=Count("pk"))
    )
    if not pairs:
        return Waiting({}, {})
    today = clock.today()
    worked = _worked(min(began for began, _, _ in pairs), max([today, *(told for _, told, _ in pairs if told)]))
    done: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    for began, told, n in pairs:
        if told is None:
            waiting[worked[max(today, began)] - worked[began]] += n
        else:
            done[max(0, worked[told] - worked[began])] += n
    return Waiting(dict(done), dict(waiting))


def _worked(first: date, last: date) -> dict[date, int]:
    """Working days passed by each day since the first: every day is looked at once, however many cases there are."""
    cal = load_calendar()
    days = [first, *cal.days(first, last)]
    return dict(zip(days, accumulate(int(cal.is_workday(day)) for day in days), strict=True))


def _due(rows: QuerySet[Opinion]) -> dict[date | None, int]:
    """Open ones by the day on which the next step is due."""
    counted = rows.exclude(state__in=ENDED).order_by().values_list("due_on").annotate(n=Count("pk"))
    return dict(counted)
