"""What people hand in, as values (no Django)."""

from dataclasses import dataclass

from openrenda.voting.rules.count import Figures
from openrenda.voting.states import Duty


@dataclass(frozen=True, slots=True)
class OptionSpec:
    """One line of a ballot; `ref` is the caller's own name for it."""

    ref: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RollSpec:
    """Somebody entitled to vote."""

    mandate_id: int
    present: bool = False


@dataclass(frozen=True, slots=True)
class ScrutineerSpec:
    """Somebody who watches the vote."""

    mandate_id: int
    duty: Duty


@dataclass(frozen=True, slots=True)
class Receipt:
    """A ballot on the board. `is_new` is False when the same ballot was there already."""

    tracker: str
    tracker_hex: str
    height: int
    is_new: bool


__all__ = ["Figures", "OptionSpec", "Receipt", "RollSpec", "ScrutineerSpec"]
