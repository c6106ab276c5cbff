"""The deputies' office plans and assigns."""

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

def plan(*, suggestion_id: int, mode: Mode, lines: Sequence[PlanLine], actor: Actor, oversight_unit_id: int | None = None) -> Suggestion:
    """Say how and by whom it is to be handled; replaces an earlier plan. Raises Invalid on a plan that does not fit its mode."""
    raise NotImplementedError


def assign_in_bulk(*, suggestion_ids: Sequence[int], actor: Actor) -> list[Suggestion]:
    """Assignment day (交办): all of them or none. Raises BulkRefused, whose `rows` say for each why not."""
    raise NotImplementedError


def group_same_matter(*, main_id: int, suggestion_ids: Sequence[int], actor: Actor, note: str = "") -> MatterGroup:
    """Handle suggestions of one matter together (并案); each keeps its number, reply and rating."""
    raise NotImplementedError


def leave_group(*, suggestion_id: int, actor: Actor) -> Suggestion:
    """Take one out of its group again."""
    raise NotImplementedError
