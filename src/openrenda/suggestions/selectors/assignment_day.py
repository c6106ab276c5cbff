"""Tables for the deputies' office."""

from openrenda.kernel.actor import Actor
from .rows import AssignRow, DateShift


def assignment_day(actor: Actor) -> list[AssignRow]:
    """All accepted and not yet assigned ones, each with what keeps it from being assigned. Three queries."""
    raise NotImplementedError


def recompute_preview(congress_id: int) -> list[DateShift]:
    """Running cases whose dates the calendar in force now would move. Two queries."""
    raise NotImplementedError
