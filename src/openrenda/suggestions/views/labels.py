"""The words for a column that holds a member of an enumeration."""

from django.db.models import Model

from openrenda.kernel.enums import Labelled
from openrenda.suggestions import states

_SUGGESTION = {
    "state": states.State,
    "reply_class": states.ReplyClass,
    "importance": states.Importance,
    "origin": states.Origin,
    "wish": states.Wish,
    "publicity_wish": states.PublicityWish,
    "publicity": states.Publicity,
    "mode": states.Mode,
    "outcome": states.Outcome,
    "reject_code": states.RejectCode,
}
_REPLY = {
    "state": states.ReplyState,
    "reply_class": states.ReplyClass,
    "publicity": states.Publicity,
    "reference_reason": states.ReferenceReason,
    "back_reason": states.BackReason,
}
ENUMS: dict[str, dict[str, type[Labelled]]] = {
    "Suggestion": _SUGGESTION,
    "Cosigner": {"state": states.CosignState},
    "Assignment": {"state": states.AssignmentState, "part": states.Part},
    "PlannedUnit": {"part": states.Part},
    "Contact": {"state": states.ContactState, "way": states.ContactWay},
    "ExtensionRequest": {"reason": states.ExtensionReason},
    "Reply": _REPLY,
    "Feedback": {"attitude": states.Rating, "result": states.Rating},
    "Commitment": {"state": states.CommitmentState, "kind": states.CommitmentKind},
    "CommitmentReport": {"kind": states.ReportKind},
    "LookBack": {"cause": states.LookBackCause, "verdict": states.LookBackVerdict},
    "Nudge": {"kind": states.NudgeKind},
    "Publication": {"decision": states.Publicity},
}


def words(row: Model, field: str) -> str:
    """The label of `row.field`; nothing where the column is empty."""
    value = getattr(row, field)
    return ENUMS[type(row).__name__][field](value).label if value else ""
