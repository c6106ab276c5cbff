"""Columns, constraints and triggers of voting."""

from .board import BoardEvent, Credential, Setup
from .poll import Option, Poll, RollEntry, Scrutineer
from .record import Confirmation, Decision, NamedVote, Outcome, PaperCount

__all__ = [
    "BoardEvent",
    "Confirmation",
    "Credential",
    "Decision",
    "NamedVote",
    "Option",
    "Outcome",
    "PaperCount",
    "Poll",
    "RollEntry",
    "Scrutineer",
    "Setup",
]
