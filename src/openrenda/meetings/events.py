"""Facts of meetings."""

from dataclasses import dataclass
from typing import Any, ClassVar

from openrenda.kernel.event import Event


@dataclass(frozen=True)
class MeetingNoticed(Event):
    """Members were told of a meeting."""

    kind: ClassVar[str] = "meetings.noticed"
    meeting_id: int = 0


@dataclass(frozen=True)
class ItemDecided(Event):
    """An item of the agenda is decided, by a poll (`poll_id` set) or by recorded figures.

    `outcome` is that of voting.PollPublished over all rounds; empty when no poll was held.
    """

    kind: ClassVar[str] = "meetings.item_decided"
    item_id: int = 0
    meeting_id: int = 0
    subject_kind: str = ""
    subject_id: int = 0
    purpose: str = ""
    passed: bool = False
    poll_id: int = 0
    poll_key: str = ""
    outcome: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class ItemReopened(Event):
    """The vote on an item was void; it will be voted on again."""

    kind: ClassVar[str] = "meetings.item_reopened"
    item_id: int = 0
    meeting_id: int = 0
    subject_kind: str = ""
    subject_id: int = 0
    purpose: str = ""
