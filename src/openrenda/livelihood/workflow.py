"""Four tables: the year, the idea, the project (domain.md 4.4), and an adjustment (4.7)."""

import pgtrigger

from openrenda.kernel.text import N_
from openrenda.kernel.triggers import state_path_trigger
from openrenda.kernel.workflow import Move, Workflow

from .models import Adjustment, Idea, Project, Year
from .rules import who
from .states import AdjustmentState, IdeaState, ProjectState, YearState

Y, I, P, A = YearState, IdeaState, ProjectState, AdjustmentState  # noqa: E741  the four tables' letters

# fmt: off
YEAR: Workflow[YearState] = Workflow("project_year", YearState, (Y.COLLECTING,), (
    Move("extend_call", N_("延长征集"), (Y.COLLECTING,), None, who.is_hub),
    Move("close_call", N_("截止征集"), (Y.COLLECTING,), Y.SCREENING, who.is_hub, needs=(who.call_is_over,)),
    Move("propose", N_("提出项目"), (Y.COLLECTING, Y.SCREENING), None, who.is_hub),
    Move("deliberate", N_("记录常委会审议"), (Y.SCREENING,), None, who.is_office, law="地方组织法§50"),
    Move("fix_candidates", N_("确定候选项目"), (Y.SCREENING,), Y.CANDIDATES, who.is_office,
         needs=(who.ideas_are_settled,), law="地方组织法§50"),
    Move("publish_candidates", N_("公布候选项目并送交代表"), (Y.CANDIDATES,), None, who.is_office),
    Move("put_to_vote", N_("提请大会票决"), (Y.CANDIDATES, Y.VOTING), Y.VOTING, who.is_office,
         needs=(who.booklet_is_sent,), law="地方组织法§11、§25"),
    Move("take_result", N_("票决结果"), (Y.CANDIDATES, Y.VOTING, Y.VOTED), Y.VOTED, who.is_result,
         law="地方组织法§25"),
    Move("begin", N_("开始实施"), (Y.VOTED,), Y.RUNNING, who.is_follower),
    Move("put_to_evaluation", N_("提请满意度测评"), (Y.RUNNING, Y.JUDGED), None, who.is_office,
         needs=(who.has_to_be_judged,)),
    Move("take_grades", N_("测评结果"), (Y.RUNNING, Y.JUDGED), Y.JUDGED, who.is_result),
    Move("close", N_("年度归档"), (Y.JUDGED,), Y.CLOSED, who.is_office, needs=(who.all_are_ended,)),
))

IDEA: Workflow[IdeaState] = Workflow("project_idea", IdeaState, (I.NEW,), (
    Move("merge", N_("归并到项目"), (I.NEW, I.RESERVE), I.MERGED, who.is_hub),
    Move("adopt", N_("采纳为项目"), (I.NEW, I.RESERVE), I.ADOPTED, who.is_hub),
    Move("reserve", N_("列入储备库"), (I.NEW,), I.RESERVE, who.is_hub),
    Move("decline", N_("不采纳"), (I.NEW, I.RESERVE), I.DECLINED, who.is_hub),
    Move("publish", N_("公开"), tuple(I), None, who.publishes_ideas),
    Move("withhold", N_("不公开"), tuple(I), None, who.publishes_ideas),
))

PROJECT: Workflow[ProjectState] = Workflow("project", ProjectState, (P.IDEA_POOL, P.IMPLEMENTING), (
    # worked out by the government
    Move("edit", N_("修改"), (P.IDEA_POOL, P.PRELIM, P.PARTY_DISCUSSED), None, who.is_hub),
    Move("shortlist", N_("列为初步候选"), (P.IDEA_POOL,), P.PRELIM, who.is_hub, needs=(who.is_whole,)),
    Move("score", N_("筛选评分"), (P.PRELIM,), None, who.may_score),
    Move("give_opinion", N_("提出审查意见"), (P.PRELIM,), None, who.gives_opinion),
    Move("discuss_party", N_("党委研究"), (P.PRELIM,), P.PARTY_DISCUSSED, who.is_hub_or_office,
         needs=(who.is_whole, who.opinions_are_in, who.is_scored)),
    Move("send_back", N_("退回储备"), (P.PRELIM, P.PARTY_DISCUSSED, P.SC_DELIBERATED), P.IDEA_POOL,
         who.is_hub_or_office),
    # deliberated, fixed, chosen
    Move("deliberate", N_("常委会审议"), (P.PARTY_DISCUSSED,), P.SC_DELIBERATED, who.is_office,
         law="地方组织法§50"),
    Move("fix", N_("确定为候选项目"), (P.SC_DELIBERATED,), P.CANDIDATE, who.is_office, law="地方组织法§50"),
    Move("vote_in", N_("当选"), (P.CANDIDATE, P.VOTED_OUT), P.VOTED_IN, who.is_result, law="地方组织法§25"),
    Move("vote_out", N_("落选，列入储备库"), (P.CANDIDATE,), P.VOTED_OUT, who.is_result, law="地方组织法§25"),
    Move("replace_in", N_("替换递补"), (P.VOTED_OUT,), P.VOTED_IN, who.is_follower),
    # built
    Move("draft_plan", N_("拟订实施方案"), (P.VOTED_IN,), None, who.is_lead_or_hub),
    Move("publish_plan", N_("公布实施方案"), (P.VOTED_IN,), P.PLAN_PUBLISHED, who.is_hub,
         needs=(who.plan_is_whole,), clock="plan_days"),
    Move("confirm_funds", N_("登记资金到位"), (P.VOTED_IN, P.PLAN_PUBLISHED, P.IMPLEMENTING, P.ADJUST_REQ), None,
         who.is_lead_or_hub),
    Move("report", N_("报送进展"), (P.PLAN_PUBLISHED, P.IMPLEMENTING), P.IMPLEMENTING, who.works_at_lead,
         clock="report_workdays"),
    Move("report", N_("报送进展"), (P.ADJUST_REQ, P.COMPLETED, P.ACCEPTED), None, who.works_at_lead,
         clock="report_workdays"),
    Move("mark_missing", N_("月报逾期"), (P.PLAN_PUBLISHED, P.IMPLEMENTING, P.ADJUST_REQ), None, who.is_clockwork),
    Move("form_group", N_("成立监督小组"), (P.VOTED_IN, P.PLAN_PUBLISHED, P.IMPLEMENTING, P.ADJUST_REQ), None,
         who.supervises),
    Move("inspect", N_("登记视察"), (P.PLAN_PUBLISHED, P.IMPLEMENTING, P.ADJUST_REQ, P.COMPLETED, P.ACCEPTED,
         P.RECTIFYING), None, who.inspects, law="监督法"),
    Move("issue_order", N_("发出督办单"), (P.PLAN_PUBLISHED, P.IMPLEMENTING, P.ADJUST_REQ, P.RECTIFYING), None,
         who.supervises, clock="order_workdays"),
    # changed
    Move("file_adjustment", N_("备案小调整"), (P.PLAN_PUBLISHED, P.IMPLEMENTING), None, who.asks_adjustment),
    Move("request_adjustment", N_("申请调整"), (P.PLAN_PUBLISHED, P.IMPLEMENTING), P.ADJUST_REQ,
         who.asks_adjustment),
    Move("follow_decided", N_("调整已有决定"), (P.ADJUST_REQ,), P.IMPLEMENTING, who.is_follower),
    Move("follow_terminated", N_("终止"), (P.ADJUST_REQ,), P.TERMINATED, who.is_follower),
    # finished and judged
    Move("complete", N_("报告完工"), (P.IMPLEMENTING,), P.COMPLETED, who.leads_unit, needs=(who.is_built,)),
    Move("accept", N_("验收"), (P.COMPLETED,), P.ACCEPTED, who.is_hub),
    Move("refuse_acceptance", N_("验收不通过"), (P.COMPLETED,), P.IMPLEMENTING, who.is_hub),
    Move("judge", N_("满意度测评"), (P.ACCEPTED,), P.EVALUATED, who.is_result),
    Move("order_rectification", N_("责成整改"), (P.EVALUATED,), P.RECTIFYING, who.is_result,
         clock="rectify_plan_days"),
    Move("file_rectify_plan", N_("报送整改方案"), (P.RECTIFYING,), None, who.leads_unit, clock="rectify_plan_days"),
    Move("file_rectify_result", N_("报告整改结果"), (P.RECTIFYING,), None, who.leads_unit,
         needs=(who.plan_is_filed,), clock="rectify_result_months"),
    Move("rejudge", N_("再次测评"), (P.RECTIFYING,), P.RE_EVALUATED, who.is_result, needs=(who.result_is_filed,)),
    Move("carry_over", N_("转入下一年度"), (P.IMPLEMENTING,), P.CARRIED_OVER, who.is_hub, needs=(who.lasts_longer,)),
    Move("archive", N_("归档"), (P.EVALUATED,), P.ARCHIVED, who.is_office, needs=(who.is_satisfied,)),
    Move("archive", N_("归档"), (P.RE_EVALUATED, P.TERMINATED), P.ARCHIVED, who.is_office),
))

ADJUSTMENT: Workflow[AdjustmentState] = Workflow("project_adjustment", AdjustmentState, (A.REQUESTED, A.FILED), (
    Move("endorse", N_("主任会议同意提请审议"), (A.REQUESTED,), A.ENDORSED, who.is_office),
    Move("turn_down", N_("主任会议不同意"), (A.REQUESTED,), A.REJECTED, who.is_office),
    Move("approve", N_("常委会批准"), (A.ENDORSED,), A.APPROVED, who.decides_adjustment, law="地方组织法§51"),
    Move("reject", N_("常委会未通过"), (A.ENDORSED,), A.REJECTED, who.decides_adjustment, law="地方组织法§51"),
))
# fmt: on

pgtrigger.register(state_path_trigger(YEAR))(Year)
pgtrigger.register(state_path_trigger(IDEA))(Idea)
pgtrigger.register(state_path_trigger(PROJECT))(Project)
pgtrigger.register(state_path_trigger(ADJUSTMENT))(Adjustment)
