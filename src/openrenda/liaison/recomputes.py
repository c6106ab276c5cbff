"""What a changed calendar moves here, as the calendar's page asks for it."""

from collections.abc import Sequence

from openrenda.kernel.actor import Actor
from openrenda.kernel.recompute import DueChange, register_recompute
from openrenda.kernel.text import N_
from openrenda.kernel.workdays import Calendar

from . import actions
from .actions.case import subject_of


def register() -> None:
    """Called once, from the app's ready."""
    register_recompute("liaison", N_("群众意见的期限"), _preview, _apply)


def _preview(congress_id: int, calendar: Calendar) -> Sequence[DueChange]:
    return [_shown(change) for change in actions.preview_recomputation(congress_id=congress_id, calendar=calendar)]


def _apply(actor: Actor, calendar: Calendar) -> Sequence[DueChange]:
    return [_shown(change) for change in actions.apply_recomputation(actor=actor)]


def _shown(change: actions.Change) -> DueChange:
    return DueChange(subject_of(change.opinion_id), change.number, change.kind.label, change.old, change.new)
