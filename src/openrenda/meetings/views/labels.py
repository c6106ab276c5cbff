"""The words for a column that holds a member of an enumeration."""

from django.db.models import Model

from openrenda.kernel.enums import Labelled
from openrenda.meetings import states
from openrenda.voting.states import Duty, State

ENUMS: dict[str, dict[str, type[Labelled]]] = {
    "Meeting": {"kind": states.MeetingKind, "state": states.MeetingState},
    "AgendaItem": {"kind": states.ItemKind, "state": states.ItemState},
    "Scrutineer": {"duty": Duty},
    "Poll": {"state": State},
}


def words(row: Model, field: str) -> str:
    """The label of `row.field`; nothing where the column is empty."""
    value = getattr(row, field)
    return ENUMS[type(row).__name__][field](value).label if value else ""
