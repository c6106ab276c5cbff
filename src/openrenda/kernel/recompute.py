"""Which open deadlines a new calendar would move: slices register how to tell, and how to move them.

A deadline is stored when it begins; a holiday announced later does not move it by itself (domain.md B.1). Somebody
looks at the list of changes and applies it; each case then keeps its old date in its own history.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from .actor import Actor
from .subject import SubjectRef
from .workdays import Calendar


@dataclass(frozen=True, slots=True)
class DueChange:
    """One open deadline that comes out differently: what it is for, then and now."""

    subject: SubjectRef
    title: str
    clock: str
    old_due: date
    new_due: date


Preview = Callable[[int, Calendar], Sequence[DueChange]]
Apply = Callable[[Actor, Calendar], Sequence[DueChange]]


@dataclass(frozen=True, slots=True)
class Recompute:
    """`preview(congress_id, calendar)` only looks; `apply(actor, calendar)` moves, records, and tells what it moved."""

    name: str
    label: str
    preview: Preview
    apply: Apply


_register: dict[str, Recompute] = {}


def register_recompute(name: str, label: str, preview: Preview, apply: Apply) -> None:
    """Called once per kind of deadline in the owner's AppConfig.ready; a second entry of the name is an error."""
    if name in _register:
        raise ValueError(f"recompute {name} is registered twice")
    _register[name] = Recompute(name, label, preview, apply)


def all_recomputes() -> list[Recompute]:
    """All kinds of deadlines, by name."""
    return [_register[name] for name in sorted(_register)]
