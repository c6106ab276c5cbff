"""Tables for the deputies' office."""

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import lamp, workdays
from openrenda.kernel.parameters import number
from openrenda.kernel.text import N_
from openrenda.kernel.workdays import Calendar
from openrenda.orgs.states import Role, SessionPeriod
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.states import OPEN_HANDLING, State

from .rows import AssignRow, DateShift


def assignment_day(actor: Actor) -> list[AssignRow]:
    """All accepted and not yet assigned ones, each with what keeps it from being assigned. Three queries.

    Empty for everybody but the deputies' office.
    """
    if not actor.has(Role.SC_REP):
        return []
    rows = (
        Suggestion.objects.filter(congress_id=actor.congress_id, state=State.ACCEPTED)
        .select_related("lead__person", "oversight_unit")
        .prefetch_related("planned__unit")
        .order_by("shelf")
    )
    limit, cal, today = number(clocks.ASSIGN_DAYS_CLOSED, actor.congress_id), load_calendar(), clock.today()
    found = []
    for row in rows:
        due = None
        if row.period == SessionPeriod.CLOSED and row.submitted_at is not None:
            due = workdays(clock.local(row.submitted_at).date(), limit, cal, clocks.SETTING).due
        units = [line.unit for line in row.planned.all()]
        problem = "" if row.mode else N_("还没有拟定承办单位。")
        if any(unit.dissolved_on for unit in units):
            problem = N_("拟办单位已撤销，请重新拟办。")
        found.append(
            AssignRow(
                row,
                number_of(row.key),
                [str(unit) for unit in units],
                str(row.oversight_unit or ""),
                due,
                lamp(due, today, cal),
                problem,
            )
        )
    return found


def recompute_preview(congress_id: int, calendar: Calendar | None = None) -> list[DateShift]:
    """Running first rounds whose legal date the calendar (that in force, or a given one) would move.

    One query (and the calendar's).
    """
    running = (
        Suggestion.objects.filter(
            congress_id=congress_id,
            state__in=OPEN_HANDLING,
            round=1,
            first_assigned_on__isnull=False,
        )
        .exclude(due_changes__kind="restart")
        .order_by("pk")
    )
    shifts = []
    for row in running.only("first_assigned_on", "legal_due", "is_extended", "key"):
        assert row.first_assigned_on is not None
        assert row.legal_due is not None
        new = clocks.legal(row.first_assigned_on, extended=row.is_extended, calendar=calendar).due
        if new != row.legal_due:
            shifts.append(DateShift(row.pk, number_of(row.key), "legal_due", row.legal_due, new))
    return shifts
