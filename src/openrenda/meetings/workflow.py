"""Two tables: a meeting, and an item of its agenda (domain.md 5.1)."""

import pgtrigger

from openrenda.kernel.text import N_
from openrenda.kernel.triggers import state_path_trigger
from openrenda.kernel.workflow import Move, Workflow

from .models import AgendaItem, Meeting
from .rules import who
from .states import ItemState, MeetingState

M, I = MeetingState, ItemState  # noqa: E741  as short as the table's other letters

# fmt: off
MEETING: Workflow[MeetingState] = Workflow("meeting", MeetingState, (M.PREPARING,), (
    Move("edit", N_("修改"), (M.PREPARING, M.NOTICED), None, who.is_office),
    Move("add_item", N_("列入议程"), (M.PREPARING, M.NOTICED, M.SITTING), None, who.is_office, law="地方组织法§54"),
    Move("give_notice", N_("发出通知"), (M.PREPARING,), M.NOTICED, who.is_office),
    Move("sign_in", N_("签到"), (M.PREPARING, M.NOTICED, M.SITTING), None, who.is_office),
    Move("take_leave", N_("登记请假"), (M.PREPARING, M.NOTICED, M.SITTING), None, who.is_office),
    Move("name_scrutineers", N_("登记监票人、计票人"), (M.PREPARING, M.NOTICED, M.SITTING), None, who.is_office),
    Move("open", N_("宣布开会"), (M.PREPARING, M.NOTICED), M.SITTING, who.is_office, law="地方组织法§14、§51"),
    Move("close", N_("闭会"), (M.SITTING,), M.CLOSED, who.is_office),
    Move("archive", N_("归档"), (M.CLOSED,), M.ARCHIVED, who.is_office),
))

ITEM: Workflow[ItemState] = Workflow("agenda_item", ItemState, (I.PLANNED,), (
    Move("put_to_vote", N_("交付表决"), (I.PLANNED,), I.BEFORE_VOTE, who.is_office, needs=(who.is_sitting, who.decides),
         law="地方组织法§25、§51"),
    Move("repeat_vote", N_("再次投票"), (I.BEFORE_VOTE,), None, who.is_office, needs=(who.is_sitting,)),
    Move("hear", N_("听取完毕"), (I.PLANNED,), I.HEARD, who.is_office, needs=(who.is_sitting,)),
    Move("pass", N_("记为通过"), (I.PLANNED,), I.PASSED, who.is_office, needs=(who.is_sitting,),
         law="地方组织法§25、§51"),
    Move("reject", N_("记为未通过"), (I.PLANNED,), I.NOT_PASSED, who.is_office, needs=(who.is_sitting,)),
    Move("withdraw", N_("不再审议"), (I.PLANNED,), I.WITHDRAWN, who.is_office),
    Move("follow_passed", N_("表决通过"), (I.BEFORE_VOTE,), I.PASSED, who.is_follower),
    Move("follow_rejected", N_("表决未通过"), (I.BEFORE_VOTE,), I.NOT_PASSED, who.is_follower),
    Move("follow_cancelled", N_("表决取消"), (I.BEFORE_VOTE,), I.PLANNED, who.is_follower),
))
# fmt: on

pgtrigger.register(state_path_trigger(MEETING))(Meeting)
pgtrigger.register(state_path_trigger(ITEM))(AgendaItem)
