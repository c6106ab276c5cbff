"""Every enumeration of the slice (domain.md 1.2 to 1.6)."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class OpinionState(Labelled):
    """Where an opinion stands (domain.md 1.4)."""

    SUBMITTED = "submitted", N_("已提交")
    REGISTERED = "registered", N_("已登记")
    CLASSIFIED = "classified", N_("已分类")
    REFERRED = "referred", N_("已转办")
    HANDLING = "handling", N_("办理中")
    RESULT = "result", N_("待反馈")
    CONVERTED = "converted", N_("已转建议")
    ESCALATED = "escalated", N_("已上交")
    ANSWERED = "answered", N_("已答复")
    FED_BACK = "fed_back", N_("已反馈")
    REWORK = "rework", N_("重新办理")
    CLOSED = "closed", N_("办结")
    NOT_ACCEPTED = "not_accepted", N_("不予受理")
    WITHDRAWN = "withdrawn", N_("已撤回")
    MERGED = "merged", N_("已并件")


ENDED = frozenset({OpinionState.CLOSED, OpinionState.NOT_ACCEPTED, OpinionState.WITHDRAWN, OpinionState.MERGED})
CLOSED_TO_JOIN = ENDED | {OpinionState.SUBMITTED}
"""Over, or not yet looked at by the station: nothing is merged into such an opinion."""
"""Nobody has to act any more."""

NEVER_ACCEPTED = frozenset({OpinionState.SUBMITTED, OpinionState.NOT_ACCEPTED, OpinionState.WITHDRAWN})
"""Not yet, or not at all, accepted (受理)."""


class Channel(Labelled):
    """How the opinion came in."""

    ONLINE = "online", N_("网上")
    QR = "qr", N_("扫码")
    RECEPTION = "reception", N_("现场接待")
    PHONE = "phone", N_("电话")
    LETTER = "letter", N_("信件")
    VISIT = "visit", N_("走访")
    HOTLINE = "hotline", N_("12345转入")


OFFLINE = frozenset({Channel.RECEPTION, Channel.PHONE, Channel.LETTER, Channel.VISIT, Channel.HOTLINE})
"""Entered by the station on somebody's behalf."""


class IdentityMode(Labelled):
    """What others may know of the writer."""

    NAMED = "named", N_("实名公开")
    WITHHELD = "withheld", N_("实名不公开")
    ANONYMOUS = "anonymous", N_("匿名（仅线下）")


class Nature(Labelled):
    """What kind of word it is."""

    PROPOSAL = "proposal", N_("建议")
    PROBLEM = "problem", N_("反映问题")
    CRITICISM = "criticism", N_("批评")
    QUESTION = "question", N_("咨询")
    HELP = "help", N_("求助")
    PRAISE = "praise", N_("表扬")
    IDEA = "idea", N_("民生实事线索")


class SensitiveFlag(Labelled):
    """Why somebody must look twice."""

    MINOR = "minor", N_("涉未成年人")
    PRIVACY = "privacy", N_("涉个人隐私")
    STABILITY = "stability", N_("涉稳")
    SECRET = "secret", N_("疑涉密")


class RefusalReason(Labelled):
    """Why an opinion is not accepted (domain.md 1.3). Each has a way on: `way_on`."""

    LEGAL_REMEDY = "legal_remedy", N_("已经或应当通过诉讼、行政复议、仲裁解决")
    COMPLAINT = "complaint", N_("申诉、控告、检举")
    PERSONAL = "personal", N_("纯属个人利益，没有公共性")
    CASE = "case", N_("具体司法、执法案件")
    CONSULTATION = "consultation", N_("只是法律、政策咨询")
    ADVERTISING = "advertising", N_("学术探讨、产品推介或广告")
    ABUSE = "abuse", N_("没有实际内容、辱骂他人或内容违法")
    COMMERCIAL = "commercial", N_("涉及商业利益，或干涉招投标、市场竞争")
    REPEATED = "repeated", N_("已有最终答复，没有新的事实")
    SECRET = "secret", N_("涉及国家秘密")

    @property
    def way_on(self) -> str:
        """引导去向: where the resident can go instead (msgid)."""
        return _WAYS_ON[self]


_WAYS_ON = {
    RefusalReason.LEGAL_REMEDY: N_("请向受理法院、行政复议机关或仲裁机构提出；需要帮助可拨打 12348 公共法律服务热线。"),
    RefusalReason.COMPLAINT: N_("请向信访部门提出；检举公职人员违纪违法，请拨打 12388 或向监察委员会反映。"),
    RefusalReason.PERSONAL: N_("请向具体承办的单位或社区居委会提出；联络站可以告诉您找谁。"),
    RefusalReason.CASE: N_("请向办案的法院、检察院或执法单位提出；代表不能过问具体案件。"),
    RefusalReason.CONSULTATION: N_("请拨打 12345 政务服务热线或 12348 公共法律服务热线，可当场得到解答。"),
    RefusalReason.ADVERTISING: N_("联络站不办理学术探讨和产品推介；请与有关单位或媒体直接联系。"),
    RefusalReason.ABUSE: N_("您可以写明具体事情和地点后重新提交，我们会认真办理。"),
    RefusalReason.COMMERCIAL: N_(
        "代表不得干涉招投标和市场竞争（代表法第五十九条）；请向行业主管部门或公共资源交易监管部门提出。"
    ),
    RefusalReason.REPEATED: N_("请查看原件的答复；如有新的事实，请写明新情况后重新提交。"),
    RefusalReason.SECRET: N_("本系统不得传递涉密内容，原文已删除。联络站会电话与您联系，请不要再次上传。"),
}


class RouteLevel(Labelled):
    """To whom an opinion is handed (domain.md 1.4, CLASSIFIED)."""

    COMMUNITY = "community", N_("社区居委会")
    STREET = "street", N_("街道办事处")
    DEPARTMENT = "department", N_("区直部门")
    ORGAN = "organ", N_("法院、检察院、监委")


class ReferralState(Labelled):
    """One hop's own life."""

    PROPOSED = "proposed", N_("待审批")
    DECLINED = "declined", N_("未批准")
    SENT = "sent", N_("待签收")
    SIGNED = "signed", N_("办理中")
    RETURNED = "returned", N_("已退回")
    DONE = "done", N_("已回复")
    CUT_SHORT = "cut_short", N_("已终止")


class ExtensionState(Labelled):
    """A unit's wish for more time."""

    NONE = "none", N_("未申请")
    ASKED = "asked", N_("待审批")
    GRANTED = "granted", N_("已同意")
    DENIED = "denied", N_("未同意")


class ClockKind(Labelled):
    """Which time runs (domain.md 1.5)."""

    REGISTER = "register", N_("登记")
    DECISION = "decision", N_("告知是否受理")
    REFERRAL = "referral", N_("分类转办")
    SIGN = "sign", N_("签收或退回")
    HANDLE = "handle", N_("办理")
    ANSWER = "answer", N_("答复群众")
    FEEDBACK = "feedback", N_("反馈")
    RATING = "rating", N_("群众评价")
    REVISIT = "revisit", N_("回访")


class Satisfaction(Labelled):
    """The resident's own verdict. UNRATED is silence, and never counted as satisfied."""

    SATISFIED = "satisfied", N_("满意")
    MOSTLY = "mostly", N_("基本满意")
    DISSATISFIED = "dissatisfied", N_("不满意")
    UNRATED = "unrated", N_("未评价")


class Solved(Labelled):
    """Whether the matter is solved, in the resident's words; apart from the rating."""

    UNKNOWN = "unknown", N_("未表态")
    YES = "yes", N_("已解决")
    PARTLY = "partly", N_("部分解决")
    NO = "no", N_("未解决")


class FeedbackWay(Labelled):
    """How somebody was told, or asked."""

    SITE = "site", N_("网上")
    PHONE = "phone", N_("电话")
    IN_PERSON = "in_person", N_("当面")
    LETTER = "letter", N_("书面")


class PublishState(Labelled):
    """The publication's own little path (domain.md 1.7.4)."""

    WAITING = "waiting", N_("待站长审核")
    AT_STREET = "at_street", N_("待街道工委审定")
    PUBLIC = "public", N_("已公开")
    KEPT = "kept", N_("不公开")


class StationLevel(Labelled):
    """Kinds of stations (domain.md 8)."""

    STREET = "street", N_("街道站")
    COMMUNITY = "community", N_("社区站")
    TRADE = "trade", N_("行业站")
    ONLINE = "online", N_("网上站")


class StationStatus(Labelled):
    """Is the station open?"""

    OPEN = "open", N_("开放")
    PAUSED = "paused", N_("暂停")
    CLOSED = "closed", N_("撤销")


class ReceptionState(Labelled):
    """A reception day's life (domain.md 1.6)."""

    PLANNED = "planned", N_("计划")
    ANNOUNCED = "announced", N_("已公告")
    RUNNING = "running", N_("进行中")
    FINISHED = "finished", N_("已结束")
    POSTPONED = "postponed", N_("顺延")
    CANCELLED = "cancelled", N_("取消")


class Attendance(Labelled):
    """A deputy's part in one reception day."""

    PLANNED = "planned", N_("应到")
    EXCUSED = "excused", N_("请假")
    ATTENDED = "attended", N_("到场")
    ABSENT = "absent", N_("未到")


class BookingState(Labelled):
    """A resident's appointment."""

    BOOKED = "booked", N_("已预约")
    CANCELLED = "cancelled", N_("已取消")


class DeputyPart(Labelled):
    """Why a deputy stands on an opinion."""

    RECEIVED = "received", N_("接待")
    RESPONSIBLE = "responsible", N_("负责")


class OfficialGroup(Labelled):
    """The grouping often used in reports (domain.md 12.1)."""

    CITY = "city", N_("城市建设")
    ECONOMY = "economy", N_("财贸金融")
    RURAL = "rural", N_("农林水利")
    CULTURE = "culture", N_("科教文卫")
    LAW = "law", N_("政法人事")
