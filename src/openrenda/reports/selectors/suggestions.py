"""Figures of suggestions for a board, over whatever rows its reader may see."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import TruncMonth

from openrenda.kernel import clock
from openrenda.orgs.models import Delegation
from openrenda.reports.period import Period
from openrenda.reports.waiting import Waiting
from openrenda.suggestions.models import Commitment, Feedback, Suggestion
from openrenda.suggestions.states import (
    OPEN_COMMITMENTS,
    OPEN_HANDLING,
    CommitmentKind,
    CommitmentState,
    ReplyClass,
    State,
)

from .opinions import Hot, Month, first_level

SOON = timedelta(days=30)
ENDED_BEFORE = (State.WITHDRAWN, State.REJECTED)


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises that units gave. `due` and `kept`: those whose day has come; the others are still open."""

    open: int
    soon: int
    overdue: int
    due: int
    kept: int


@dataclass(frozen=True, slots=True)
class SuggestionFigures:
    """A board's figures. `classes`, `ratings`, `hot`: of those filed in the period; `waiting`: assigned in it."""

    total: int
    replied: int
    months: tuple[Month, ...]
    hot: tuple[Hot, ...]
    waiting: Waiting
    classes: dict[str, int]
    ratings: dict[str, int]
    due: dict[date | None, int]
    promises: Promises

    @property
    def overdue(self) -> int:
        """Not answered, and the legal day has passed."""
        today = clock.today()
        return sum(n for day, n in self.due.items() if day is not None and day < today)


def figures(rows: QuerySet[Suggestion], promises: QuerySet[Commitment], period: Period) -> SuggestionFigures:
    """All of them. Eight queries, those over cases grouped."""
    rows = rows.exclude(state__in=ENDED_BEFORE)
    begins, ends = clock.at_time(period.begins, 0), clock.at_time(period.ends, 0)
    cohort = rows.filter(submitted_at__gte=begins, submitted_at__lt=ends)
    classes, ratings, total = _outcomes(cohort)
    return SuggestionFigures(
        total=total,
        replied=sum(classes.values()),
        months=_months(rows, period),
        hot=_hot(cohort),
        waiting=_waiting(rows.filter(first_assigned_on__gte=period.begins, first_assigned_on__lt=period.ends)),
        classes=classes,
        ratings=ratings,
        due=_due(rows),
        promises=_promises(promises),
    )


def _outcomes(cohort: QuerySet[Suggestion]) -> tuple[dict[str, int], dict[str, int], int]:
    """Classes and the lead deputies' latest ratings of the answered ones, and how many there are at all."""
    latest = Feedback.objects.filter(suggestion=OuterRef("pk"), is_lead=True).order_by("-round").values("result")[:1]
    counted = (
        cohort.annotate(rated=Subquery(latest), answered=Q(first_replied_on__isnull=False))
        .order_by()
        .values_list("reply_class", "rated", "answered")
        .annotate(n=Count("pk"))
    )
    classes: Counter[str] = Counter()
    ratings: Counter[str] = Counter()
    total = 0
    for reply_class, rated, answered, n in counted:
        total += n
        if answered:
            classes[reply_class] += n
            ratings[rated or ""] += n
    return dict(classes), dict(ratings), total


def _months(rows: QuerySet[Suggestion], period: Period) -> tuple[Month, ...]:
    """One query, as for opinions. Solved: class A today, told in the month of the first answer."""
    fields = {
        "received": TruncMonth("submitted_at", tzinfo=clock.ZONE),
        "answered": TruncMonth("first_replied_on"),
        "closed": TruncMonth("closed_on"),
    }
    begins = period.begins
    within = Q(submitted_at__gte=clock.at_time(begins, 0)) | Q(first_replied_on__gte=begins) | Q(closed_on__gte=begins)
    grouped = (
        rows.filter(within)
        .annotate(**fields, is_a=Q(reply_class=ReplyClass.A))
        .order_by()
        .values_list(*fields, "is_a")
        .annotate(n=Count("pk"))
    )
    counts: Counter[tuple[str, date]] = Counter()
    for *moments, is_a, n in grouped:
        for name, moment in zip(fields, moments, strict=True):
            if moment is not None:
                day = clock.local(moment).date() if isinstance(moment, datetime) else moment
                counts[name, day] += n
                if name == "answered" and is_a:
                    counts["solved", day] += n
    return tuple(
        Month(first, *(counts[name, first] for name in ("received", "answered", "closed", "solved")))
        for first in period.months
    )


def _hot(cohort: QuerySet[Suggestion]) -> tuple[Hot, ...]:
    """By category and delegation (deputies of one street). Three queries, as for opinions."""
    counted = cohort.order_by().values_list("category_id", "delegation_id").annotate(n=Count("pk"))
    tops = first_level()
    summed: Counter[tuple[int, str, int]] = Counter()
    for category_id, delegation_id, n in counted:
        summed[*tops[category_id], delegation_id] += n
    names = dict(Delegation.objects.filter(pk__in={pk for _, _, pk in summed}).values_list("pk", "name"))
    return tuple(Hot(name, names[pk], n, top, pk) for (top, name, pk), n in summed.items())


def _waiting(rows: QuerySet[Suggestion]) -> Waiting:
    """Calendar days from the first assignment to the first reply, as the law counts them."""
    today = clock.today()
    done: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    counted = rows.order_by().values_list("first_assigned_on", "first_replied_on").annotate(n=Count("pk"))
    for assigned, replied, n in counted:
        (waiting if replied is None else done)[max(0, ((replied or today) - assigned).days)] += n
    return Waiting(dict(done), dict(waiting))


def _due(rows: QuerySet[Suggestion]) -> dict[date | None, int]:
    """Those in hand by the day on which their answer is due: the law's, in a new round the round's own."""
    day = Case(When(state=State.REHANDLE, then=F("due")), default=F("legal_due"))
    waiting = Q(first_replied_on=None) | Q(state=State.REHANDLE)
    counted = rows.filter(waiting, state__in=OPEN_HANDLING).annotate(day=day).order_by()
    return dict(counted.values_list("day").annotate(n=Count("pk")))


def _promises(rows: QuerySet[Commitment]) -> Promises:
    today = clock.today()
    is_open = Q(state__in=OPEN_COMMITMENTS)
    found = rows.filter(kind=CommitmentKind.PROMISE).aggregate(
        open=Count("pk", filter=is_open),
        soon=Count("pk", filter=is_open & Q(deadline__gte=today, deadline__lte=today + SOON)),
        overdue=Count("pk", filter=is_open & Q(deadline__lt=today)),
        due=Count("pk", filter=Q(deadline__lte=today)),
        kept=Count("pk", filter=Q(deadline__lte=today, state=CommitmentState.DONE_CONFIRMED)),
    )
    return Promises(**found)
