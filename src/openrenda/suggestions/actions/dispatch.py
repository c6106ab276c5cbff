"""Second-level assignment, signing for, changing a unit that has not signed."""

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

def distribute(*, assignment_id: int, actor: Actor, lines: Sequence[PlanLine] | None = None) -> list[Assignment]:
    """The government's office hands it to its units (分办), as planned unless `lines` say otherwise."""
    raise NotImplementedError


def sign_for(*, assignment_id: int, actor: Actor, clerk: str = "", responsible: str = "") -> Assignment:
    """The unit takes it on (签收)."""
    raise NotImplementedError


def reassign(*, assignment_id: int, unit_id: int, reason: str, actor: Actor) -> Assignment:
    """Who assigned it gives an unsigned part (or an open co-handling) to another unit; returns the new assignment."""
    raise NotImplementedError
