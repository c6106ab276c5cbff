"""What every action of the slice does alike."""

from dataclasses import dataclass

from openrenda.audit.actions import digest, record
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_
from openrenda.meetings.errors import NoItem, NoMeeting
from openrenda.meetings.models import AgendaItem, Meeting
from openrenda.meetings.states import ItemState, MeetingState
from openrenda.meetings.workflow import ITEM, MEETING
from openrenda.search.actions import touch


@dataclass(slots=True)
class LockedMeeting:
    """A meeting under lock, with what it was before."""

    meeting: Meeting
    before: str

    def go(self, move: str, actor: Actor) -> None:
        """Leave for the move, and its new state on the (unsaved) row."""
        meeting = self.meeting
        meeting.state = MEETING.take(move, actor, meeting).lands(MeetingState(meeting.state))

    def write(self, actor: Actor, kind: str, **detail: str | int | bool | None) -> None:
        """Save and record."""
        self.meeting.save()
        record(actor, f"meetings.{kind}", self.meeting, before=self.before, **detail)


@dataclass(slots=True)
class LockedItem:
    """An item under lock."""

    item: AgendaItem
    before: str

    def go(self, move: str, actor: Actor) -> None:
        """Leave for the move, and its new state on the (unsaved) row."""
        item = self.item
        item.state = ITEM.take(move, actor, item).lands(ItemState(item.state))

    def write(self, actor: Actor, kind: str, **detail: str | int | bool | None) -> None:
        """Save and record."""
        self.item.save()
        touch("meetings.item", self.item.pk)
        record(actor, f"meetings.{kind}", self.item, before=self.before, **detail)


def lock(meeting_id: int, actor: Actor) -> LockedMeeting:
    """Lock the meeting in the actor's congress. One query."""
    meeting = Meeting.objects.select_for_update().filter(pk=meeting_id, congress_id=actor.congress_id).first()
    if meeting is None:
        raise NoMeeting
    return LockedMeeting(meeting, digest(meeting))


def lock_item(item_id: int, congress_id: int) -> LockedItem:
    """Lock the item in the congress. One query."""
    item = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("meeting")
        .filter(pk=item_id, meeting__congress_id=congress_id)
        .first()
    )
    if item is None:
        raise NoItem
    return LockedItem(item, digest(item))


def required(**texts: str) -> dict[str, str]:
    """The texts trimmed; Invalid names those left empty."""
    trimmed = {name: text.strip() for name, text in texts.items()}
    if missing := {name: N_("请填写。") for name, text in trimmed.items() if not text}:
        raise Invalid(fields=missing)
    return trimmed
