"""What a meeting and its parts can be (domain.md 5.1)."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class MeetingKind(Labelled):
    """Which body meets."""

    CONGRESS = "congress", N_("人民代表大会会议")
    STANDING_COMMITTEE = "standing_committee", N_("常委会会议")
    CHAIRPERSONS = "chairpersons", N_("主任会议")
    PRESIDIUM = "presidium", N_("主席团会议")


class MeetingState(Labelled):
    """Where a meeting stands."""

    PREPARING = "preparing", N_("筹备")
    NOTICED = "noticed", N_("已通知")
    SITTING = "sitting", N_("正在开会")
    CLOSED = "closed", N_("闭会")
    ARCHIVED = "archived", N_("归档")


class Presence(Labelled):
    """Whether a member is there."""

    SIGNED_IN = "signed_in", N_("已签到")
    ON_LEAVE = "on_leave", N_("请假")
    LEFT = "left", N_("已离会")


class ItemKind(Labelled):
    """What is done with an item."""

    REPORT = "report", N_("听取和审议报告")
    MOTION = "motion", N_("审议议案")
    DECISION = "decision", N_("决议决定")
    PROJECT_VOTE = "project_vote", N_("民生实事项目票决")
    APPOINTMENT = "appointment", N_("人事任免")
    EVALUATION = "evaluation", N_("满意度测评")
    INQUIRY = "inquiry", N_("专题询问")
    PAPER = "paper", N_("书面印发")
    OTHER = "other", N_("其他")


class ItemState(Labelled):
    """Where an item stands."""

    PLANNED = "planned", N_("已列入议程")
    BEFORE_VOTE = "before_vote", N_("交付表决")
    PASSED = "passed", N_("通过")
    NOT_PASSED = "not_passed", N_("未通过")
    HEARD = "heard", N_("已听取")
    WITHDRAWN = "withdrawn", N_("不再审议")


VOTING_KINDS = (MeetingKind.CONGRESS, MeetingKind.STANDING_COMMITTEE)
"""Bodies that decide by votes of all their members."""
