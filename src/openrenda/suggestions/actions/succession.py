"""Deputies, units and terms end; the handling goes on (domain.md 2.9)."""

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

def succeed_lead(*, suggestion_id: int, actor: Actor) -> Suggestion:
    """The lead's mandate has ended: the next confirmed co-signer leads; with none the lead stays on record."""
    raise NotImplementedError


def succeed_leads(*, actor: Actor) -> int:
    """Sweep over all open suggestions whose lead's mandate has ended; returns how many changed."""
    raise NotImplementedError


def take_over_unit(*, unit_id: int, actor: Actor) -> int:
    """A unit was dissolved: its open parts and promises go to the successor, dates as they were; returns how many."""
    raise NotImplementedError


def carry_term(*, actor: Actor) -> int:
    """A new term has begun: mark what is still open as 上届结转; returns how many."""
    raise NotImplementedError
