"""The lists of this slice that may be taken out, each as its page shows it."""

from collections.abc import Iterator

from openrenda.exchange.tables import BATCH, DAY, Asked, Column, Params, Table, Value, register, wearing
from openrenda.kernel.actor import Actor
from openrenda.kernel.asked import text
from openrenda.kernel.text import N_
from openrenda.meetings import selectors
from openrenda.meetings.models import Meeting
from openrenda.meetings.selectors.meetings import INSIDE, RollRow
from openrenda.meetings.states import MeetingKind, MeetingState, Presence
from openrenda.orgs.states import Role


def _index(actor: Actor, _params: Params) -> Iterator[Meeting]:
    return selectors.meetings_of(actor.congress_id).iterator(BATCH)


MEETINGS = Table(
    name="meetings.index",
    label=N_("会议"),
    definition=N_("全部会议，新的在前。"),
    who=wearing(*INSIDE),
    rows=_index,
    columns=(
        Column(N_("会议"), lambda row: row.title, width=44),
        Column(N_("种类"), lambda row: MeetingKind(row.kind)),
        Column(N_("日期"), lambda row: row.held_on, DAY),
        Column(N_("地点"), lambda row: row.place, width=28),
        Column(N_("状态"), lambda row: MeetingState(row.state)),
    ),
)


def _meeting(actor: Actor, params: Params) -> Meeting:
    found = selectors.meeting_by_key(actor.congress_id, params.get("meeting", ""))
    return selectors.meeting_for(actor, found.pk)


def _roll(actor: Actor, params: Params) -> Iterator[RollRow]:
    group, name = text(params, "group"), text(params, "q", 40)
    return (
        row
        for row in selectors.roll(_meeting(actor, params))
        if (not group or row.delegation == group) and name in row.name
    )


def _roll_asked(actor: Actor, params: Params) -> Asked:
    return (
        (N_("会议"), _meeting(actor, params).title),
        (N_("代表团"), text(params, "group")),
        (N_("姓名"), text(params, "q", 40)),
    )


def _presence(row: RollRow) -> Value:
    return Presence(row.presence) if row.presence else None


ROLL = Table(
    name="meetings.sign_in",
    label=N_("签到名册"),
    definition=N_("会议组成人员的签到和请假；空白为还没有登记。"),
    who=wearing(Role.SC_OFFICE),
    rows=_roll,
    asked=_roll_asked,
    columns=(
        Column(N_("姓名"), lambda row: row.name),
        Column(N_("代表团"), lambda row: row.delegation),
        Column(N_("到会情况"), _presence),
        Column(N_("理由"), lambda row: row.reason, width=28),
    ),
)


def offer() -> None:
    """Called once in ready."""
    register(MEETINGS, ROLL)
