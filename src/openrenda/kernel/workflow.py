"""A workflow is one table: pages draw buttons from it, actions ask it for leave, docs print it, tests walk
its whole product, and `triggers.state_path_trigger` compiles it into the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from .actor import Actor
from .enums import Labelled
from .errors import Blocked, NotAllowed, WrongState
from .verdict import ALLOWED, Rule, Verdict, all_of, any_of

S = TypeVar("S", bound=Labelled)


class HasState(Protocol):
    """Anything with a state column."""

    state: Any


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """One row: who (`rule`) may go from any of `sources` to `target` when `needs` hold. `target` None stays."""

    name: str
    label: str
    sources: tuple[S, ...]
    target: S | None
    rule: Rule
    needs: tuple[Rule, ...] = ()
    law: str = ""
    clock: str = ""

    def lands(self, source: S) -> S:
        """The state after the move taken from `source`."""
        return source if self.target is None else self.target


@dataclass(frozen=True, slots=True)
class Offer(Generic[S]):
    """A move somebody may expect here; `verdict` says whether it is open, and if not, why."""

    move: Move[S]
    verdict: Verdict


@dataclass(frozen=True)
class Workflow(Generic[S]):
    """All states and moves of one aggregate."""

    name: str
    states: type[S]
    initial: tuple[S, ...]
    moves: tuple[Move[S], ...]

    def __post_init__(self) -> None:
        keys = [(move.name, source) for move in self.moves for source in move.sources]
        if len(keys) != len(set(keys)):
            raise ValueError(f"{self.name}: two moves share a name and a source")
        reached = {*self.initial, *(target for _, target in self.edges())}
        if reached != set(self.states):
            raise ValueError(f"{self.name}: never reached: {sorted(set(self.states) - reached)}")

    def edges(self) -> set[tuple[S, S]]:
        """All (source, target) steps, those that stay included."""
        return {(source, move.lands(source)) for move in self.moves for source in move.sources}

    def named(self, name: str) -> tuple[Move[S], ...]:
        """The rows of that name; KeyError if there is none."""
        rows = tuple(move for move in self.moves if move.name == name)
        if not rows:
            raise KeyError(f"{self.name} has no move {name}")
        return rows

    def take(self, name: str, actor: Actor, obj: HasState) -> Move[S]:
        """Leave for the move, or NotAllowed (who), WrongState (where), Blocked (what is missing), in this order."""
        rows = self.named(name)
        state = self.states(obj.state)
        here = next((move for move in rows if state in move.sources), None)
        verdict = any_of(*(move.rule for move in ([here] if here else rows)))(actor, obj)
        if not verdict:
            raise NotAllowed.by(verdict)
        if here is None:
            raise WrongState(move=rows[0].label, state=state.label)
        missing = all_of(*here.needs)(actor, obj)
        if not missing:
            raise Blocked.by(missing)
        return here

    def offers(self, actor: Actor, obj: HasState) -> list[Offer[S]]:
        """The moves this actor could expect on `obj` as it stands, each open or with its reason."""
        return list(self._offers(actor, obj))

    def _offers(self, actor: Actor, obj: HasState) -> Iterator[Offer[S]]:
        state = self.states(obj.state)
        for move in self.moves:
            if state in move.sources and move.rule(actor, obj):
                missing = all_of(*move.needs)(actor, obj)
                yield Offer(move, ALLOWED if missing else missing)

    def mermaid(self) -> str:
        """The state diagram, for docs/reference (generated, compared in tests)."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {state.name}: {state.label}" for state in self.states]
        lines += [f"    [*] --> {state.name}" for state in self.initial]
        lines += [
            f"    {source.name} --> {move.lands(source).name}: {move.label}"
            for move in self.moves
            for source in move.sources
        ]
        return "\n".join(lines) + "\n"
