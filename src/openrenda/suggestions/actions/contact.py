"""Units speak with the deputy (面商)."""

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

def record_contact(*, assignment_id: int, way: ContactWay, on: date, notes: str, actor: Actor, people: str = "", place: str = "", mandate_id: int | None = None) -> Contact:
    """The unit records that it spoke with a signatory (the lead by default) on a day not in the future; the deputy confirms or denies."""
    raise NotImplementedError


def record_attempt(*, assignment_id: int, way: ContactWay, on: date, notes: str, actor: Actor) -> Contact:
    """The deputy could not be met: a dated attempt. Two of them let the unit reply, and count as not met."""
    raise NotImplementedError


def confirm_contact(*, contact_id: int, actor: Actor) -> Contact:
    """The deputy confirms it took place."""
    raise NotImplementedError


def deny_contact(*, contact_id: int, reason: str, actor: Actor) -> Contact:
    """The deputy says it did not."""
    raise NotImplementedError
