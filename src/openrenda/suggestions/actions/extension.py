"""Six months instead of three (代表法 §51)."""

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

def request_extension(*, assignment_id: int, reason: ExtensionReason, note: str, actor: Actor) -> ExtensionRequest:
    """Ask before the first deadline."""
    raise NotImplementedError


def endorse_extension(*, assignment_id: int, actor: Actor) -> ExtensionRequest:
    """The government's office agrees and passes it on to the deputies' office."""
    raise NotImplementedError


def grant_extension(*, assignment_id: int, actor: Actor, note: str = "") -> ExtensionRequest:
    """The deputies' office agrees: due six months after the first assignment; the old date goes to the ledger."""
    raise NotImplementedError


def refuse_extension(*, assignment_id: int, reason: str, actor: Actor) -> ExtensionRequest:
    """Government's or deputies' office does not agree; the date stands."""
    raise NotImplementedError
