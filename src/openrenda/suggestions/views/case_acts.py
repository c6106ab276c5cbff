"""Acts on the suggestion itself."""

from collections.abc import Mapping
from typing import Any

from openrenda.kernel.text import N_
from openrenda.suggestions import actions
from openrenda.suggestions.actions.attachments import attach_files
from openrenda.suggestions.forms import plain, reply, result, review, units, writing

from .act import PLAN, PLAN_PAGE, TEXT, Act, On


def _assign_one(*, suggestion_id: int, actor: Any) -> Any:
    return actions.assign_in_bulk(suggestion_ids=[suggestion_id], actor=actor)


CASE_ACTS: Mapping[str, Act] = {
    # the deputy
    "submit": Act(
        N_("提交建议"),
        result.SubmitForm,
        actions.submit,
        N_("已提交，代表工委会尽快审查。"),
        shows=TEXT,
        says=N_("提交后不能再改文字，只能补充说明。还没有确认的联名代表不再列入。"),
    ),
    "attach": Act(N_("添加附件"), writing.FilesForm, attach_files, N_("附件已保存。")),
    "confirm_cosign": Act(
        N_("确认联名"),
        plain.Plain,
        actions.confirm_cosign,
        N_("您已确认联名。"),
        shows=TEXT,
        says=N_("您确认的是下面这份文字。领衔代表如再修改，需要您重新确认。"),
    ),
    "decline_cosign": Act(
        N_("不联名"), plain.Plain, actions.decline_cosign, N_("已告知领衔代表您不参加联名。"), shows=TEXT
    ),
    "withdraw": Act(
        N_("撤回建议"),
        plain.WithdrawForm,
        actions.withdraw,
        N_("建议已撤回，办理终止。"),
        danger=True,
        says=N_("撤回后办理终止，不能恢复；来源的群众意见退回联络站继续办理。"),
    ),
    "ask_withdrawal": Act(
        N_("征求联名代表同意撤回"), plain.AskWithdrawalForm, actions.ask_withdrawal, N_("已请联名代表表态。")
    ),
    "agree_withdrawal": Act(
        N_("同意撤回"),
        plain.Plain,
        actions.agree_withdrawal,
        N_("您已同意撤回。"),
        says=N_("全体联名代表同意后，领衔代表才能撤回。"),
    ),
    "supplement": Act(N_("补充说明"), plain.SupplementForm, actions.add_supplement, N_("补充说明已附在建议后面。")),
    "object": Act(
        N_("对承办单位提出异议"), units.ObjectionForm, actions.object_to_unit, N_("异议已提交，代表工委会答复您。")
    ),
    "give_feedback": Act(
        N_("评价办理情况"),
        result.FeedbackForm,
        actions.give_feedback,
        N_("谢谢您的评价。"),
        shows="suggestions/parts/replies.html",
        says=N_("态度和结果分开评价。您的评价在办结前不给其他代表看。"),
    ),
    # the deputies' office
    "accept": Act(
        N_("接收并编号"),
        plain.AcceptForm,
        actions.accept,
        N_("已接收并编号。"),
        shows=TEXT,
        says=N_("接收后编号，文字不再改动；接着拟定承办单位。"),
    ),
    "send_back": Act(
        N_("退回修改"),
        plain.SendBackForm,
        actions.send_back,
        N_("已退回代表修改。"),
        shows=TEXT,
        says=N_("代表三十日内未修改再提交的，视为撤回。"),
    ),
    "reject": Act(
        N_("不予接收"),
        review.RejectForm,
        actions.reject,
        N_("已告知代表不予接收的理由。"),
        shows=TEXT,
        danger=True,
        says=N_("不予接收后不能恢复，代表会看到理由。"),
    ),
    "plan": Act(
        N_("拟定承办单位"),
        review.PlanForm,
        actions.plan,
        N_("拟办意见已保存，等待交办。"),
        template=PLAN_PAGE,
        shows=TEXT,
    ),
    "assign": Act(
        N_("交办"),
        plain.Plain,
        _assign_one,
        N_("已交办，法定期限开始计算。"),
        shows=PLAN,
        says=N_("从今天起计算三个月法定期限；以后改派也不重新计算。"),
    ),
    "group": Act(N_("并案"), review.GroupForm, actions.group_same_matter, N_("已并案。"), on=On.MAIN),
    "ungroup": Act(
        N_("退出并案"),
        plain.Plain,
        actions.leave_group,
        N_("已退出并案。"),
        says=N_("这件建议改为单独办理。主件退出的，由其余最早的一件作主件；只剩一件的，并案随之撤销。"),
    ),
    "mark_key": Act(N_("列为重点督办"), review.KeyForm, actions.mark_key, N_("已登记主任会议决定。")),
    "nudge": Act(N_("催办"), units.NudgeForm, actions.nudge, N_("已送达承办单位。")),
    "rehandle": Act(
        N_("要求重新办理"),
        result.RehandleForm,
        actions.rehandle,
        N_("已交承办单位重新办理。"),
        shows="suggestions/parts/ratings.html",
    ),
    "explain": Act(
        N_("说明不再办理"),
        result.ExplainForm,
        actions.explain_no_rehandle,
        N_("已向代表说明，办结。"),
        shows="suggestions/parts/ratings.html",
        danger=True,
    ),
    "apologise": Act(
        N_("登记回访致歉"),
        result.ApologyForm,
        actions.record_apology,
        N_("已登记，办结。"),
        shows="suggestions/parts/ratings.html",
        says=N_("只对态度不满意的，回访致歉后办结，结果不再重办。"),
    ),
    "rate_unrateable": Act(
        N_("登记无法反馈"), plain.UnrateableForm, actions.rate_unrateable, N_("已办结，按未反馈统计。")
    ),
    "reopen": Act(N_("重新办理已办结的建议"), result.ReopenForm, actions.reopen, N_("已交承办单位重新办理。")),
    "release": Act(
        N_("决定公开方式"),
        reply.ReleaseForm,
        actions.release,
        N_("公开决定已生效。"),
        shows="suggestions/parts/release.html",
        says=N_("电话、身份证号、车牌、银行卡号自动遮盖。以后有新的答复，需要再公开一次。"),
    ),
    "choose_look_back": Act(N_("列入回头看"), plain.Plain, actions.choose_look_back, N_("已列入回头看。")),
}
