"""Co-handlers' opinions (R6)."""

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

def give_opinion(*, assignment_id: int, text: str, actor: Actor) -> Assignment:
    """A co-handler gives its written opinion to the lead unit."""
    raise NotImplementedError


def mark_opinion_overdue(*, assignment_id: int, actor: Actor) -> Assignment:
    """Lead unit, hub or deputies' office marks a co-handler as late, so that the lead need not wait."""
    raise NotImplementedError
