"""One table: a poll from its draft to its publication (domain.md 4.5)."""

import pgtrigger

from openrenda.kernel.text import N_
from openrenda.kernel.triggers import state_path_trigger
from openrenda.kernel.verdict import any_of
from openrenda.kernel.workflow import Move, Workflow

from .models import Poll
from .rules import who
from .states import State

S = State

# fmt: off
POLL: Workflow[State] = Workflow("poll", State, (S.DRAFT,), (
    Move("take_roll", N_("更新应到名单和签到"), (S.DRAFT, S.SETUP), None, who.is_office),
    Move("begin_setup", N_("准备电子投票"), (S.DRAFT,), S.SETUP, who.is_office,
         needs=(who.is_electronic, who.has_scrutineers, who.keeps_keys)),
    Move("enter_credentials", N_("提交凭证公开清单"), (S.SETUP,), None, who.is_office),
    Move("enter_key", N_("提交密钥材料"), (S.SETUP,), None, who.is_watcher),
    Move("restart_keys", N_("重新开始密钥生成"), (S.SETUP,), None, who.is_office),
    Move("open", N_("宣布投票开始"), (S.DRAFT,), S.OPEN, who.office_or_chief,
         needs=(who.is_not_electronic, who.has_scrutineers), law="地方组织法§14、§25、§51"),
    Move("open", N_("宣布投票开始"), (S.SETUP,), S.OPEN, who.office_or_chief, needs=(who.has_scrutineers,),
         law="地方组织法§14、§25、§51"),
    Move("cancel", N_("取消"), (S.DRAFT, S.SETUP), S.CANCELLED, who.is_office),
    Move("mark_present", N_("补登签到"), (S.OPEN,), None, who.is_office),
    Move("issue", N_("发票"), (S.OPEN,), None, who.office_or_watcher, needs=(who.has_ballots,)),
    Move("withdraw_credentials", N_("收回凭证"), (S.OPEN,), None, who.is_watcher, needs=(who.is_electronic,)),
    Move("vote_by_name", N_("记名表决"), (S.OPEN,), None, who.office_or_entitled, needs=(who.is_by_name,)),
    Move("close", N_("宣布投票结束"), (S.OPEN,), S.CLOSED, who.office_or_chief),
    Move("enter_count", N_("录入计票结果"), (S.CLOSED,), None, who.is_teller, needs=(who.has_paper,)),
    Move("file_tally_sheet", N_("上传签字的计票单"), (S.CLOSED, S.COUNTED), None,
         any_of(who.office_or_watcher, who.is_teller), needs=(who.has_paper,)),
    Move("enter_partial", N_("解密"), (S.CLOSED,), None, who.is_watcher, needs=(who.is_electronic,)),
    Move("count", N_("计票"), (S.CLOSED,), S.COUNTED, any_of(who.office_or_chief, who.is_teller),
         law="地方组织法§25"),
    Move("decide", N_("登记主席团的决定"), (S.COUNTED, S.CONFIRMED), None, who.is_office),
    Move("confirm", N_("确认结果"), (S.COUNTED,), None, who.is_watcher),
    Move("conclude", N_("监票人已确认"), (S.COUNTED,), S.CONFIRMED, who.is_follower),
    Move("publish", N_("公布结果"), (S.CONFIRMED,), S.PUBLISHED, who.is_office),
    Move("void", N_("宣布表决无效"), (S.OPEN, S.CLOSED, S.COUNTED, S.CONFIRMED), S.VOIDED, who.office_or_chief),
    Move("void_returned", N_("收回多于发出，表决无效"), (S.OPEN, S.CLOSED), S.VOIDED, who.is_follower),
    Move("repeat", N_("重新投票"), (S.CONFIRMED, S.PUBLISHED, S.VOIDED), None, who.is_office),
))
# fmt: on

pgtrigger.register(state_path_trigger(POLL))(Poll)
