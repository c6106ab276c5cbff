"""A suggestion ends before it is answered (R17)."""

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

def ask_withdrawal(*, suggestion_id: int, reason: str, actor: Actor) -> Suggestion:
    """The lead deputy asks the co-signers to agree to a withdrawal."""
    raise NotImplementedError


def agree_withdrawal(*, suggestion_id: int, actor: Actor) -> Cosigner:
    """A co-signer agrees to the withdrawal."""
    raise NotImplementedError


def withdraw(*, suggestion_id: int, reason: str, actor: Actor) -> Suggestion:
    """Withdraw in writing before the reply; needs every co-signer's agreement. Units stop, opinions are released."""
    raise NotImplementedError


def lapse_returned(*, suggestion_id: int, actor: Actor) -> Suggestion:
    """Sweep: returned and not revised for 30 days counts as withdrawn."""
    raise NotImplementedError
