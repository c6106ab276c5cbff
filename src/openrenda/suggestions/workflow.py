"""Three tables: the suggestion (domain.md 2.3), a unit's turn with it, and a promise (2.5).

A suggestion's handling states follow its answering assignments by one pure function, `handling_state`; those
moves stand in its table too (rule `is_follower`), so that pages, docs and the database know them all.
"""

from collections.abc import Sequence
from typing import Protocol

import pgtrigger

from openrenda.kernel.text import N_
from openrenda.kernel.triggers import state_path_trigger
from openrenda.kernel.verdict import any_of
from openrenda.kernel.workflow import Move, Workflow

from .models import Assignment, Commitment, Suggestion
from .rules import who
from .states import BEFORE_REPLY, OPEN_COMMITMENTS, AssignmentState, CommitmentState, Level, State

S, A, C = State, AssignmentState, CommitmentState

# fmt: off
SUGGESTION: Workflow[State] = Workflow("suggestion", State, (S.DRAFT,), (
    # the deputy writes
    Move("edit", N_("修改"), (S.DRAFT, S.COSIGNING, S.RETURNED_EDIT), None, who.is_lead),
    Move("invite", N_("邀请联名"), (S.DRAFT, S.COSIGNING), S.COSIGNING, who.is_lead),
    Move("confirm_cosign", N_("确认联名"), (S.COSIGNING, S.RETURNED_EDIT), None, who.is_invited),
    Move("decline_cosign", N_("不联名"), (S.COSIGNING, S.RETURNED_EDIT), None, who.is_invited),
    Move("submit", N_("提交"), (S.DRAFT, S.COSIGNING, S.RETURNED_EDIT), S.SUBMITTED, who.is_lead,
         law="代表法§24、§36"),
    Move("ask_withdrawal", N_("征求联名代表同意撤回"), BEFORE_REPLY, None, who.is_lead, law="R17"),
    Move("agree_withdrawal", N_("同意撤回"), BEFORE_REPLY, None, who.is_cosigner, law="R17"),
    Move("withdraw", N_("撤回"), BEFORE_REPLY, S.WITHDRAWN, who.is_lead,
         needs=(who.was_not_replied, who.cosigners_agree), law="R17"),
    Move("lapse", N_("逾期未改，视为撤回"), (S.RETURNED_EDIT,), S.WITHDRAWN, who.is_clockwork, clock="revise_days"),
    Move("supplement", N_("补充说明"), (
        S.ACCEPTED, S.ASSIGNED1, S.ASSIGNED2, S.RETURN_REQ, S.HANDLING, S.EXT_REQ, S.REPLY_REVIEW, S.REHANDLE), None,
        who.is_lead),
    Move("object", N_("对承办单位提出异议"), (S.ASSIGNED1, S.ASSIGNED2, S.RETURN_REQ, S.HANDLING), None, who.is_lead,
         law="SHJY§14"),
    # the deputies' office reviews, plans, assigns
    Move("accept", N_("接收编号"), (S.SUBMITTED,), S.ACCEPTED, who.is_sc_rep, law="代表法§51"),
    Move("send_back", N_("退回修改"), (S.SUBMITTED,), S.RETURNED_EDIT, who.is_sc_rep),
    Move("reject", N_("不予接收"), (S.SUBMITTED,), S.REJECTED, who.is_sc_rep, law="R15"),
    Move("plan", N_("拟办"), (S.ACCEPTED,), None, who.is_sc_rep),
    Move("group", N_("并案"), (S.ACCEPTED, S.ASSIGNED1, S.ASSIGNED2, S.HANDLING), None, who.is_sc_rep, law="R7"),
    Move("ungroup", N_("退出并案"), (S.ACCEPTED, S.ASSIGNED1, S.ASSIGNED2, S.HANDLING), None, who.is_sc_rep, law="R7"),
    Move("assign", N_("交办"), (S.ACCEPTED,), S.ASSIGNED1, who.is_sc_rep, needs=(who.is_planned,), law="代表法§51",
         clock="legal"),
    # follows from the units' work
    Move("follow_assigned1", N_("改交"), (S.RETURN_REQ,), S.ASSIGNED1, who.is_follower),
    Move("follow_assigned2", N_("分办"), (S.ASSIGNED1, S.RETURN_REQ), S.ASSIGNED2, who.is_follower),
    Move("follow_return_req", N_("申请退办"), (S.ASSIGNED1, S.ASSIGNED2, S.HANDLING, S.EXT_REQ), S.RETURN_REQ,
         who.is_follower, law="R4"),
    Move("follow_handling", N_("办理"), (S.ASSIGNED1, S.ASSIGNED2, S.RETURN_REQ, S.EXT_REQ, S.REPLY_REVIEW), S.HANDLING,
         who.is_follower),
    Move("follow_ext_req", N_("申请延期"), (S.HANDLING, S.ASSIGNED1, S.ASSIGNED2, S.RETURN_REQ), S.EXT_REQ,
         who.is_follower, law="代表法§51"),
    Move("follow_reply_review", N_("拟复"), (S.HANDLING, S.REHANDLE), S.REPLY_REVIEW, who.is_follower),
    Move("follow_rehandle", N_("退回重拟"), (S.REPLY_REVIEW,), S.REHANDLE, who.is_follower),
    Move("follow_replied", N_("答复"), (S.REPLY_REVIEW,), S.REPLIED, who.is_follower, law="R7、R8"),
    Move("open_feedback", N_("送达并征求意见"), (S.REPLIED,), S.FEEDBACK, who.is_follower, law="R9",
         clock="feedback_days"),
    # signatories rate
    Move("give_feedback", N_("评价"), (S.FEEDBACK,), None, who.is_signatory, law="R9"),
    Move("remind", N_("提醒反馈"), (S.FEEDBACK,), None, who.is_clockwork, clock="feedback_reminder_days"),
    Move("close_rated", N_("办结"), (S.FEEDBACK,), S.CLOSED, who.is_follower),
    Move("find_unsatisfied", N_("不满意"), (S.FEEDBACK,), S.UNSATISFIED, who.is_follower, law="R10"),
    Move("close_unanswered", N_("逾期未反馈，办结"), (S.FEEDBACK,), S.CLOSED, who.is_clockwork),
    Move("rate_unrateable", N_("无法反馈，办结"), (S.FEEDBACK,), S.CLOSED, who.is_sc_rep, needs=(who.lead_is_gone,)),
    # once more, or not
    Move("rehandle", N_("重新办理"), (S.UNSATISFIED,), S.REHANDLE, who.is_sc_rep, law="R10", clock="rehandle_days"),
    Move("explain", N_("说明不再办理"), (S.UNSATISFIED,), S.CLOSED, who.is_sc_rep),
    Move("apologise", N_("已回访致歉，办结"), (S.UNSATISFIED,), S.CLOSED, who.is_sc_rep,
         needs=(who.only_attitude_was_bad,)),
    Move("reopen", N_("回头看后重新办理"), (S.CLOSED,), S.REHANDLE, who.is_sc_rep, clock="rehandle_days"),
))

ASSIGNMENT: Workflow[AssignmentState] = Workflow("assignment", AssignmentState, (A.WAITING, A.CO_OPEN), (
    Move("distribute", N_("分办"), (A.WAITING,), A.DISTRIBUTED, who.is_gov_hub, needs=(who.is_hub_turn,)),
    Move("sign_for", N_("签收"), (A.WAITING,), A.HANDLING, who.works_at_unit, needs=(who.is_not_hub,),
         clock="sign_for_days"),
    Move("request_return", N_("申请退办"), (A.WAITING, A.HANDLING), A.RETURN_REQ, who.works_at_unit,
         needs=(who.is_not_hub, who.within_return_days), law="R4", clock="return_days"),
    Move("grant_return", N_("同意退办并改派"), (A.RETURN_REQ,), A.REPLACED, who.decides_for_unit,
         needs=(who.few_returns,), law="R4"),
    Move("refuse_return", N_("不同意退办"), (A.RETURN_REQ,), A.HANDLING, who.decides_for_unit,
         needs=(who.few_returns,), law="R4"),
    Move("fix_unit", N_("会商确定承办单位"), (A.RETURN_REQ,), None, who.is_either_office),
    Move("fix_other", N_("会商改派"), (A.RETURN_REQ,), A.REPLACED, who.is_follower),
    Move("fix_same", N_("会商由原单位办理"), (A.RETURN_REQ,), A.HANDLING, who.is_follower),
    Move("reassign", N_("改派"), (A.WAITING, A.CO_OPEN), A.REPLACED, who.decides_for_unit),
    Move("request_extension", N_("申请延期"), (A.HANDLING,), A.EXT_REQ, who.works_at_unit,
         needs=(who.before_first_deadline,), law="代表法§51"),
    Move("endorse_extension", N_("同意延期（政府督查室）"), (A.EXT_REQ,), None, who.endorses_extension),
    Move("grant_extension", N_("批准延期"), (A.EXT_REQ,), A.HANDLING, who.is_sc_rep,
         needs=(who.extension_is_endorsed,), law="代表法§51", clock="legal"),
    Move("refuse_extension", N_("不同意延期"), (A.EXT_REQ,), A.HANDLING, who.decides_extension),
    Move("record_contact", N_("登记面商"), (A.HANDLING, A.EXT_REQ), None, who.works_at_unit, law="代表法§51"),
    Move("draft_reply", N_("拟复"), (A.HANDLING,), A.REPLY_REVIEW, who.is_unit_clerk,
         needs=(who.contact_is_documented, who.opinions_are_in), law="R7"),
    Move("sign_reply", N_("签发"), (A.REPLY_REVIEW,), None, who.is_unit_leader,
         needs=(who.did_not_draft,), law="R8"),
    Move("send_back_reply", N_("退回重拟"), (A.REPLY_REVIEW,), A.HANDLING, who.returns_reply),
    Move("pass_reply", N_("审核通过并答复"), (A.REPLY_REVIEW,), A.REPLIED, who.decides_for_unit,
         needs=(who.reply_is_signed, who.did_not_draft, who.did_not_sign, who.contact_is_documented,
                who.opinions_are_in), law="R7、R8"),
    Move("start_round", N_("重新办理"), (A.REPLIED,), A.HANDLING, who.is_sc_rep, law="R10"),
    Move("give_opinion", N_("提出会办意见"), (A.CO_OPEN,), A.CO_DONE, who.works_at_unit, law="R6",
         clock="cohandler_days"),
    Move("mark_opinion_overdue", N_("标记会办逾期"), (A.CO_OPEN,), None, who.marks_opinion_overdue,
         needs=(who.opinion_is_late,)),
    Move("stop", N_("终止办理"), (A.WAITING, A.RETURN_REQ, A.HANDLING, A.EXT_REQ, A.REPLY_REVIEW, A.CO_OPEN), A.STOPPED,
         who.is_follower),
))

COMMITMENT: Workflow[CommitmentState] = Workflow("commitment", CommitmentState, (C.PENDING,), (
    Move("report", N_("报告进展"), OPEN_COMMITMENTS, None, who.works_at_unit),
    Move("claim_done", N_("报告已落实"), OPEN_COMMITMENTS, C.DONE_CLAIMED, who.works_at_unit),
    Move("confirm_done", N_("确认落实"), (C.DONE_CLAIMED,), C.DONE_CONFIRMED, who.confirms_promise),
    Move("deny_done", N_("未落实"), (C.DONE_CLAIMED,), C.PENDING, who.confirms_promise,
         needs=(who.promise_is_open_day,)),
    Move("deny_late", N_("未落实，已逾期"), (C.DONE_CLAIMED,), C.OVERDUE, who.confirms_promise,
         needs=(who.promise_day_passed,)),
    Move("change", N_("调整期限"), OPEN_COMMITMENTS, C.CHANGED, who.is_unit_leader, needs=(who.promise_may_change,)),
    Move("declare_impossible", N_("书面说明无法落实"), OPEN_COMMITMENTS, C.IMPOSSIBLE, who.is_unit_leader, law="R11"),
    Move("mark_overdue", N_("逾期"), (C.PENDING, C.CHANGED, C.CARRIED), C.OVERDUE, who.is_clockwork,
         needs=(who.promise_day_passed,)),
    Move("carry_over", N_("转入下一年度"), (C.PENDING, C.CHANGED, C.CARRIED), C.CARRIED, who.is_clockwork, law="R11"),
    Move("carry_overdue", N_("逾期转入下一年度"), (C.OVERDUE,), None, who.is_clockwork, law="R11"),
))

# fmt: on
FOLLOW = {
    S.ASSIGNED1: "follow_assigned1",
    S.ASSIGNED2: "follow_assigned2",
    S.RETURN_REQ: "follow_return_req",
    S.HANDLING: "follow_handling",
    S.EXT_REQ: "follow_ext_req",
    S.REPLY_REVIEW: "follow_reply_review",
    S.REHANDLE: "follow_rehandle",
    S.REPLIED: "follow_replied",
}
"""The derived move that leads to each handling state."""

_OVER = (A.REPLACED, A.STOPPED, A.DISTRIBUTED, A.CO_OPEN, A.CO_DONE)
may_release = any_of(who.is_sc_rep, who.is_gov_hub)


class Turn(Protocol):
    """What `handling_state` looks at."""

    state: str
    level: str


def handling_state(turns: Sequence[Turn], round_: int) -> State:
    """Where a suggestion stands, from the turns of its answering units: what needs a decision first, then the least
    advanced one."""
    states = [(A(t.state), Level(t.level)) for t in turns if A(t.state) not in _OVER]
    if not states:
        raise ValueError("no unit answers this suggestion")
    present = {state for state, _ in states}
    if A.RETURN_REQ in present:
        return S.RETURN_REQ
    if A.WAITING in present:
        return S.ASSIGNED1 if (A.WAITING, Level.FIRST) in states else S.ASSIGNED2
    if A.EXT_REQ in present:
        return S.EXT_REQ
    if present == {A.REPLIED}:
        return S.REPLIED
    if present <= {A.REPLIED, A.REPLY_REVIEW}:
        return S.REPLY_REVIEW
    return S.HANDLING if round_ == 1 else S.REHANDLE


pgtrigger.register(state_path_trigger(SUGGESTION))(Suggestion)
pgtrigger.register(state_path_trigger(ASSIGNMENT))(Assignment)
pgtrigger.register(state_path_trigger(COMMITMENT))(Commitment)
