"""Draft, sign, check and deliver the reply."""

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

def draft_reply(*, assignment_id: int, answer: Answer, actor: Actor) -> Reply:
    """The clerk's reply goes to review. Raises Blocked (no contact, co-handlers missing) and Invalid(fields)."""
    raise NotImplementedError


def share_reply(*, reply_id: int, assignment_ids: Sequence[int], doc_nos: Sequence[str], actor: Actor) -> list[Reply]:
    """Same matter: one body, a reply of its own for each suggestion of the group."""
    raise NotImplementedError


def sign_reply(*, reply_id: int, signer: str, signer_title: str, is_chief: bool, actor: Actor) -> Reply:
    """The unit's leader signs, not the drafter; from the second round on the chief (主要负责人) must (R8)."""
    raise NotImplementedError


def send_back_reply(*, reply_id: int, reason: BackReason, note: str, actor: Actor) -> Reply:
    """Leader, hub or deputies' office returns the draft with a reason."""
    raise NotImplementedError


def pass_reply(*, reply_id: int, actor: Actor) -> Suggestion:
    """GOV_HUB (SC_REP for direct organs) lets it out: delivered to each signatory, promises entered, feedback opened."""
    raise NotImplementedError


def mark_read(*, reply_id: int, actor: Actor) -> None:
    """A signatory has opened the reply; the first time counts."""
    raise NotImplementedError
