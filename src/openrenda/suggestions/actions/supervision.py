"""Reminders, orders, objections."""

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

def nudge(*, suggestion_id: int, unit_id: int, kind: NudgeKind, text: str, actor: Actor, answer_due: date | None = None) -> Nudge:
    """SC_REP, the supervising committee or the hub urges a unit; an order (督办单) has an answer date."""
    raise NotImplementedError


def answer_nudge(*, nudge_id: int, answer: str, actor: Actor) -> Nudge:
    """The unit answers."""
    raise NotImplementedError


def object_to_unit(*, suggestion_id: int, unit_id: int, text: str, actor: Actor) -> Objection:
    """The lead deputy objects to the unit assigned."""
    raise NotImplementedError


def answer_objection(*, objection_id: int, answer: str, actor: Actor) -> Objection:
    """SC_REP answers; a change of unit is `reassign`."""
    raise NotImplementedError
