"""Decided three times: the deputy's wish, the unit's review, the release."""

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

def review_publicity(*, reply_id: int, publicity: Publicity, checked_by: str, actor: Actor, reason: str = "") -> Reply:
    """The unit's view after its secrecy check (保密审查), whose record is the checker's name and day."""
    raise NotImplementedError


def release(*, suggestion_id: int, decision: Publicity, actor: Actor, checked_by: str, reason: str = "", summary: str = "") -> Publication:
    """GOV_HUB or SC_REP decides; personal numbers are masked. After a later reply release again."""
    raise NotImplementedError
