"""Facts of a poll's life."""

from dataclasses import dataclass
from typing import Any, ClassVar

from openrenda.kernel.event import Event


@dataclass(frozen=True)
class PollEvent(Event):
    """Base: which poll, about what."""

    poll_id: int
    key: str = ""
    subject_kind: str = ""
    subject_id: int = 0
    meeting_ref: str = ""


@dataclass(frozen=True)
class SetupBegun(PollEvent):
    """Scrutineers are asked for their keys."""

    kind: ClassVar[str] = "voting.setup_begun"


@dataclass(frozen=True)
class PollOpened(PollEvent):
    """Rules are frozen; votes may be given."""

    kind: ClassVar[str] = "voting.opened"


@dataclass(frozen=True)
class PollClosed(PollEvent):
    """No more votes."""

    kind: ClassVar[str] = "voting.closed"


@dataclass(frozen=True)
class PollPublished(PollEvent):
    """The result is out.

    `outcome` holds one mapping per option of the whole chain of re-votes: ref, label, approve, oppose, abstain,
    passed, chosen, rank, grade, round. `final` is False while the presidium has ordered one more vote.
    """

    kind: ClassVar[str] = "voting.published"
    outcome: tuple[dict[str, Any], ...] = ()
    final: bool = True
    rules_hash: str = ""


@dataclass(frozen=True)
class PollVoided(PollEvent):
    """The vote does not count; it may be repeated."""

    kind: ClassVar[str] = "voting.voided"
    reason: str = ""


@dataclass(frozen=True)
class PollCancelled(PollEvent):
    """It was never opened."""

    kind: ClassVar[str] = "voting.cancelled"
