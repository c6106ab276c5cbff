"""Meetings, who belongs to them, who is there."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.kernel.subject import SubjectRef
from openrenda.meetings.errors import NoItem, NoMeeting
from openrenda.meetings.models import AgendaItem, Meeting, Scrutineer
from openrenda.meetings.rules.quorum import needed
from openrenda.meetings.states import VOTING_KINDS, MeetingKind, MeetingState, Presence
from openrenda.orgs.models import Mandate
from openrenda.orgs.selectors import deputies_in_office
from openrenda.orgs.states import Role

INSIDE = (Role.SC_OFFICE, Role.SC_LEADER, Role.SC_REP, Role.SC_COMMITTEE, Role.DEPUTY, Role.TELLER)
"""The house: its offices, deputies, tellers."""


@dataclass(frozen=True, slots=True)
class Counts:
    """应到、实到、请假, and whether the body may sit."""

    base: int
    present: int
    on_leave: int
    needed: int

    @property
    def has_quorum(self) -> bool:
        return self.present >= self.needed

    @property
    def missing(self) -> int:
        return self.base - self.present - self.on_leave


@dataclass(frozen=True, slots=True)
class RollRow:
    """A member and whether she is there; `presence` is empty before any word of her."""

    mandate_id: int
    name: str
    delegation: str
    presence: str
    reason: str


def meetings_of(congress_id: int, kind: MeetingKind | None = None) -> QuerySet[Meeting]:
    """Meetings, newest first, of one kind or all. One query."""
    rows = Meeting.objects.filter(congress_id=congress_id).select_related("session__term")
    return rows if kind is None else rows.filter(kind=kind)


def meeting_by_key(congress_id: int, key: str) -> Meeting:
    """One meeting; NoMeeting if unknown. One query."""
    row = meetings_of(congress_id).filter(key=key).first()
    if row is None:
        raise NoMeeting
    return row


def is_inside(actor: Actor) -> bool:
    """Is this somebody of the house: its offices, deputies, tellers?"""
    return actor.has(*INSIDE)


def meeting_for(actor: Actor, pk: int) -> Meeting:
    """One meeting for the workbench: offices of the congress and its deputies. One query."""
    row = meetings_of(actor.congress_id).filter(pk=pk).first() if is_inside(actor) else None
    if row is None:
        raise NoMeeting
    return row


def item_for(actor: Actor, pk: int) -> AgendaItem:
    """One item for the workbench. Two queries."""
    row = AgendaItem.objects.select_related("meeting", "poll", "reporter").filter(pk=pk).first()
    if row is None:
        raise NoItem
    meeting_for(actor, row.meeting_id)
    return row


def items_about(subject: SubjectRef) -> QuerySet[AgendaItem]:
    """Items whose subject this is, oldest first. One query."""
    rows = AgendaItem.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return rows.select_related("meeting", "poll").order_by("pk")


def item_of_poll(poll_id: int) -> AgendaItem | None:
    """The item on which a poll is or was held. One query."""
    return AgendaItem.objects.select_related("meeting").filter(poll_id=poll_id).first()


def members(meeting: Meeting) -> QuerySet[Mandate]:
    """All members in office on the day: deputies, or those of the standing committee. One query.

    A presidium and a chairpersons' meeting decide nothing by ballot: whoever may come is a deputy or a member.
    """
    rows = deputies_in_office(meeting.congress_id, meeting.held_on)
    if meeting.kind in (MeetingKind.CONGRESS, MeetingKind.PRESIDIUM):
        return rows
    return rows.exclude(sc_post="")


def roll(meeting: Meeting) -> list[RollRow]:
    """Every member in office with her presence, by delegation and code. Two queries."""
    said = {row.mandate_id: row for row in meeting.attendance.all()}
    rows = []
    for mandate in members(meeting).order_by("delegation__name", "code"):
        seen = said.get(mandate.pk)
        rows.append(
            RollRow(
                mandate.pk,
                mandate.person.name,
                mandate.delegation.name,
                seen.presence if seen else "",
                seen.reason if seen else "",
            )
        )
    return rows


def attendance_counts(meeting: Meeting) -> Counts:
    """应到、实到、请假. At most two queries."""
    states = [row.presence for row in meeting.attendance.all()]
    before = meeting.state in (MeetingState.PREPARING, MeetingState.NOTICED)
    base = base_of(meeting) if before else meeting.base
    return Counts(base, states.count(Presence.SIGNED_IN), states.count(Presence.ON_LEAVE), needed(meeting.kind, base))


def base_of(meeting: Meeting) -> int:
    """How many belong to the body: all members in office; of a presidium, those entered as present or on leave."""
    return members(meeting).count() if meeting.kind in VOTING_KINDS else meeting.attendance.count()


def scrutineers_of(meeting: Meeting) -> list[Scrutineer]:
    """Who watches its votes, the chief first. One query."""
    return list(meeting.scrutineers.select_related("mandate__person", "mandate__delegation"))


# ---- as the subject of notices ---------------------------------------------------------------------------------------


def subject_title(pk: int) -> str:
    """How a meeting is called in notices and the audit. One query."""
    return Meeting.objects.filter(pk=pk).values_list("title", flat=True).first() or ""


def subject_url(pk: int, _actor: Actor) -> str:
    """Its page on the workbench. One query."""
    return reverse("meetings:meeting", args=[Meeting.objects.only("key").get(pk=pk).key])


def subject_visible(actor: Actor, pk: int) -> bool:
    """May this actor open it? One query."""
    return is_inside(actor) and Meeting.objects.filter(pk=pk, congress_id=actor.congress_id).exists()
