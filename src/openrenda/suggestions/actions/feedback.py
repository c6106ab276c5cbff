"""Signatories rate attitude and result apart (R9)."""

from collections.abc import Sequence
from datetime import date

from openrenda.kernel.actor import Actor
from openrenda.suggestions.models import (
    Assignment, Commitment, CommitmentReport, Contact, Cosigner, ExtensionRequest, Feedback, LookBack, LookBackBatch,
    MatterGroup, Nudge, Objection, Publication, Reply, ReturnRequest, Suggestion, Supplement,
)
from openrenda.suggestions.states import *
from openrenda.suggestions.values import Answer, Given, PlanLine, Promise, Text
from openrenda.orgs.states import SessionPeriod

def give_feedback(*, suggestion_id: int, given: Given, actor: Actor) -> Feedback:
    """A signatory's verdict on this round; then the round is evaluated. Raises Invalid without a comment on 不满意."""
    raise NotImplementedError


def record_apology(*, suggestion_id: int, note: str, actor: Actor, on: date | None = None) -> Suggestion:
    """Only the attitude was bad: the unit called again and apologised (recorded by SC_REP); closed, result not reopened."""
    raise NotImplementedError


def rate_unrateable(*, suggestion_id: int, reason: str, actor: Actor) -> Suggestion:
    """Nobody is left to rate: SC_REP closes it as 无法反馈, which counts as no feedback."""
    raise NotImplementedError


def remind_feedback(*, suggestion_id: int, actor: Actor) -> Suggestion:
    """Sweep: the window is over, once more seven days."""
    raise NotImplementedError


def close_unanswered(*, suggestion_id: int, actor: Actor) -> Suggestion:
    """Sweep: window and reminder are over; closed by what answers there are. Silence is never satisfaction."""
    raise NotImplementedError
