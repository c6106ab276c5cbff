"""Look-backs (回头看)."""

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

def draw_look_back(*, year: int, seed: str, actor: Actor, share: int = 20) -> LookBackBatch:
    """Draw the yearly batch: all B and C of two years, `share` % of A by a published seed, every former 不满意."""
    raise NotImplementedError


def choose_look_back(*, suggestion_id: int, actor: Actor) -> LookBack:
    """Look at one outside the batch."""
    raise NotImplementedError


def record_look_back(*, look_back_id: int, verdict: LookBackVerdict, note: str, actor: Actor, on: date | None = None, new_class: ReplyClass | None = None) -> LookBack:
    """What was found; `new_class` re-grades with a line in the class history."""
    raise NotImplementedError
