"""What the clockwork has to look at; each one indexed query."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from openrenda.kernel import clock
from openrenda.kernel.parameters import number
from openrenda.kernel.prepared import Prepared
from openrenda.suggestions.models import Commitment, Feedback, Suggestion
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.rules.reminders import due_mark
from openrenda.suggestions.states import OPEN_COMMITMENTS, CommitmentState, State

_FOR_A_MARK = ("state", "deadline", "made_on", "reported_on", "reminded_for")
_RUNNING = (CommitmentState.PENDING, CommitmentState.CHANGED, CommitmentState.CARRIED)

_WINDOWS = Prepared(
    lambda congress_id, today: (
        Suggestion.objects.filter(congress_id=congress_id, state=State.FEEDBACK, feedback_due__lt=today)
        .order_by("feedback_due", "pk")
        .values_list(
            "pk",
            Exists(Feedback.objects.filter(suggestion=OuterRef("pk"), round=OuterRef("round"), is_lead=True)),
            "feedback_reminded_on",
        )
    ),
    congress_id=int,
    today=date,
)


def windows_over(congress_id: int) -> tuple[list[int], list[int]]:
    """(to be reminded, to be closed): suggestions whose feedback window is over. One query.

    Reminded where the lead is silent and was not reminded yet; closed where the lead has rated or was reminded.
    """
    rows = _WINDOWS(congress_id=congress_id, today=clock.today())
    silent = [pk for pk, has_rated, reminded_on in rows if not has_rated and reminded_on is None]
    return silent, [pk for pk, has_rated, reminded_on in rows if has_rated or reminded_on is not None]


def to_lapse(congress_id: int) -> list[int]:
    """Returned longer ago than the days for revision. Two queries."""
    limit = clock.today() - timedelta(days=number(clocks.REVISE_DAYS, congress_id))
    rows = Suggestion.objects.filter(congress_id=congress_id, state=State.RETURNED_EDIT, returned_on__lt=limit)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def promises_past(congress_id: int) -> list[int]:
    """Running promises whose day is past."""
    rows = Commitment.objects.filter(congress_id=congress_id, state__in=_RUNNING, deadline__lt=clock.today())
    return list(rows.order_by("pk").values_list("pk", flat=True))


def promises_of_old(congress_id: int, year: int) -> list[int]:
    """Open promises that still stand in an earlier year's ledger."""
    rows = Commitment.objects.filter(congress_id=congress_id, state__in=OPEN_COMMITMENTS, ledger_year__lt=year)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def promises_to_remind(congress_id: int) -> list[int]:
    """Open promises near their day, or not heard of for a quarter, whose reminder was not sent yet."""
    today = clock.today()
    near = Q(deadline__range=(today, today + timedelta(days=max(clocks.REMIND_BEFORE))))
    quiet_since = today - timedelta(days=clocks.QUIET_DAYS)
    quiet = Q(reported_on__lt=quiet_since) | Q(reported_on=None, made_on__lt=quiet_since)
    rows = Commitment.objects.filter(near | quiet, congress_id=congress_id, state__in=OPEN_COMMITMENTS).order_by("pk")
    return [row.pk for row in rows.only(*_FOR_A_MARK) if due_mark(row, today)]
