"""A deputy writes, invites, confirms, submits."""

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

def write_draft(*, lead_id: int, text: Text, actor: Actor, suggested_unit_ids: Sequence[int] = (), opinion_ids: Sequence[int] = (), contact_phone: str = "", is_confidential: bool = False) -> Suggestion:
    """A deputy begins a suggestion; `lead_id` is his mandate. Source opinions are taken over (liaison.convert). Raises Invalid(fields)."""
    raise NotImplementedError


def edit_draft(*, suggestion_id: int, text: Text, actor: Actor, suggested_unit_ids: Sequence[int] | None = None, opinion_ids: Sequence[int] | None = None, contact_phone: str | None = None, is_confidential: bool | None = None) -> Suggestion:
    """Change the text before submission or after a return; every confirmation of a co-signer is reset. None leaves a field as it is."""
    raise NotImplementedError


def invite_cosigners(*, suggestion_id: int, mandate_ids: Sequence[int], actor: Actor) -> Suggestion:
    """Ask other deputies to co-sign; DRAFT becomes COSIGNING."""
    raise NotImplementedError


def confirm_cosign(*, suggestion_id: int, actor: Actor) -> Cosigner:
    """An invited deputy signs the text as it now stands."""
    raise NotImplementedError


def decline_cosign(*, suggestion_id: int, actor: Actor) -> Cosigner:
    """An invited deputy does not sign."""
    raise NotImplementedError


def submit(*, suggestion_id: int, actor: Actor, period: SessionPeriod | None = None) -> Suggestion:
    """File it; who has not confirmed drops off. In session or not is told by the sessions' dates unless `period` is given."""
    raise NotImplementedError
