"""What a suggestion and its parts can be (domain.md 2.2 to 2.7)."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class State(Labelled):
    """Handling states of a suggestion (domain.md 2.3)."""

    DRAFT = "draft", N_("草稿")
    COSIGNING = "cosigning", N_("联名确认")
    SUBMITTED = "submitted", N_("已提交")
    RETURNED_EDIT = "returned_edit", N_("退回修改")
    ACCEPTED = "accepted", N_("已接收编号")
    ASSIGNED1 = "assigned1", N_("已交办")
    ASSIGNED2 = "assigned2", N_("已分办")
    RETURN_REQ = "return_req", N_("申请退办")
    HANDLING = "handling", N_("办理中")
    EXT_REQ = "ext_req", N_("申请延期")
    REPLY_REVIEW = "reply_review", N_("复文审核")
    REPLIED = "replied", N_("已答复")
    FEEDBACK = "feedback", N_("待反馈")
    UNSATISFIED = "unsatisfied", N_("不满意待研判")
    REHANDLE = "rehandle", N_("重新办理")
    CLOSED = "closed", N_("办结")
    WITHDRAWN = "withdrawn", N_("已撤回")
    REJECTED = "rejected", N_("不予接收")


class AssignmentState(Labelled):
    """Where one unit stands with its part."""

    WAITING = "waiting", N_("待签收")
    DISTRIBUTED = "distributed", N_("已分办到单位")
    RETURN_REQ = "return_req", N_("申请退办")
    HANDLING = "handling", N_("办理中")
    EXT_REQ = "ext_req", N_("申请延期")
    REPLY_REVIEW = "reply_review", N_("复文审核")
    REPLIED = "replied", N_("已答复")
    REPLACED = "replaced", N_("已改派")
    STOPPED = "stopped", N_("已终止")
    CO_OPEN = "co_open", N_("待提会办意见")
    CO_DONE = "co_done", N_("会办意见已提出")


class CommitmentState(Labelled):
    """Fulfilment of a promise, apart from handling (domain.md 2.5)."""

    PENDING = "pending", N_("落实中")
    DONE_CLAIMED = "done_claimed", N_("单位报告已落实")
    DONE_CONFIRMED = "done_confirmed", N_("已确认落实")
    OVERDUE = "overdue", N_("逾期未落实")
    CHANGED = "changed", N_("已调整期限")
    IMPOSSIBLE = "impossible", N_("无法落实（已书面说明）")
    CARRIED = "carried", N_("跨年度继续落实")


class Mode(Labelled):
    """How units share the handling."""

    SINGLE = "single", N_("单办")
    LEAD_CO = "lead_co", N_("主办会办")
    SPLIT = "split", N_("分办")


class Part(Labelled):
    """A unit's share in the handling."""

    SOLE = "sole", N_("独办")
    LEAD = "lead", N_("主办")
    CO = "co", N_("会办")
    SHARE = "share", N_("分办")


ANSWERING_PARTS = (Part.SOLE, Part.LEAD, Part.SHARE)
"""Parts that answer the deputy; co-handlers give an opinion to the lead."""


class Level(Labelled):
    """First-level assignment by the standing committee, second-level by the government's office."""

    FIRST = "first", N_("一级")
    SECOND = "second", N_("二级")


class Origin(Labelled):
    """Where a suggestion comes from."""

    RESEARCH = "research", N_("本人调研")
    VOTERS = "voters", N_("联系选民")
    RECEPTION = "reception", N_("接待日")
    INSPECTION = "inspection", N_("视察调研")
    GROUP = "group", N_("小组活动")
    OPINION = "opinion", N_("群众意见转来")
    MOTION = "motion", N_("议案转来")
    OTHER = "other", N_("其他")


class Wish(Labelled):
    """How the deputy wishes to be contacted."""

    MEETING = "meeting", N_("希望面商")
    PHONE = "phone", N_("电话")
    WRITING = "writing", N_("书面即可")


class PublicityWish(Labelled):
    """The deputy's own wish about publication."""

    FULL = "full", N_("同意全文公开")
    SUMMARY = "summary", N_("同意公开摘要")
    NO = "no", N_("不同意公开")


class Publicity(Labelled):
    """What is decided about publication (domain.md 2.7)."""

    PENDING = "pending", N_("待审")
    FULL = "full", N_("全文公开")
    SUMMARY = "summary", N_("摘要公开")
    NO = "no", N_("不予公开")
    ON_REQUEST = "on_request", N_("依申请公开")


class ReplyClass(Labelled):
    """Result classes (办理结果分类, domain.md 2.4)."""

    A = "A", N_("A 已经解决或基本解决")
    B = "B", N_("B 正在解决或列入计划")
    C = "C", N_("C 因条件限制留待以后解决")
    D = "D", N_("D 留作参考")


class ReferenceReason(Labelled):
    """Why a reply of class D says no."""

    COMPETENCE = "competence", N_("超越职权")
    POLICY = "policy", N_("政策法规不允许")
    FUNDS = "funds", N_("财力条件不具备")
    HIGHER = "higher", N_("属上级事权")
    OTHER = "other", N_("其他")


class ReplyState(Labelled):
    """A reply's own way to the deputy."""

    IN_REVIEW = "in_review", N_("待签发")
    SIGNED = "signed", N_("已签发待审核")
    SENT_BACK = "sent_back", N_("退回重拟")
    ISSUED = "issued", N_("已答复")


class BackReason(Labelled):
    """Why a reply is sent back."""

    BESIDE = "beside", N_("答非所问")
    FORMAT = "format", N_("格式不符")
    NO_CONTACT = "no_contact", N_("未与代表沟通")
    OTHER = "other", N_("其他")


class ContactWay(Labelled):
    """How a unit met the deputy; the first two are in person."""

    MEETING = "meeting", N_("面商")
    ON_SITE = "on_site", N_("现场办理")
    PHONE = "phone", N_("电话")
    WRITING = "writing", N_("书面")


IN_PERSON = (ContactWay.MEETING, ContactWay.ON_SITE)


class ContactState(Labelled):
    """What the deputy says about a recorded contact."""

    WAITING = "waiting", N_("待代表确认")
    CONFIRMED = "confirmed", N_("代表已确认")
    DENIED = "denied", N_("代表否认")
    ATTEMPT = "attempt", N_("联系未果")


class Rating(Labelled):
    """How satisfied a deputy is."""

    GOOD = "good", N_("满意")
    FAIR = "fair", N_("基本满意")
    BAD = "bad", N_("不满意")


class Outcome(Labelled):
    """How a suggestion came to be closed."""

    RATED = "rated", N_("代表已评价")
    NO_FEEDBACK = "no_feedback", N_("代表未反馈")
    UNRATEABLE = "unrateable", N_("无法反馈")
    APOLOGISED = "apologised", N_("态度不满意，已回访致歉")
    EXPLAINED = "explained", N_("不满意，已说明不再办理")


class EndReason(Labelled):
    """Why a suggestion ended without an answer."""

    WITHDRAWN = "withdrawn", N_("提出人书面撤回")
    LAPSED = "lapsed", N_("退回后三十日内未修改，视为撤回")
    DISCARDED = "discarded", N_("草稿作废")


class RejectCode(Labelled):
    """Why a text is not a suggestion (SHJY §8, domain.md R15)."""

    OUTSIDE = "outside", N_("超出本行政区域职权")
    PERSONAL = "personal", N_("涉及本人、亲属或者本单位利益")
    CASE = "case", N_("涉及具体司法案件")
    FORWARDED = "forwarded", N_("转交他人来信")
    ACADEMIC = "academic", N_("学术探讨、产品推介")
    EMPTY = "empty", N_("没有实质内容")


class CosignState(Labelled):
    """Where an invited co-signer stands."""

    INVITED = "invited", N_("待确认")
    CONFIRMED = "confirmed", N_("已确认联名")
    DECLINED = "declined", N_("未联名")
    LAPSED = "lapsed", N_("提交时未确认")


class ExtensionReason(Labelled):
    """The two reasons the law knows (代表法 §51)."""

    WIDE = "wide", N_("涉及面广")
    HARD = "hard", N_("处理难度大")


class DueChangeKind(Labelled):
    """Why a deadline changed."""

    EXTENSION = "extension", N_("批准延期")
    RESTART = "restart", N_("改派后重新起算")
    CALENDAR = "calendar", N_("工作日历调整")


class Decision(Labelled):
    """What was decided on a request."""

    OPEN = "open", N_("待决定")
    GRANTED = "granted", N_("同意")
    REFUSED = "refused", N_("不同意")
    FIXED = "fixed", N_("会商确定承办单位")


class CommitmentKind(Labelled):
    """A dated promise, or only a date on which the matter is looked at again (class C)."""

    PROMISE = "promise", N_("承诺事项")
    REVIEW = "review", N_("定期研究")


class ReportKind(Labelled):
    """What a line in a promise's history is."""

    PROGRESS = "progress", N_("进展报告")
    CLAIM = "claim", N_("报告已落实")
    DENIAL = "denial", N_("未予确认")
    CONFIRMATION = "confirmation", N_("确认落实")
    CHANGE = "change", N_("调整期限")
    IMPOSSIBLE = "impossible", N_("说明无法落实")
    OVERDUE = "overdue", N_("逾期")
    CARRIED = "carried", N_("转入下一年度")


class LookBackVerdict(Labelled):
    """What a look-back (回头看) found."""

    KEPT = "kept", N_("属实已落实")
    PARTLY = "partly", N_("部分落实")
    NOT_KEPT = "not_kept", N_("未落实")
    RELAPSED = "relapsed", N_("反弹")


class LookBackCause(Labelled):
    """Why a suggestion is looked at again."""

    CLASS_BC = "class_bc", N_("B、C类全部")
    SAMPLE_A = "sample_a", N_("A类抽样")
    UNSATISFIED = "unsatisfied", N_("曾评不满意")
    CHOSEN = "chosen", N_("指定")


class NudgeKind(Labelled):
    """Steps of supervision (domain.md 2.6)."""

    REMINDER = "reminder", N_("催办")
    ORDER = "order", N_("督办单")
    TALK = "talk", N_("约谈")
    NOTICE = "notice", N_("通报")


class Importance(Labelled):
    """Who looks after a suggestion."""

    NORMAL = "normal", N_("普通")
    KEY = "key", N_("重点督办")
    LED = "led", N_("领衔督办")


OPEN_HANDLING = (
    State.ASSIGNED1,
    State.ASSIGNED2,
    State.RETURN_REQ,
    State.HANDLING,
    State.EXT_REQ,
    State.REPLY_REVIEW,
    State.REHANDLE,
)
"""States in which units work and their assignments say where the suggestion stands."""

BEFORE_REPLY = (
    State.DRAFT,
    State.COSIGNING,
    State.SUBMITTED,
    State.RETURNED_EDIT,
    State.ACCEPTED,
    State.ASSIGNED1,
    State.ASSIGNED2,
    State.RETURN_REQ,
    State.HANDLING,
    State.EXT_REQ,
    State.REPLY_REVIEW,
)
"""States from which a suggestion may be withdrawn (R17)."""

OPEN_COMMITMENTS = (CommitmentState.PENDING, CommitmentState.OVERDUE, CommitmentState.CHANGED, CommitmentState.CARRIED)
"""Promises that still bind."""
