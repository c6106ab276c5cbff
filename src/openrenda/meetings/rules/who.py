"""Who may, and what must be there."""

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Verdict, deny
from openrenda.meetings.models import AgendaItem, Meeting
from openrenda.meetings.states import VOTING_KINDS, MeetingState
from openrenda.orgs.states import Role

FOLLOWER = "system:meetings.follow"
"""Takes the moves that follow from a published poll; nobody signs in as it."""


def _meeting(obj: Meeting | AgendaItem) -> Meeting:
    return obj.meeting if isinstance(obj, AgendaItem) else obj


def is_office(actor: Actor, obj: Meeting | AgendaItem) -> Verdict:
    """The standing committee's office, the secretariat of a session."""
    if actor.has(Role.SC_OFFICE) and actor.congress_id == _meeting(obj).congress_id:
        return ALLOWED
    return deny(
        "meetings.not_office", N_("这一步由常委会办公室（大会秘书处）办理。"), N_("如您有其他职务，请先切换身份。")
    )


def is_follower(actor: Actor, _obj: Meeting | AgendaItem) -> Verdict:
    """The derived move itself; no person."""
    if actor.urn == FOLLOWER:
        return ALLOWED
    return deny("meetings.derived", N_("议程状态随表决结果自动变化，不能直接修改。"))


def is_sitting(_actor: Actor, obj: Meeting | AgendaItem) -> Verdict:
    """Votes are held while the body sits."""
    if _meeting(obj).state == MeetingState.SITTING:
        return ALLOWED
    return deny("meetings.not_sitting", N_("会议还没有开始或已经闭会，不能表决。"), N_("请先宣布开会。"))


def decides(_actor: Actor, obj: Meeting | AgendaItem) -> Verdict:
    """Only a congress and its standing committee decide by votes of all members."""
    if _meeting(obj).kind in VOTING_KINDS:
        return ALLOWED
    return deny("meetings.no_votes", N_("主任会议、主席团会议不举行这类表决。"))
