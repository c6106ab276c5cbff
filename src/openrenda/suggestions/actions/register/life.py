"""A life that is built in memory: where it stands, what was told of it, and the rows that belong to it."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db import models

from openrenda.kernel.copying import model_of
from openrenda.orgs.models import Mandate, Unit
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.states import AssignmentState, CommitmentState, State

from .past import Past
from .place import Place

STEP_COLUMNS = (
    "suggestion_id", "at", "kind", "text", "params", "who", "unit_id", "from_state", "to_state", "waited_days",
    "is_public",
)  # fmt: skip
REGISTER = "register"
"""Marks a step's params: told by an old register, not done here."""


@dataclass(slots=True)
class Turn:
    """A unit's turn (a new Assignment) and the states it went through. `wave`: turns that replace others come after."""

    row: Any
    unit: Unit
    path: list[str]
    wave: int

    def to(self, state: AssignmentState) -> None:
        self.row.state = state
        self.path.append(state.value)


@dataclass(slots=True)
class Pledge:
    """A promise (a new Commitment) with the states it went through."""

    row: Any
    path: list[str]

    def to(self, state: CommitmentState) -> None:
        self.row.state = state
        self.path.append(state.value)


@dataclass(slots=True)
class Told:
    """One step of the story before it has its place in it. `aside`: it did not move the suggestion."""

    at: datetime
    kind: str
    text: str
    who: str
    unit_id: int | None
    is_public: bool
    params: dict[str, str]
    before: str
    after: str
    aside: bool


@dataclass
class Life:
    """One suggestion on its way through what the register tells, its clock running up to now at most."""

    past: Past
    place: Place
    suggestion: Suggestion
    at: datetime
    path: list[str] = field(default_factory=lambda: [State.DRAFT.value])
    told: list[Told] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    pledges: list[Pledge] = field(default_factory=list)
    rows: dict[type[models.Model], list[Any]] = field(default_factory=lambda: defaultdict(list))

    @property
    def pk(self) -> int:
        return self.suggestion.pk

    @property
    def urn(self) -> str:
        return self.place.actor.urn

    @property
    def signatories(self) -> tuple[Mandate, ...]:
        return (self.past.lead, *self.past.cosigners)

    @property
    def day(self) -> date:
        return self.at.date()

    def go_to(self, moment: datetime) -> None:
        """Let time pass: never backwards, never beyond now."""
        self.at = min(max(self.at, moment), self.place.now)

    def add(self, row: Any) -> None:
        """A row that belongs to the suggestion and that nothing refers to."""
        self.rows[model_of(row)].append(row)

    def tell(
        self,
        kind: str,
        text: str,
        who: str,
        *to: State,
        unit: Unit | None = None,
        is_public: bool = True,
        at: datetime | None = None,
        params: Mapping[str, str] | None = None,
    ) -> None:
        """A step of the story that moves the suggestion through the states `to`. With `at` it stands aside: it happened
        at that moment, beside whatever else goes on, and moves nothing."""
        before = self.path[-1]
        self.path += [state.value for state in to]
        self.told.append(
            Told(
                at or self.at,
                kind,
                text,
                who[:80],
                unit.pk if unit else None,
                is_public,
                dict(params or {}),
                self.path[-2] if to else before,
                self.path[-1],
                aside=at is not None,
            )
        )

    def story(self) -> list[Sequence[Any]]:
        """The steps in the order of time, as values of STEP_COLUMNS, each marked as told by the register."""
        steps: list[Sequence[Any]] = []
        last, state = self.told[0].at, self.told[0].before
        for step in sorted(self.told, key=attrgetter("at")):
            if not step.aside:
                state = step.after
            moved_from = step.before if not step.aside and step.before != step.after else ""
            waited = max((step.at.date() - last.date()).days, 0)
            params = json.dumps({**step.params, "from": REGISTER}, ensure_ascii=False)
            cells = (step.text, params, step.who, step.unit_id, moved_from, state, waited, step.is_public)
            steps.append((self.pk, step.at, step.kind, *cells))
            last = step.at
        return steps
