"""The promise ledger."""

from datetime import date

from django.db.models import Q

from openrenda.kernel import clock
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import Lamp, days_left, lamp
from openrenda.kernel.pii import mask
from openrenda.suggestions.models import Commitment
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.states import OPEN_COMMITMENTS, CommitmentState, Publicity, State

from .rows import PromiseRow


def promise_lamp(promise: Commitment) -> Lamp:
    """Running promises by their day; kept ones by the day they were reported done; others have no clock any more."""
    today, cal = clock.today(), load_calendar()
    if promise.state in OPEN_COMMITMENTS:
        return lamp(promise.deadline, today, cal)
    if promise.state == CommitmentState.IMPOSSIBLE:
        return Lamp.NONE
    return lamp(promise.deadline, today, cal, done_on=promise.claimed_on)


def promise_ledger(
    congress_id: int,
    *,
    unit_id: int | None = None,
    state: CommitmentState | None = None,
    year: int | None = None,
    open_only: bool = False,
    after: tuple[str, int] | None = None,
    size: int = 50,
    public: bool = False,
) -> list[PromiseRow]:
    """Promises by deadline, keyset by (deadline ISO, id). `public` leaves out what is not released. One query."""
    rows = Commitment.objects.filter(congress_id=congress_id).select_related("suggestion", "unit")
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if state is not None:
        rows = rows.filter(state=state)
    if year is not None:
        rows = rows.filter(ledger_year=year)
    if open_only:
        rows = rows.filter(state__in=OPEN_COMMITMENTS)
    if public:
        rows = rows.filter(suggestion__publicity=Publicity.FULL).exclude(suggestion__state=State.WITHDRAWN)
    if after is not None:
        day, pk = date.fromisoformat(after[0]), after[1]
        rows = rows.filter(Q(deadline__gt=day) | Q(deadline=day, pk__gt=pk))
    return [_row(promise, public=public) for promise in rows.order_by("deadline", "pk")[:size]]


def _row(promise: Commitment, *, public: bool) -> PromiseRow:
    suggestion = promise.suggestion
    is_open = promise.state in OPEN_COMMITMENTS
    return PromiseRow(
        promise.pk,
        suggestion.pk,
        number_of(suggestion.key),
        suggestion.key or "",
        suggestion.public_title if public else suggestion.title,
        str(promise.unit),
        mask(promise.content) if public else promise.content,
        promise.first_deadline,
        promise.deadline,
        CommitmentState(promise.state),
        promise_lamp(promise),
        days_left(promise.deadline, clock.today(), load_calendar()) if is_open else None,
        promise.change_count,
        promise.reported_on,
        promise.ledger_year,
    )
