"""Every write of the slice. Keyword-only, one transaction each: lock, decide, write, record, publish."""

from .drafting import cancel_poll, draft_poll, take_roll
from .values import Figures, OptionSpec, Receipt, RollSpec, ScrutineerSpec

__all__ = [
    "Figures",
    "OptionSpec",
    "Receipt",
    "RollSpec",
    "ScrutineerSpec",
    "cancel_poll",
    "draft_poll",
    "take_roll",
]
