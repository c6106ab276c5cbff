"""Clocks as shown: the legal one, and each unit's own."""

from datetime import date

from openrenda.kernel import clock
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import days_left, lamp
from openrenda.kernel.text import N_
from openrenda.suggestions.models import Assignment, Suggestion
from openrenda.suggestions.rules.clocks import LAW, SETTING
from openrenda.suggestions.states import AssignmentState, Part

from .rows import Clock, UnitTurn


def shown(label: str, start: date | None, due: date | None, basis: str, done_on: date | None = None) -> Clock:
    """A clock with its lamp. No query (but the calendar's)."""
    today, cal = clock.today(), load_calendar()
    left = days_left(due, today, cal) if due is not None and done_on is None else None
    return Clock(label, start, due, lamp(due, today, cal, done_on), left, basis, done_on)


def legal_clock(row: Suggestion) -> Clock:
    """The resident's and deputy's clock: from the first assignment to the reply; no reassignment resets it."""
    due = row.first_reply_due or row.legal_due
    return shown(N_("法定答复期限"), row.first_assigned_on, due, LAW, row.first_replied_on)


_LABELS = {
    AssignmentState.WAITING: N_("签收期限"),
    AssignmentState.CO_OPEN: N_("会办意见期限"),
    AssignmentState.CO_DONE: N_("会办意见期限"),
}


def unit_clock(turn: Assignment) -> Clock:
    """The unit's own clock: to sign for, to give its opinion, to answer."""
    state = AssignmentState(turn.state)
    label = _LABELS.get(state, N_("答复期限"))
    basis = SETTING if state in _LABELS else LAW
    over = turn.ended_on
    if state in (AssignmentState.REPLACED, AssignmentState.STOPPED, AssignmentState.DISTRIBUTED):
        return Clock(label, turn.assigned_on, None, lamp(None, clock.today(), load_calendar()), None, basis, over)
    return shown(label, turn.assigned_on, turn.due, basis, over)


def days_held(turn: Assignment) -> int:
    """How many days the unit has had it."""
    return ((turn.ended_on or clock.today()) - turn.assigned_on).days


def unit_turn(turn: Assignment) -> UnitTurn:
    """A unit's turn as a line."""
    return UnitTurn(
        turn.pk,
        str(turn.unit),
        Part(turn.part).label,
        turn.part_text,
        AssignmentState(turn.state),
        turn.assigned_on,
        turn.signed_on,
        turn.ended_on,
        days_held(turn),
        unit_clock(turn),
    )
