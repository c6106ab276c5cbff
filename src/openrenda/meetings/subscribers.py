"""What votes say is taken up by the agenda; members are told of a meeting."""

from openrenda.kernel.event import Meta
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.notifications.actions import notify
from openrenda.voting.events import PollCancelled, PollPublished, PollVoided

from . import actions
from .actions.votes import item_id_of
from .events import MeetingNoticed
from .models import Meeting
from .selectors import members

MEMBER = N_("您是这次会议的组成人员。")


def tell_noticed(event: MeetingNoticed, meta: Meta) -> None:
    """Every member in office gets the day and the place."""
    meeting = Meeting.objects.get(pk=event.meeting_id)
    people = members(meeting).order_by("pk").values_list("person_id", flat=True)
    notify(
        meta=meta,
        recipients=[f"person:{pk}" for pk in people],
        subject=SubjectRef("meetings.meeting", meeting.pk),
        title=N_("{matter}将于{day}举行"),
        body=N_("地点：{place}。不能出席的，请提前向常委会办公室请假。"),
        why=MEMBER,
        matter=meeting.title,
        day=meeting.held_on.isoformat(),
        place=meeting.place,
    )


def take_result(event: PollPublished, meta: Meta) -> None:
    """A published vote decides its item, unless one more vote was ordered."""
    item_id = item_id_of(event.meeting_ref)
    if item_id is not None and event.final:
        actions.follow_published(
            item_id=item_id,
            poll_id=event.poll_id,
            poll_key=event.key,
            outcome=event.outcome,
            congress_id=meta.congress_id,
        )


def take_void(event: PollVoided, meta: Meta) -> None:
    """A void vote leaves its item open."""
    item_id = item_id_of(event.meeting_ref)
    if item_id is not None:
        actions.follow_voided(item_id=item_id, congress_id=meta.congress_id)


def take_cancelled(event: PollCancelled, meta: Meta) -> None:
    """A vote given up before it opened: the item may be put to another."""
    item_id = item_id_of(event.meeting_ref)
    if item_id is not None:
        actions.follow_cancelled(item_id=item_id, congress_id=meta.congress_id)
