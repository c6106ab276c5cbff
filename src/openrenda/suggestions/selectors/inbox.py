"""Workbenches: what is my turn, what waits for others, what was done lately."""

from openrenda.kernel.actor import Actor
from .rows import Inbox


def inbox(actor: Actor, *, limit: int = 50) -> Inbox:
    """For whatever hat is worn (deputy, SC_REP, GOV_HUB, unit, SC_COMMITTEE, SC_LEADER). At most 9 queries."""
    raise NotImplementedError
