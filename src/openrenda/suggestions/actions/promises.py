"""The promise ledger (R11)."""

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

def report_promise(*, commitment_id: int, text: str, actor: Actor, proof: str = "") -> CommitmentReport:
    """The unit's (at least quarterly) report on an open promise."""
    raise NotImplementedError


def claim_done(*, commitment_id: int, text: str, proof: str, actor: Actor) -> Commitment:
    """The unit says it is done, with proof."""
    raise NotImplementedError


def confirm_done(*, commitment_id: int, note: str, actor: Actor) -> Commitment:
    """The lead deputy or the committee confirms."""
    raise NotImplementedError


def deny_done(*, commitment_id: int, reason: str, actor: Actor) -> Commitment:
    """It is not done: the promise stands, overdue if its day is past."""
    raise NotImplementedError


def change_promise(*, commitment_id: int, deadline: date, reason: str, signer: str, actor: Actor) -> Commitment:
    """A new date, signed by the unit's leader, told to the deputy; twice at most."""
    raise NotImplementedError


def declare_impossible(*, commitment_id: int, explanation: str, signer: str, actor: Actor) -> Commitment:
    """It cannot be done: explained in writing, signed by the leader."""
    raise NotImplementedError


def mark_overdue(*, commitment_id: int, actor: Actor) -> Commitment:
    """Sweep: the day is past."""
    raise NotImplementedError


def carry_over(*, commitment_id: int, year: int, actor: Actor) -> Commitment:
    """Year end: the open promise appears in next year's ledger under the same id."""
    raise NotImplementedError
