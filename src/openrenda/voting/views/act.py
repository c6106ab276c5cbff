"""What can be done to a poll from its page: a row says the act, its form, its action, its words.

The workflow says who may and when; these rows only say what is asked and what is told. One view serves them all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from openrenda.kernel.text import N_
from openrenda.voting import actions
from openrenda.voting.forms import acts as f
from openrenda.voting.forms.base import ActForm, Plain
from openrenda.voting.forms.count import CountForm


@dataclass(frozen=True, slots=True)
class Act:
    """One row: `says` what will happen, `done` what is told afterwards, `shows` a template read before deciding."""

    label: str
    form: type[ActForm]
    action: Callable[..., Any]
    done: str
    says: str = ""
    shows: str = ""
    template: str = "voting/act.html"
    danger: bool = False


OPENING, RESULT = "voting/parts/opening.html", "voting/parts/work_result.html"

ACTS: Mapping[str, Act] = {
    "begin_setup": Act(
        N_("准备电子投票"),
        Plain,
        actions.begin_setup,
        N_("请监票人生成密钥，请办公室生成凭证。"),
        says=N_("接下来由办公室生成凭证、由监票人各自在自己的浏览器里生成密钥。两者齐备才能宣布投票开始。"),
    ),
    "restart_keys": Act(
        N_("重新开始密钥生成"),
        f.ReasonForm,
        actions.restart_keys,
        N_("密钥材料已清空，请监票人重新生成。"),
        says=N_("所有监票人已提交的密钥材料作废，需要重新生成。"),
        danger=True,
    ),
    "open": Act(
        N_("宣布投票开始"),
        f.OpenForm,
        actions.open_poll,
        N_("投票开始，规则已经锁定。"),
        shows=OPENING,
        says=N_("开始以后，规则、表决项、全体组成人员数都不能再改。系统会再核对一次法定人数。"),
    ),
    "cancel": Act(
        N_("取消这次表决"),
        f.ReasonForm,
        actions.cancel_poll,
        N_("已取消。"),
        says=N_("还没有开始投票，取消不影响任何人。取消后不能恢复。"),
        danger=True,
    ),
    "vote_by_name": Act(
        N_("记名表决"),
        f.NamedForm,
        actions.vote_by_name,
        N_("已记录。"),
        says=N_("记名表决的意见会公布，记下以后不能修改。"),
    ),
    "close": Act(
        N_("宣布投票结束"),
        Plain,
        actions.close_poll,
        N_("投票结束，开始计票。"),
        shows="voting/parts/closing.html",
        says=N_("结束以后不再收票。请先确认在场的代表都已投票。"),
    ),
    "enter_count": Act(
        N_("录入计票结果"),
        CountForm,
        actions.enter_count,
        N_("您的数字已保存。"),
        says=N_("两位计票人各自对照计票单单独录入。对方的数字在两份都录完以前不显示；不一致时只提示是哪几行。"),
        template="voting/count.html",
    ),
    "file_tally_sheet": Act(
        N_("上传签字的计票单"),
        f.SheetForm,
        actions.file_tally_sheet,
        N_("计票单已归档。"),
    ),
    "count": Act(
        N_("计票"),
        Plain,
        actions.count_poll,
        N_("已计票，请监票人核对确认。"),
        says=N_("系统按锁定的规则计算结果。两位计票人的数字必须一致。"),
    ),
    "decide": Act(
        N_("登记主席团的决定"),
        f.DecideForm,
        actions.decide,
        N_("主席团的决定已登记。"),
        shows=RESULT,
        says=N_("计票结果留下了需要主席团决定的事。决定登记后不能修改，随结果公布。"),
    ),
    "confirm": Act(
        N_("确认结果"),
        Plain,
        actions.confirm_result,
        N_("您已确认。"),
        shows=RESULT,
        says=N_("总监票人和另一位监票人都确认后，大会屏幕才显示结果。"),
    ),
    "publish": Act(
        N_("公布结果"),
        Plain,
        actions.publish_poll,
        N_("结果已公布。"),
        shows=RESULT,
        says=N_("公布后任何人都能看到结果，并下载全部证明材料自行核对。"),
    ),
    "void": Act(
        N_("宣布表决无效"),
        f.ReasonForm,
        actions.void_poll,
        N_("这次表决已宣布无效。"),
        says=N_("宣布无效后，这次表决的票全部不算，不能恢复；可以重新投票。"),
        danger=True,
    ),
}
