"""A changed working-day calendar moves dates, after a look (peers.md §4)."""

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

def apply_recompute(*, suggestion_ids: Sequence[int], actor: Actor) -> int:
    """Put the dates that `selectors.recompute_preview` shows in force, each with a line in the ledger; returns how many changed."""
    raise NotImplementedError
