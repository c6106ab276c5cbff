"""Refusals of this slice, each with a sentence and a way out."""

from openrenda.kernel.errors import Conflict, Invalid, NotFound
from openrenda.kernel.text import N_


class NoMeeting(NotFound):
    """Unknown, or not to be seen by this actor."""

    code = "meetings.not_found"
    message = N_("没有找到这次会议。")
    remedy = N_("请从会议列表重新进入。")


class NoItem(NotFound):
    """Unknown item of an agenda."""

    code = "meetings.no_item"
    message = N_("没有找到这项议程。")
    remedy = N_("请从会议页面重新进入。")


class NoQuorum(Conflict):
    """Too few are present (地方组织法 §14, §51)."""

    code = "meetings.no_quorum"
    message = N_("实到 {present} 人，不足法定的 {needed} 人。")
    remedy = N_("请等应到人员签到后再试。")


class NotMember(Invalid):
    """Somebody who does not belong to the body that meets."""

    code = "meetings.not_member"
    message = N_("名单里有 {count} 人不是本次会议的组成人员。")
    remedy = N_("请核对名单；列席、旁听人员不在此签到。")


class NoMajority(Invalid):
    """Recorded figures that do not carry the item."""

    code = "meetings.no_majority"
    message = N_("赞成 {approve} 票，不足全体组成人员的过半数（{line} 票），不能记为通过。")
    remedy = N_("请核对票数，或者记为“未通过”。")
