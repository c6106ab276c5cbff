"""A unit says the matter is not its own (R4)."""

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

def request_return(*, assignment_id: int, reason: str, actor: Actor, wished_unit_id: int | None = None) -> ReturnRequest:
    """Ask to hand it back, within the unit's return days."""
    raise NotImplementedError


def grant_return(*, assignment_id: int, unit_id: int, actor: Actor, note: str = "") -> Assignment:
    """Agree, and give it to `unit_id`; returns the new assignment. The legal clock runs on."""
    raise NotImplementedError


def refuse_return(*, assignment_id: int, reason: str, actor: Actor) -> Assignment:
    """Do not agree: the unit handles it, signed or not."""
    raise NotImplementedError


def fix_unit(*, assignment_id: int, unit_id: int, actor: Actor, note: str = "") -> Assignment:
    """After two returns SC_REP and GOV_HUB each name a unit; when both name the same it is fixed for good. Returns the assignment now in force."""
    raise NotImplementedError
