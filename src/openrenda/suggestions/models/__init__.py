"""Columns, constraints, indexes and triggers of suggestions."""

from .handling import (
    Assignment,
    Contact,
    DueChange,
    ExtensionRequest,
    PlannedUnit,
    ReturnRequest,
)
from .record import FacetCount, Nudge, Objection, Publication, Step, Supplement
from .register import RegisterLine
from .reply import Feedback, Reply, ReplyDelivery
from .result import ClassChange, Commitment, CommitmentReport, LookBack, LookBackBatch
from .suggestion import Cosigner, MatterGroup, SourceOpinion, Suggestion

__all__ = [
    "Assignment",
    "ClassChange",
    "Commitment",
    "CommitmentReport",
    "Contact",
    "Cosigner",
    "DueChange",
    "ExtensionRequest",
    "FacetCount",
    "Feedback",
    "LookBack",
    "LookBackBatch",
    "MatterGroup",
    "Nudge",
    "Objection",
    "PlannedUnit",
    "Publication",
    "RegisterLine",
    "Reply",
    "ReplyDelivery",
    "ReturnRequest",
    "SourceOpinion",
    "Step",
    "Suggestion",
    "Supplement",
]
