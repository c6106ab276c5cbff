"""What the clockwork would have done with old promises night by night, up to now: overdue, carried into new years."""

from datetime import date, datetime

from openrenda.kernel import clock
from openrenda.kernel.copying import fresh
from openrenda.kernel.text import N_
from openrenda.suggestions.models import CommitmentReport
from openrenda.suggestions.rules.offices import CLOCKWORK
from openrenda.suggestions.rules.reminders import due_mark
from openrenda.suggestions.states import CommitmentState, ReportKind

from .life import Life, Pledge

C = CommitmentState
BY_NAME = "台账补录"


def grown_old(life: Life) -> None:
    """Each promise as it stands today. Nobody was reminded, and for the present mark nobody will be."""
    today = life.place.today
    for pledge in life.pledges:
        _overdue_and_carried(life, pledge)
        pledge.row.reminded_for = due_mark(pledge.row, today)


def _overdue_and_carried(life: Life, pledge: Pledge) -> None:
    row, place = pledge.row, life.place
    past_on = place.night_after(row.deadline)
    new_years = [clock.at_time(date(year, 1, 1), 1) for year in range(row.made_on.year + 1, place.today.year + 1)]
    nights = [(night, 1) for night in new_years if night <= place.now] + ([(past_on, 0)] if past_on else [])
    for night, kind in sorted(nights):
        if kind == 0:
            pledge.to(C.OVERDUE)
            _line(life, pledge, night, ReportKind.OVERDUE, N_("承诺期限已过"), old=row.deadline)
            _tell(life, pledge, night, "promise_overdue", N_("承诺事项逾期"))
        else:
            row.ledger_year = night.year
            if row.state == C.PENDING:
                pledge.to(C.CARRIED)
            _line(life, pledge, night, ReportKind.CARRIED, N_("转入下一年度台账"))
            _tell(life, pledge, night, "promise_carried", N_("承诺事项转入下一年度台账"))


def _line(life: Life, pledge: Pledge, at: datetime, kind: ReportKind, text: str, *, old: date | None = None) -> None:
    life.add(
        fresh(
            CommitmentReport,
            commitment_id=pledge.row.id,
            kind=kind,
            text=text,
            old_deadline=old,
            by=life.urn,
            by_name=BY_NAME,
            at=at,
        )
    )


def _tell(life: Life, pledge: Pledge, at: datetime, kind: str, text: str) -> None:
    life.tell(kind, text, CLOCKWORK, at=at, params={"deadline": pledge.row.deadline.isoformat()})
