"""A meeting is called, sits, and ends; who is there."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from openrenda.audit.actions import record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.meetings.errors import NoQuorum, NotMember
from openrenda.meetings.events import MeetingNoticed
from openrenda.meetings.models import Attendance, Meeting, Scrutineer
from openrenda.meetings.rules.quorum import needed
from openrenda.meetings.rules.who import is_office
from openrenda.meetings.selectors import base_of, members
from openrenda.meetings.states import MeetingKind, Presence
from openrenda.orgs.models import Session
from openrenda.voting.states import Duty

from .steps import LockedMeeting, lock, required


@transaction.atomic
def convene(
    *,
    kind: MeetingKind,
    key: str,
    title: str,
    held_on: date,
    place: str,
    actor: Actor,
    session_id: int | None = None,
) -> Meeting:
    """Enter a meeting."""
    texts = required(key=key, title=title, place=place)
    meeting = Meeting(congress_id=actor.congress_id, kind=MeetingKind(kind), held_on=held_on)
    verdict = is_office(actor, meeting)
    if not verdict:
        raise NotAllowed.by(verdict)
    if Meeting.objects.filter(congress_id=actor.congress_id, key=texts["key"]).exists():
        raise Invalid(fields={"key": N_("这个编号已经用过。")})
    if session_id is not None:
        found = Session.objects.filter(pk=session_id, term__congress_id=actor.congress_id).first()
        if found is None:
            raise Invalid(fields={"session": N_("没有这次代表大会会议。")})
        meeting.session = found
    meeting.key, meeting.title, meeting.place = texts["key"], texts["title"][:120], texts["place"][:80]
    meeting.save(force_insert=True)
    record(actor, "meetings.convened", meeting)
    return meeting


@transaction.atomic
def give_notice(*, meeting_id: int, actor: Actor) -> Meeting:
    """Members are told."""
    case = lock(meeting_id, actor)
    case.go("give_notice", actor)
    case.write(actor, "noticed")
    publish(MeetingNoticed(meeting_id=case.meeting.pk), actor)
    return case.meeting


@transaction.atomic
def open_meeting(*, meeting_id: int, actor: Actor) -> Meeting:
    """Declare it open: the base is frozen, and enough must be present."""
    case = lock(meeting_id, actor)
    case.go("open", actor)
    meeting = case.meeting
    meeting.base = base_of(meeting)
    meeting.quorum = needed(meeting.kind, meeting.base)
    present = meeting.attendance.filter(presence=Presence.SIGNED_IN).count()
    if not meeting.base or present < meeting.quorum:
        raise NoQuorum(present=present, needed=meeting.quorum)
    meeting.opened_at = clock.now()
    case.write(actor, "opened", base=meeting.base, present=present)
    return meeting


@transaction.atomic
def close_meeting(*, meeting_id: int, actor: Actor) -> Meeting:
    """The sitting is over."""
    case = lock(meeting_id, actor)
    case.go("close", actor)
    case.meeting.closed_at = clock.now()
    case.write(actor, "closed")
    return case.meeting


@transaction.atomic
def archive_meeting(*, meeting_id: int, actor: Actor) -> Meeting:
    """Put it away."""
    case = lock(meeting_id, actor)
    case.go("archive", actor)
    case.write(actor, "archived")
    return case.meeting


@transaction.atomic
def sign_in(*, meeting_id: int, mandate_ids: Sequence[int], actor: Actor) -> int:
    """Members are there; all of them or none. Returns how many were not signed in before."""
    case = lock(meeting_id, actor)
    case.go("sign_in", actor)
    return _enter(case, mandate_ids, Presence.SIGNED_IN, "", actor)


@transaction.atomic
def take_leave(*, meeting_id: int, mandate_ids: Sequence[int], reason: str, actor: Actor) -> int:
    """Members are excused."""
    case = lock(meeting_id, actor)
    case.go("take_leave", actor)
    return _enter(case, mandate_ids, Presence.ON_LEAVE, required(reason=reason)["reason"][:200], actor)


@transaction.atomic
def leave(*, meeting_id: int, mandate_ids: Sequence[int], actor: Actor) -> int:
    """Members have left; they count no longer towards the quorum of the next vote."""
    case = lock(meeting_id, actor)
    case.go("sign_in", actor)
    return _enter(case, mandate_ids, Presence.LEFT, "", actor)


def _enter(case: LockedMeeting, ids: Sequence[int], presence: Presence, reason: str, actor: Actor) -> int:
    meeting, wanted = case.meeting, set(ids)
    belong = set(members(meeting).filter(pk__in=wanted).values_list("pk", flat=True))
    if strangers := wanted - belong:
        raise NotMember(count=len(strangers))
    rows = meeting.attendance.filter(mandate_id__in=wanted)
    same = set(rows.filter(presence=presence).values_list("mandate_id", flat=True))
    Attendance.objects.bulk_create(
        [
            Attendance(meeting=meeting, mandate_id=pk, presence=presence, reason=reason, at=clock.now())
            for pk in sorted(wanted - same)
        ],
        update_conflicts=True,
        unique_fields=["meeting", "mandate"],
        update_fields=["presence", "reason", "at"],
    )
    case.write(actor, "attendance", presence=str(presence), people=len(wanted - same))
    return len(wanted - same)


@transaction.atomic
def name_scrutineers(
    *,
    meeting_id: int,
    chief_id: int,
    scrutineer_ids: Sequence[int],
    teller_ids: Sequence[int],
    actor: Actor,
) -> list[Scrutineer]:
    """Who watches the votes, as the meeting agreed; replaces an earlier list. Votes drawn up before keep theirs."""
    case = lock(meeting_id, actor)
    case.go("name_scrutineers", actor)
    duties = [(chief_id, Duty.CHIEF)]
    duties += [(pk, Duty.SCRUTINEER) for pk in scrutineer_ids]
    duties += [(pk, Duty.TELLER) for pk in teller_ids]
    ids = {pk for pk, _ in duties}
    if len(ids) != len(duties):
        raise Invalid(fields={"scrutineers": N_("同一人不能兼任监票人和计票人。")})
    if strangers := len(ids) - members(case.meeting).filter(pk__in=ids).count():
        raise NotMember(count=strangers)
    case.meeting.scrutineers.all().delete()
    rows = [Scrutineer.objects.create(meeting=case.meeting, mandate_id=pk, duty=duty) for pk, duty in duties]
    case.write(actor, "scrutineers_named", people=len(rows))
    return rows
