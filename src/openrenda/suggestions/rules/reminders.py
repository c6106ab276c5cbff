"""When the unit of a promise is reminded (domain.md 2.5)."""

from datetime import date

from openrenda.suggestions.models import Commitment
from openrenda.suggestions.states import OPEN_COMMITMENTS

from .clocks import QUIET_DAYS, REMIND_BEFORE


def due_mark(promise: Commitment, today: date) -> str:
    """Which reminder is due and was not sent yet: of the nearest of 60, 30, 7 days, else the quarter's; empty: none."""
    if promise.state not in OPEN_COMMITMENTS:
        return ""
    mark = _mark(promise, today)
    return "" if mark in promise.reminded_for.split() else mark


def _mark(promise: Commitment, today: date) -> str:
    left = (promise.deadline - today).days
    reached = [days for days in REMIND_BEFORE if 0 <= left <= days]
    if reached:
        return f"d{min(reached)}"
    heard = max(promise.reported_on or promise.made_on, promise.made_on)
    quarter = (today.month - 1) // 3 + 1
    return f"{today.year}q{quarter}" if (today - heard).days > QUIET_DAYS else ""
