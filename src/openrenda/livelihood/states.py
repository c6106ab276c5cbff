"""What a year of livelihood projects and its parts can be (domain.md 4.3 to 4.8)."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class YearState(Labelled):
    """Where the year stands as a whole."""

    COLLECTING = "collecting", N_("征集中")
    SCREENING = "screening", N_("筛选论证")
    CANDIDATES = "candidates", N_("候选项目已确定")
    VOTING = "voting", N_("提请票决")
    VOTED = "voted", N_("已票决")
    RUNNING = "running", N_("实施中")
    JUDGED = "judged", N_("已测评")
    CLOSED = "closed", N_("已归档")


class ProjectState(Labelled):
    """A project from the pool to the archive (domain.md 4.4)."""

    IDEA_POOL = "idea_pool", N_("储备")
    PRELIM = "prelim", N_("初步候选")
    PARTY_DISCUSSED = "party_discussed", N_("党委已研究")
    SC_DELIBERATED = "sc_deliberated", N_("常委会已审议")
    CANDIDATE = "candidate", N_("候选")
    VOTED_IN = "voted_in", N_("当选")
    VOTED_OUT = "voted_out", N_("落选")
    PLAN_PUBLISHED = "plan_published", N_("方案已公布")
    IMPLEMENTING = "implementing", N_("实施中")
    ADJUST_REQ = "adjust_req", N_("申请调整")
    TERMINATED = "terminated", N_("已终止")
    COMPLETED = "completed", N_("已完工")
    ACCEPTED = "accepted", N_("已验收")
    EVALUATED = "evaluated", N_("已测评")
    RECTIFYING = "rectifying", N_("整改中")
    RE_EVALUATED = "re_evaluated", N_("整改后已测评")
    ARCHIVED = "archived", N_("已归档")
    CARRIED_OVER = "carried_over", N_("转入下一年度")


class IdeaState(Labelled):
    """What became of an idea (domain.md 4.3)."""

    NEW = "new", N_("新征集")
    MERGED = "merged", N_("归并")
    RESERVE = "reserve", N_("入储备库")
    ADOPTED = "adopted", N_("采纳")
    DECLINED = "declined", N_("不采纳")


class IdeaSource(Labelled):
    """Who proposes."""

    PUBLIC = "public", N_("群众")
    DEPUTY = "deputy", N_("代表")
    DEPARTMENT = "department", N_("部门")
    STREET = "street", N_("街道")
    COMMITTEE = "committee", N_("人大工作机构")


class IdeaChannel(Labelled):
    """By which way an idea came in."""

    ONLINE = "online", N_("网上")
    STATION = "station", N_("联络站代录")
    STREET = "street", N_("街道代录")
    OFFICE = "office", N_("单位填报")
    OPINION = "opinion", N_("群众意见转来")


class IdeaPublicity(Labelled):
    """Whether an idea's text is out."""

    WAITING = "waiting", N_("待审")
    PUBLISHED = "published", N_("已公开")
    KEPT = "kept", N_("不公开")


class DeclineCode(Labelled):
    """The negative list: what cannot become a project (domain.md 4.3)."""

    BURDEN = "burden", N_("增加群众或者企业负担")
    DEBT = "debt", N_("增加政府债务风险")
    STABILITY = "stability", N_("可能影响社会稳定")
    ROUTINE = "routine", N_("属于部门日常工作或者已有资金安排")
    SINGLE = "single", N_("只惠及个别人或者单个单位")
    INFEASIBLE = "infeasible", N_("当年无法完成")
    UNLAWFUL = "unlawful", N_("不符合法律法规或者政策")
    BEYOND = "beyond", N_("不属于本区事权")
    EMPTY = "empty", N_("没有实质内容")


class Outcome(Labelled):
    """What a proposer is told, once each."""

    MERGED = "merged", N_("已归并到项目")
    RESERVE = "reserve", N_("已列入储备库")
    ADOPTED = "adopted", N_("已采纳为项目")
    DECLINED = "declined", N_("没有采纳")
    CANDIDATE = "candidate", N_("成为候选项目")
    CHOSEN = "chosen", N_("由代表票决选中")
    NOT_CHOSEN = "not_chosen", N_("票决未选中，列入储备库")
    FINISHED = "finished", N_("已建成验收")
    TERMINATED = "terminated", N_("已终止实施")
    JUDGED = "judged", N_("已由代表测评")


class Fund(Labelled):
    """Where a project's money comes from."""

    DISTRICT = "district", N_("区级财政")
    HIGHER = "higher", N_("上级补助")
    SOCIAL = "social", N_("社会资本")
    MIXED = "mixed", N_("多渠道筹措")
    OTHER = "other", N_("其他")


class Criterion(Labelled):
    """The ten criteria of screening, each scored 0 to 10 (domain.md 4.3)."""

    BENEFIT = "benefit", N_("普惠性")
    BALANCE = "balance", N_("均衡性")
    PUBLIC_GOOD = "public_good", N_("公益性")
    LASTING = "lasting", N_("可持续性")
    NEED = "need", N_("必要性")
    FEASIBLE = "feasible", N_("可行性")
    MONEY = "money", N_("财力")
    ENVIRONMENT = "environment", N_("环境")
    LAND = "land", N_("用地")
    SAFETY = "safety", N_("公共安全")


class OpinionKind(Labelled):
    """The two opinions without which no project becomes a candidate."""

    LEGALITY = "legality", N_("合法性审查")
    FISCAL = "fiscal", N_("财政评估")


class Lamp(Labelled):
    """How a project runs against its plan (domain.md 4.6)."""

    GREEN = "green", N_("正常")
    YELLOW = "yellow", N_("滞后")
    RED = "red", N_("严重滞后")
    BLUE = "blue", N_("已完成验收")


class LampReason(Labelled):
    """Why a lamp is not green."""

    LAG = "lag", N_("实际进度落后于计划")
    MILESTONE = "milestone", N_("有节点逾期")
    FUNDS = "funds", N_("资金年中仍未到位")
    MISSING = "missing", N_("没有按时报送月报")


class AdjustmentKind(Labelled):
    """What is to change (domain.md 4.7)."""

    CONTENT = "content", N_("内容调整")
    TARGET = "target", N_("目标调减")
    EXTENSION = "extension", N_("延期")
    PLACE = "place", N_("地点变更")
    TERMINATION = "termination", N_("终止")
    REPLACEMENT = "replacement", N_("替换")


class AdjustmentState(Labelled):
    """The way of an adjustment: the chairpersons' meeting, then the standing committee."""

    REQUESTED = "requested", N_("待主任会议研究")
    ENDORSED = "endorsed", N_("主任会议同意提请审议")
    APPROVED = "approved", N_("常委会已批准")
    REJECTED = "rejected", N_("未获同意")
    FILED = "filed", N_("已备案")


class Grade(Labelled):
    """What the vote of satisfaction found (domain.md 4.8)."""

    GOOD = "good", N_("满意")
    FAIR = "fair", N_("基本满意")
    BAD = "bad", N_("不满意")


class OrderCause(Labelled):
    """Why a supervision order (督办单) was issued."""

    RED_TWICE = "red_twice", N_("连续两个月亮红灯")
    CHOSEN = "chosen", N_("常委会督办")


RUNNING = (ProjectState.PLAN_PUBLISHED, ProjectState.IMPLEMENTING, ProjectState.ADJUST_REQ)
"""States in which a monthly report is due."""

CHOSEN = (
    ProjectState.VOTED_IN,
    ProjectState.PLAN_PUBLISHED,
    ProjectState.IMPLEMENTING,
    ProjectState.ADJUST_REQ,
    ProjectState.TERMINATED,
    ProjectState.COMPLETED,
    ProjectState.ACCEPTED,
    ProjectState.EVALUATED,
    ProjectState.RECTIFYING,
    ProjectState.RE_EVALUATED,
    ProjectState.ARCHIVED,
    ProjectState.CARRIED_OVER,
)
"""States of projects that deputies chose."""

BEFORE_VOTE = (
    ProjectState.IDEA_POOL,
    ProjectState.PRELIM,
    ProjectState.PARTY_DISCUSSED,
    ProjectState.SC_DELIBERATED,
)
"""States in which a project is still being worked out; nothing of it is public."""
