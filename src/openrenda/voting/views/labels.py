"""The words for a column that holds a member of an enumeration."""

from django.db.models import Model

from openrenda.kernel.enums import Labelled
from openrenda.voting import states

ENUMS: dict[str, dict[str, type[Labelled]]] = {
    "Poll": {
        "method": states.Method,
        "form": states.Form,
        "state": states.State,
        "need": states.Need,
        "repeat_reason": states.Repeat,
    },
    "RollEntry": {"issued": states.Issued},
    "Scrutineer": {"duty": states.Duty},
    "Decision": {"ruling": states.Ruling, "need": states.Need},
    "Outcome": {"grade": states.Grade},
}
TONES = {
    states.State.OPEN: "open",
    states.State.CLOSED: "open",
    states.State.COUNTED: "open",
    states.State.CONFIRMED: "open",
    states.State.PUBLISHED: "done",
    states.State.VOIDED: "stop",
    states.State.CANCELLED: "stop",
}


def words(row: Model, field: str) -> str:
    """The label of `row.field`; nothing where the column is empty."""
    value = getattr(row, field)
    return ENUMS[type(row).__name__][field](value).label if value else ""


def tone(state: str) -> str:
    """How a state's chip is drawn."""
    return TONES.get(states.State(state), "neutral")
