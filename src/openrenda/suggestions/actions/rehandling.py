"""Dissatisfied, or looked back at: once more, or explained (R10)."""

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

def rehandle(*, suggestion_id: int, note: str, actor: Actor, unit_ids: Sequence[int] = ()) -> Suggestion:
    """SC_REP orders a new round of 30 days; all answering units unless some are named."""
    raise NotImplementedError


def explain_no_rehandle(*, suggestion_id: int, reason: str, informed_meeting: str, actor: Actor) -> Suggestion:
    """SC_REP explains why not, having informed the chairpersons' meeting."""
    raise NotImplementedError


def reopen(*, suggestion_id: int, decision: str, decided_on: date, actor: Actor) -> Suggestion:
    """A look-back reopens a closed one by decision of the chairpersons' meeting."""
    raise NotImplementedError
