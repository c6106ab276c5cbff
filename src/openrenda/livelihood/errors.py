"""Refusals of this slice, each with a sentence and a way out."""

from collections.abc import Sequence

from openrenda.kernel.errors import Conflict, Invalid, NotFound
from openrenda.kernel.pii import Finding
from openrenda.kernel.text import N_


class NoYear(NotFound):
    """There is no such year."""

    code = "livelihood.no_year"
    message = N_("这个年度还没有开展民生实事项目征集。")
    remedy = N_("请从民生实事首页选择年度。")


class NoProject(NotFound):
    """Unknown, or not to be seen by this actor."""

    code = "livelihood.no_project"
    message = N_("没有找到这个项目。")
    remedy = N_("请从年度项目列表重新进入。")


class NoIdea(NotFound):
    """Unknown, or not to be seen by this actor."""

    code = "livelihood.no_idea"
    message = N_("没有找到这条项目建议。")
    remedy = N_("它可能没有公开。提出人可以用编号和查询码查看。")


class TrackRefused(NotFound):
    """Unknown number, wrong code and too many tries look the same."""

    code = "livelihood.track_refused"
    message = N_("编号和查询码不相符，或者查询过于频繁。")
    remedy = N_("请核对回执上的编号和查询码；仍查不到，请一小时后再试，或者联系联络站。")


class YearExists(Conflict):
    """One call per year."""

    code = "livelihood.year_exists"
    message = N_("这个年度的征集已经开始。")
    remedy = N_("请打开这个年度继续办理。")


class CallTooShort(Invalid):
    """The call for ideas must stay open long enough."""

    code = "livelihood.call_too_short"
    message = N_("征集时间至少 {days} 天。")
    remedy = N_("请推迟截止日期。")


class CallClosed(Conflict):
    """Ideas are taken during the call only."""

    code = "livelihood.call_closed"
    message = N_("现在不在征集期内。")
    remedy = N_("请在征集公告的起止日期内提出；平时的意见建议，请提交给人大代表联络站。")


class PersonalNumbersFound(Invalid):
    """The writer must choose: mask them, or confirm that they shall stay (they never become public)."""

    code = "livelihood.personal_numbers"
    message = N_("内容里有身份证号、手机号、车牌或银行卡号。")
    remedy = N_("建议遮盖；确实需要保留的，请确认。无论怎样，公开的内容里都不会出现。")

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(fields={"content": N_("请选择遮盖个人号码，或确认保留。")})
        self.findings = tuple(findings)


class FormUsed(Conflict):
    """The form was sent before, with other words."""

    code = "livelihood.form_used"
    message = N_("这张表单已经提交过。")
    remedy = N_("请打开一张新的表单再填写。")


class TooFewCandidates(Conflict):
    """The vote must be a choice (差额)."""

    code = "livelihood.too_few_candidates"
    message = N_("候选项目 {candidates} 个、应选 {quota} 个，差额比例不足 {minimum}%。")
    remedy = N_("请增加候选项目，或者减少应选数。")


class BookletTooLate(Conflict):
    """Deputies read the explanations before the session."""

    code = "livelihood.booklet_too_late"
    message = N_("候选项目说明应在会议前 {days} 天送交代表，现在已经来不及。")
    remedy = N_("请调整票决日期。")


class NotDecided(Conflict):
    """The meeting has not decided yet."""

    code = "livelihood.not_decided"
    message = N_("会议还没有对这项议程作出决定。")
    remedy = N_("请在会议作出决定后再办理。")


class WeightsNotWhole(Invalid):
    """Milestones make a whole."""

    code = "livelihood.weights"
    message = N_("各节点权重之和是 {total}%，应当是 100%。")
    remedy = N_("请调整各节点的权重。")


class ReportNotDue(Conflict):
    """A month is reported when it has begun, in order."""

    code = "livelihood.report_not_due"
    message = N_("这个月的进展还不能报送。")
    remedy = N_("请在当月或者次月报送；补报请从最早缺报的月份开始。")


class StillPublicVote(Conflict):
    """A minor change needs no vote; a major one does."""

    code = "livelihood.major_change"
    message = N_("这项调整涉及名称、目标、地点、完成时限，或者投资变动超过 {percent}%，不能只备案。")
    remedy = N_("请提出调整申请，由主任会议研究后提请常委会审议。")


class NoVotes(Invalid):
    """Figures that cannot be."""

    code = "livelihood.bad_figures"
    message = N_("票数不能超过常委会组成人员人数（{members} 人）。")
    remedy = N_("请核对表决结果。")


class NothingToVote(Conflict):
    """No project waits for this vote."""

    code = "livelihood.nothing_to_vote"
    message = N_("没有可以提请表决的项目。")
    remedy = N_("请先完成前面的步骤。")
