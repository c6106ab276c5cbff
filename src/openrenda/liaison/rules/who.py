"""Who may do what with an opinion or a reception day, as predicates that answer with a reason.

They read columns only (`station_id`, `street_id`, `handler_unit_id`, `deputy_id`), so a table of moves can be
walked without a database; the one exception, a station's deputies, is `Opinion.serving_mandate_ids`.
"""

from typing import Any

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Rule, Verdict, any_of, deny
from openrenda.liaison.states import RouteLevel
from openrenda.orgs.states import Role

UNIT_ROLES = (Role.UNIT_ADMIN, Role.UNIT_CLERK, Role.UNIT_LEADER)
DESK_ROLES = (Role.STATION_STAFF, Role.STATION_HEAD)
HANDLERS = (
    *DESK_ROLES,
    Role.STREET_NPC,
    Role.SC_REP,
    Role.GOV_HUB,
    *UNIT_ROLES,
    Role.DEPUTY,
    Role.SC_OFFICE,
    Role.SC_LEADER,
)
"""Whoever has opinions on the workbench."""

_NOT_STATION = deny("liaison.not_station", N_("这件事由接收它的联络站办理。"), N_("如您在该站任职，请先切换身份。"))
_NOT_HEAD = deny("liaison.not_station_head", N_("这一步由本站站长决定。"), N_("请告知站长，或切换到站长身份。"))
_NOT_STREET = deny(
    "liaison.not_street", N_("这一步由本街道的人大街道工委决定。"), N_("如您在街道人大工委任职，请先切换身份。")
)
_NOT_SC_REP = deny("liaison.not_sc_rep", N_("这一步由代表工委办理。"), N_("如您在代表工委任职，请先切换身份。"))
_NOT_HUB = deny(
    "liaison.not_gov_hub", N_("转区直部门由区政府督查室分办。"), N_("如您在区政府督查室任职，请先切换身份。")
)
_NOT_UNIT = deny("liaison.not_unit", N_("这件事不在您单位手上。"), N_("请由承办单位的同志办理，或切换到承办单位身份。"))
_NOT_LEADER = deny("liaison.not_unit_leader", N_("办理结果由承办单位负责人审签。"), N_("请提交给单位负责人。"))
_NOT_DEPUTY = deny(
    "liaison.not_deputy", N_("这一步由负责这件意见的代表来做。"), N_("请站长先把意见交给您负责，再办理。")
)
_NOT_RESIDENT = deny("liaison.not_resident", N_("只有反映人本人可以这样做。"), N_("请用编号和查询码进入您的意见。"))
_NOT_CLOCKWORK = deny("liaison.not_clockwork", N_("这一步由系统按期限自动完成。"), N_("您不用做任何事。"))


_NOT_KEEPER = deny("liaison.not_keeper", N_("联络站和类别由代表工委维护。"), N_("请联系代表工委。"))


def is_keeper(actor: Actor, target: Any) -> Verdict:
    """Who keeps stations and categories: the deputies' committee, and a load."""
    return ALLOWED if actor.has(Role.SC_REP) or actor.is_system else _NOT_KEEPER


def is_station_staff(actor: Actor, target: Any) -> Verdict:
    """The station's liaison officer, or its head, who may do whatever the officer may."""
    at = target.station_id
    fits = actor.holds(Role.STATION_STAFF, at) or actor.holds(Role.STATION_HEAD, at)
    return ALLOWED if fits else _NOT_STATION


def is_station_head(actor: Actor, target: Any) -> Verdict:
    return ALLOWED if actor.holds(Role.STATION_HEAD, target.station_id) else _NOT_HEAD


def is_street_npc(actor: Actor, target: Any) -> Verdict:
    return ALLOWED if actor.holds(Role.STREET_NPC, target.street_id) else _NOT_STREET


def is_sc_rep(actor: Actor, target: Any) -> Verdict:
    fits = actor.has(Role.SC_REP) and actor.congress_id == target.congress_id
    return ALLOWED if fits else _NOT_SC_REP


def is_gov_hub(actor: Actor, target: Any) -> Verdict:
    fits = actor.has(Role.GOV_HUB) and actor.congress_id == target.congress_id
    return ALLOWED if fits else _NOT_HUB


def is_unit_member(actor: Actor, target: Any) -> Verdict:
    """Anybody who works for the unit that has the matter."""
    fits = any(actor.holds(role, target.handler_unit_id) for role in UNIT_ROLES)
    return ALLOWED if fits else _NOT_UNIT


def is_drafter(actor: Actor, target: Any) -> Verdict:
    """Who writes the result: the unit, or the station itself for what no unit ever had (answered on the spot)."""
    return is_station_staff(actor, target) if target.handler_unit_id is None else is_unit_member(actor, target)


def is_approver(actor: Actor, target: Any) -> Verdict:
    """Who signs the result: the unit's leader, or the station's head for what no unit ever had."""
    if target.handler_unit_id is None:
        return is_station_head(actor, target)
    return ALLOWED if actor.holds(Role.UNIT_LEADER, target.handler_unit_id) else _NOT_LEADER


def is_responsible_deputy(actor: Actor, target: Any) -> Verdict:
    return ALLOWED if actor.holds(Role.DEPUTY, target.deputy_id) else _NOT_DEPUTY


def is_station_deputy(actor: Actor, target: Any) -> Verdict:
    """The deputy responsible for it, or one who serves the station it lies at."""
    mandates = actor.scopes(Role.DEPUTY)
    fits = bool(mandates) and (target.deputy_id in mandates or bool(mandates & target.serving_mandate_ids))
    return ALLOWED if fits else _NOT_DEPUTY


def is_resident(actor: Actor, target: Any) -> Verdict:
    """The writer, known by number and code: `actions.track` makes this actor."""
    return ALLOWED if actor.urn == f"opinion:{target.pk}" else _NOT_RESIDENT


def is_clockwork(actor: Actor, target: Any) -> Verdict:
    fits = actor.is_system and actor.congress_id == target.congress_id
    return ALLOWED if fits else _NOT_CLOCKWORK


def is_extension_approver(actor: Actor, target: Any) -> Verdict:
    """The street's office for communities and streets, the deputies' committee for departments and organs."""
    near = target.handler_level in (RouteLevel.COMMUNITY, RouteLevel.STREET)
    return is_street_npc(actor, target) if near else is_sc_rep(actor, target)


def may_reveal_contact(actor: Actor, target: Any) -> Verdict:
    """Who may read name and phone (logged, with a reason): the station, the street's office, the responsible deputy;
    the handling unit only if the resident agreed (domain.md 1.7.3)."""
    near: Rule = any_of(is_station_staff, is_street_npc, is_responsible_deputy)
    if near(actor, target):
        return ALLOWED
    if not is_unit_member(actor, target):
        return deny("liaison.contact_hidden", N_("您现在的身份不能查看反映人的联系方式。"), N_("请由联络站转达。"))
    if not target.may_share:
        return deny(
            "liaison.not_shared",
            N_("反映人没有同意把身份告诉承办单位。"),
            N_("请由联络站转达，或请联络站征得反映人同意。"),
        )
    return ALLOWED


def may_see_masked_contact(actor: Actor, target: Any) -> Verdict:
    """The mask (张**，138****1234) may also be seen by the deputies' committee, never by a unit without consent."""
    return any_of(may_reveal_contact, is_sc_rep)(actor, target)


def is_deputy_of_reception(actor: Actor, target: Any) -> Verdict:
    """A deputy who is down for this reception day."""
    mandates = actor.scopes(Role.DEPUTY)
    fits = bool(mandates) and target.deputies.filter(mandate_id__in=mandates).exists()
    return ALLOWED if fits else _NOT_DEPUTY
