"""The three tables of acts: on a year, on an idea, on a project."""

from collections.abc import Mapping
from functools import partial

from openrenda.kernel.text import N_
from openrenda.livelihood import actions
from openrenda.livelihood.forms import idea, project, works, year
from openrenda.livelihood.states import IdeaState

from . import recording
from .act import Act

YEAR, IDEA, PROJECT = "year_id", "idea_id", "project_id"

# fmt: off
YEAR_ACTS: Mapping[str, Act] = {
    "extend_call": Act(N_("延长征集"), actions.extend_call, N_("已延长征集。"), YEAR, year.ExtendForm),
    "close_call": Act(
        N_("截止征集"), actions.close_call, N_("征集已经截止，可以筛选论证。"), YEAR,
        says=N_("截止后不再收新的建议；已收到的逐条给出结果。")),
    "propose": Act(
        N_("提出项目"), actions.propose_project, N_("已列入储备库。"), YEAR, project.ProposeForm,
        says=N_("选中的建议归并到这个项目，提出人会收到通知。")),
    "discuss_party": Act(
        N_("登记党委研究"), actions.discuss_party, N_("已登记。"), "", year.DiscussForm,
        says=N_("评分、合法性审查和财政评估齐全的项目才能提交研究。")),
    "deliberate": Act(
        N_("登记常委会审议"), actions.deliberate, N_("已登记常委会审议。"), YEAR, year.DeliberateForm),
    "fix_candidates": Act(
        N_("确定候选项目"), actions.fix_candidates, N_("候选项目已经确定。"), YEAR, year.CandidatesForm,
        says=N_("候选项目的排列按类别或者笔画，不按偏好。确定后不能再增减。"),
        template="livelihood/work/candidates.html"),
    "publish_candidates": Act(
        N_("公布候选项目并送交代表"), actions.publish_candidates, N_("已公布，候选项目说明已送交全体代表。"), YEAR,
        year.PublishCandidatesForm, says=N_("候选项目向社会公布；全体代表收到通知和候选项目说明（PDF）。")),
    "put_to_vote": Act(
        N_("提请大会票决"), actions.put_to_vote, N_("已提请票决。"), YEAR, year.PutForm,
        says=N_("候选项目交付大会表决。结果由表决产生，自动回到这里。")),
    "put_to_evaluation": Act(
        N_("提请满意度测评"), actions.put_to_evaluation, N_("已提请测评。"), YEAR, year.PutForm,
        says=N_("已验收的项目、整改后待再次测评的项目交付测评。结果自动回到这里。")),
    "close": Act(N_("年度归档"), actions.close_year, N_("本年度已归档。"), YEAR, danger=True),
}

IDEA_ACTS: Mapping[str, Act] = {
    "merge": Act(
        N_("归并到项目"), partial(actions.settle_idea, outcome=IdeaState.MERGED), N_("已归并，提出人会收到通知。"),
        IDEA, idea.MergeForm),
    "adopt": Act(
        N_("采纳为项目"), partial(actions.settle_idea, outcome=IdeaState.ADOPTED), N_("已采纳，提出人会收到通知。"),
        IDEA, idea.WordForm, says=N_("由这条建议生成一个储备项目，再补全内容。")),
    "reserve": Act(
        N_("列入储备库"), partial(actions.settle_idea, outcome=IdeaState.RESERVE),
        N_("已列入储备库，提出人会收到通知。"), IDEA, idea.WordForm),
    "decline": Act(
        N_("不采纳"), partial(actions.settle_idea, outcome=IdeaState.DECLINED), N_("已告知提出人。"),
        IDEA, idea.DeclineForm, says=N_("提出人会看到原因和理由。"), danger=True),
    "publish": Act(
        N_("公开"), actions.publish_idea, N_("已公开。"), IDEA, idea.PublishForm,
        says=N_("只有提出人同意公开的才能公开；公开的内容里没有称呼和电话。")),
    "withhold": Act(N_("不公开"), actions.withhold_idea, N_("已记下，不公开。"), IDEA, idea.ReasonForm),
}

PROJECT_ACTS: Mapping[str, Act] = {
    "edit": Act(N_("修改"), actions.edit_project, N_("已修改。"), PROJECT, project.ProjectForm),
    "shortlist": Act(N_("列为初步候选"), actions.shortlist_project, N_("已列为初步候选。"), PROJECT),
    "score": Act(
        N_("筛选评分"), actions.score_project, N_("已记下您的评分。"), PROJECT, project.ScoreForm,
        says=N_("十项标准，每项 0 到 10 分。再次评分以后一次为准。"), template="livelihood/work/score.html"),
    "give_opinion": Act(
        N_("提出审查意见"), actions.give_opinion, N_("已记下意见。"), PROJECT, project.ScreeningOpinionForm),
    "send_back": Act(
        N_("退回储备"), actions.send_back_project, N_("已退回储备库。"), PROJECT, project.SendBackForm, danger=True),
    "draft_plan": Act(
        N_("拟订实施方案"), actions.draft_plan, N_("已保存。"), PROJECT, works.PlanForm,
        says=N_("各节点的权重加起来是 100%；按日期推算每个月的计划进度。"), template="livelihood/work/plan.html"),
    "publish_plan": Act(
        N_("公布实施方案"), actions.publish_plan, N_("已公布。"), PROJECT, says=N_("公布后居民和代表都能看到。")),
    "confirm_funds": Act(N_("登记资金到位"), actions.confirm_funds, N_("已登记。"), PROJECT, works.FundsForm),
    "report": Act(
        N_("报送进展"), recording.report, N_("已报送。"), PROJECT, works.ReportForm,
        says=N_("报送后立即公开。落后于计划的，灯会变色并写明原因。")),
    "form_group": Act(N_("成立监督小组"), actions.form_group, N_("已成立。"), PROJECT, works.GroupForm),
    "inspect": Act(N_("登记视察"), recording.inspect, N_("已登记。"), PROJECT, works.InspectForm),
    "issue_order": Act(N_("发出督办单"), actions.issue_order, N_("已发出督办单。"), PROJECT, works.OrderForm),
    "file_adjustment": Act(
        N_("备案小调整"), actions.file_adjustment, N_("已备案。"), PROJECT, works.FileAdjustForm,
        says=N_("只限建设内容的小调整和规定幅度以内的投资变动；其他的要提请常委会审议。")),
    "request_adjustment": Act(
        N_("申请调整"), actions.request_adjustment, N_("已提出，等主任会议研究。"), PROJECT, works.AdjustForm,
        says=N_("代表票决的内容，要经主任会议研究、常委会审议批准才能改。")),
    "complete": Act(N_("报告完工"), actions.complete_project, N_("已报告完工，等待验收。"), PROJECT, works.NoteForm),
    "accept": Act(N_("验收"), actions.accept_project, N_("已通过验收。"), PROJECT, works.AcceptForm),
    "refuse_acceptance": Act(
        N_("验收不通过"), actions.refuse_acceptance, N_("已退回继续实施。"), PROJECT, works.RefuseForm, danger=True),
    "file_rectify_plan": Act(
        N_("报送整改方案"), actions.file_rectify_plan, N_("已报送。"), PROJECT, works.RectifyForm),
    "file_rectify_result": Act(
        N_("报告整改结果"), actions.file_rectify_result, N_("已报告。"), PROJECT, works.RectifyForm),
    "archive": Act(N_("归档"), actions.archive_project, N_("已归档。"), PROJECT),
    "carry_over": Act(
        N_("转入下一年度"), actions.carry_over, N_("已转入下一年度。"), PROJECT, works.CarryOverForm),
    "reuse": Act(
        N_("放进新一年的储备库"), actions.reuse_project, N_("已放进储备库。"), PROJECT, works.ReuseForm),
}

PART_ACTS: Mapping[str, Act] = {
    "answer_inspection": Act(
        N_("答复视察意见"), actions.answer_inspection, N_("已答复。"), "inspection_id", works.AnswerForm),
    "answer_order": Act(N_("答复督办单"), actions.answer_order, N_("已答复。"), "order_id", works.AnswerForm),
    "endorse": Act(
        N_("主任会议同意提请审议"), actions.endorse_adjustment, N_("已登记。"), "adjustment_id", works.EndorseForm),
    "turn_down": Act(
        N_("主任会议不同意"), actions.turn_down_adjustment, N_("已登记。"), "adjustment_id", works.TurnDownForm,
        danger=True),
    "decide": Act(
        N_("登记常委会表决"), actions.decide_adjustment, N_("已登记表决结果。"), "adjustment_id", works.DecideForm,
        says=N_("赞成票超过全体组成人员的半数才算批准。")),
}
"""On a part of a project: a visit, an order, an adjustment."""
# fmt: on
