"""What can be done to a meeting and to its items: a row says the act, its form, its action, its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from openrenda.kernel.text import N_
from openrenda.meetings import actions
from openrenda.meetings.forms import item as i
from openrenda.meetings.forms import meeting as m
from openrenda.meetings.forms.base import ActForm, Plain


@dataclass(frozen=True, slots=True)
class Act:
    """One row: `says` what will happen, `done` what is told afterwards."""

    label: str
    form: type[ActForm]
    action: Callable[..., Any]
    done: str
    says: str = ""
    danger: bool = False


MEETING_ACTS: Mapping[str, Act] = {
    "give_notice": Act(
        N_("发出通知"), Plain, actions.give_notice, N_("已通知。"), says=N_("全体组成人员会收到开会通知。")
    ),
    "name_scrutineers": Act(
        N_("登记监票人、计票人"),
        m.ScrutineersForm,
        actions.name_scrutineers,
        N_("名单已登记。"),
        says=N_("按会议通过的名单登记；已经交付的表决仍用原名单。监票人不要是候选项目的牵头单位负责人。"),
    ),
    "add_item": Act(N_("列入议程"), m.AddItemForm, actions.add_item, N_("已列入议程。")),
    "open": Act(
        N_("宣布开会"),
        Plain,
        actions.open_meeting,
        N_("会议开始，应到人数已锁定。"),
        says=N_("开会时核对法定人数，并把全体组成人员数锁定为本次会议表决的基数。"),
    ),
    "close": Act(N_("闭会"), Plain, actions.close_meeting, N_("已闭会。"), says=N_("闭会后不能再交付表决。")),
    "archive": Act(N_("归档"), Plain, actions.archive_meeting, N_("已归档。")),
}

ITEM_ACTS: Mapping[str, Act] = {
    "put_to_vote": Act(
        N_("交付表决"),
        i.PutToVoteForm,
        actions.put_to_vote,
        N_("已交付表决。"),
        says=N_("应到人数和签到名单从会议带入，监票人按会议通过的名单；开始投票时再核对一次。"),
    ),
    "repeat_vote": Act(
        N_("再次投票"),
        i.RepeatForm,
        actions.repeat_vote,
        N_("已安排再次投票。"),
        says=N_("按主席团的决定或因前次无效再投一次；签到和监票人按现在的情况重新带入。"),
    ),
    "refresh_roll": Act(
        N_("更新签到名单"),
        Plain,
        actions.refresh_roll,
        N_("名单已更新。"),
        says=N_("把现在的签到情况带入还没有开始的表决。"),
    ),
    "hear": Act(N_("听取完毕"), i.HearForm, actions.decide_item, N_("已记录。")),
    "pass": Act(
        N_("记为通过"),
        i.FiguresForm,
        actions.decide_item,
        N_("已记录。"),
        says=N_("只登记举手清点的票数。要留下计票和监票记录的，请用“交付表决”。"),
    ),
    "reject": Act(N_("记为未通过"), i.RejectForm, actions.decide_item, N_("已记录。")),
    "withdraw": Act(N_("不再审议"), i.WithdrawForm, actions.withdraw_item, N_("已从审议中移出。"), danger=True),
}
