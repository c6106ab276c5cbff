"""What a changed calendar moves here, as the calendar's page asks for it."""

from collections.abc import Sequence

from openrenda.kernel.actor import Actor
from openrenda.kernel.recompute import DueChange, register_recompute
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.kernel.workdays import Calendar

from . import actions, selectors
from .selectors.rows import DateShift


def register() -> None:
    """Called once, from the app's ready."""
    register_recompute("suggestions", N_("代表建议的法定期限"), _preview, _apply)


def _preview(congress_id: int, calendar: Calendar) -> Sequence[DueChange]:
    return [_shown(shift) for shift in selectors.recompute_preview(congress_id, calendar)]


def _apply(actor: Actor, calendar: Calendar) -> Sequence[DueChange]:
    shifts = selectors.recompute_preview(actor.congress_id)
    actions.apply_recompute(suggestion_ids=[shift.suggestion_id for shift in shifts], actor=actor)
    return [_shown(shift) for shift in shifts]


def _shown(shift: DateShift) -> DueChange:
    subject = SubjectRef("suggestions.suggestion", shift.suggestion_id)
    return DueChange(subject, shift.number, N_("法定答复期限"), shift.old, shift.new)
