"""What was said of the same before, and beside what it is shown: frozen rows."""

from dataclasses import dataclass
from datetime import datetime

from openrenda.suggestions.states import State


@dataclass(frozen=True, slots=True)
class AlikeMatter:
    """A suggestion or an opinion that seems to tell of the same matter. `words`: what it says alike; `same_place`: None
    if nobody can tell; `groupable`: still handled, so that 并案 is possible."""

    id: int
    is_suggestion: bool
    number: str
    title: str
    state: str
    at: datetime
    url: str
    words: tuple[str, ...]
    same_place: bool | None
    groupable: bool


Parts = tuple[tuple[str, bool], ...]
"""A text in pieces, and for each whether the other text says it too."""


@dataclass(frozen=True, slots=True)
class BesideFace:
    """One of two suggestions side by side."""

    id: int
    number: str
    state: State
    lead: str
    unit: str
    category: str
    submitted_at: datetime | None
    title: Parts
    problem: Parts
    proposal: Parts


@dataclass(frozen=True, slots=True)
class Beside:
    """Two suggestions and what they say alike; whether this actor may group them, whether they are grouped."""

    words: tuple[str, ...]
    one: BesideFace
    other: BesideFace
    may_group: bool
    together: bool
