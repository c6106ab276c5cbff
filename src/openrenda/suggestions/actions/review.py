"""The deputies' office reviews what was submitted."""

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

def accept(*, suggestion_id: int, actor: Actor, opinion: str = "", serial: int | None = None) -> Suggestion:
    """Take it on and give it its number; `serial` only for registers loaded with their own numbers (system actor or SC_REP)."""
    raise NotImplementedError


def send_back(*, suggestion_id: int, reason: str, actor: Actor) -> Suggestion:
    """Return it for revision, with the reason; after 30 days without revision it lapses."""
    raise NotImplementedError


def reject(*, suggestion_id: int, code: RejectCode, reason: str, actor: Actor, as_letter: bool = True) -> Suggestion:
    """Not a suggestion (R15): refused with code and explanation, handled as a letter if so marked."""
    raise NotImplementedError


def add_supplement(*, suggestion_id: int, text: str, actor: Actor) -> Supplement:
    """The lead deputy explains further after review; the text itself stands."""
    raise NotImplementedError


def mark_key(*, suggestion_id: int, importance: Importance, decision: str, decided_on: date, actor: Actor, leader: str = "", oversight_unit_id: int | None = None) -> Suggestion:
    """Record that the chairpersons' meeting made it a key suggestion (重点督办, R12), who leads it and which committee supervises."""
    raise NotImplementedError
