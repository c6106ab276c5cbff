"""What must hold for a move, beside who takes it: guards that say what is missing."""

from typing import Any

from openrenda.kernel import clock, pii
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Rule, Verdict, deny
from openrenda.liaison.states import (
    NEVER_ACCEPTED,
    Attendance,
    ClockKind,
    OpinionState,
    Satisfaction,
    SensitiveFlag,
)
from openrenda.orgs.states import Role

_NOTHING_ASKED = deny(
    "liaison.nothing_asked", N_("没有等您审批的转办。"), N_("请等站长提出转办，或刷新页面看看是否已经办过。")
)
_ASKED_ALREADY = deny(
    "liaison.asked_already", N_("已有一项转办在等待审批。"), N_("请等审批结果；不批准时可以另选去向。")
)
_NO_DRAFT = deny("liaison.no_draft", N_("还没有办理结果草稿。"), N_("请承办人先填写办理结果。"))
_OWN_DRAFT = deny("liaison.own_draft", N_("起草的人不能审签自己的结果。"), N_("请由另一位负责人审签。"))
_NO_RESULT = deny("liaison.no_result", N_("还没有办理结果，不能反馈。"), N_("请等承办单位回复。"))
_NO_UNIT = deny(
    "liaison.no_unit",
    N_("这个结果不是承办单位回复的，不能退回重办。"),
    N_("请修改成群众看得懂的话再反馈，或与代表商量。"),
)
_NOT_CONVERTED = deny("liaison.not_converted", N_("这件意见没有转为代表建议。"), N_("请由承办单位填写办理结果。"))
_SIGN_OVER = deny("liaison.return_too_late", N_("退回期限已过，不能再退回。"), N_("请签收办理；确有困难可以申请延期。"))
_ASKING = deny("liaison.extension_asked", N_("已有一项延期申请在等待审批。"), N_("请等审批结果。"))
_NOT_ASKING = deny("liaison.no_extension", N_("没有等待审批的延期申请。"), N_("请刷新页面看看是否已经办过。"))
_REWORKED = deny("liaison.reworked", N_("已经重新办理过一次。"), N_("再次重办由站长决定；您的不满意会被如实记录。"))
_FIRST_ROUND = deny("liaison.first_round", N_("第一次不满意会自动重新办理。"), N_("请选择“不满意”。"))
_RATED = deny("liaison.rated", N_("这一次答复您已经评价过了。"), N_("如问题没有解决，请点“未解决”告诉我们。"))
_UNANSWERED = deny("liaison.unanswered", N_("还没有答复，暂时不能评价。"), N_("答复后我们会通知您。"))
_WINDOW_OPEN = deny("liaison.window_open", N_("评价期还没有过。"), N_("请等评价期届满。"))
_NO_DECISION = deny("liaison.nothing_to_decide", N_("没有等您决定的不满意评价。"), N_("请刷新页面看看是否已经办过。"))


def awaits(role: Role) -> Rule:
    """A referral waits for just this office."""

    def check(_: Actor, target: Any) -> Verdict:
        return ALLOWED if target.awaiting_role == role else _NOTHING_ASKED

    return check


def nothing_waits(_: Actor, target: Any) -> Verdict:
    return _ASKED_ALREADY if target.awaiting_role else ALLOWED


def has_draft(_: Actor, target: Any) -> Verdict:
    return ALLOWED if target.draft_text else _NO_DRAFT


def not_own_draft(actor: Actor, target: Any) -> Verdict:
    return _OWN_DRAFT if target.drafted_by == actor.urn else ALLOWED


def has_result(_: Actor, target: Any) -> Verdict:
    return ALLOWED if target.result_text else _NO_RESULT


def came_from_suggestion(_: Actor, target: Any) -> Verdict:
    """It became a deputy's suggestion."""
    return ALLOWED if target.converted_ref else _NOT_CONVERTED


def came_from_unit(_: Actor, target: Any) -> Verdict:
    return _NO_UNIT if target.handler_unit_id is None else ALLOWED


def within_sign_days(_: Actor, target: Any) -> Verdict:
    """While an opinion is REFERRED, `due_on` is the day to sign for it or send it back."""
    open_still = target.due_kind != ClockKind.SIGN or target.due_on is None or clock.today() <= target.due_on
    return ALLOWED if open_still else _SIGN_OVER


def no_extension_asked(_: Actor, target: Any) -> Verdict:
    return _ASKING if target.awaiting_extension else ALLOWED


def extension_asked(_: Actor, target: Any) -> Verdict:
    return ALLOWED if target.awaiting_extension else _NOT_ASKING


def in_first_round(_: Actor, target: Any) -> Verdict:
    return ALLOWED if target.round == 1 else _REWORKED


def in_later_round(_: Actor, target: Any) -> Verdict:
    return ALLOWED if target.round > 1 else _FIRST_ROUND


def not_rated(_: Actor, target: Any) -> Verdict:
    """One rating for each answer."""
    if target.answered_at is None:
        return _UNANSWERED
    return ALLOWED if target.rated_round < target.round else _RATED


def is_answered(_: Actor, target: Any) -> Verdict:
    return _UNANSWERED if target.answered_at is None else ALLOWED


def window_over(_: Actor, target: Any) -> Verdict:
    return ALLOWED if target.due_on is not None and clock.today() > target.due_on else _WINDOW_OPEN


def head_must_decide(_: Actor, target: Any) -> Verdict:
    late = target.awaiting_role == Role.STATION_HEAD and target.satisfaction == Satisfaction.DISSATISFIED
    return ALLOWED if late else _NO_DECISION


_JOINED = deny("liaison.was_joined", N_("这一件是群众自己加入的，撤销后回到待登记。"), N_("请用撤销加入。"))
_NOT_JOINED = deny("liaison.was_not_joined", N_("这一件登记过，撤销后回到已登记。"), N_("请用撤销并件。"))


def was_registered(_: Actor, target: Any) -> Verdict:
    """Merged by an office, after the station had registered it."""
    return _JOINED if target.registered_at is None else ALLOWED


def was_joined(_: Actor, target: Any) -> Verdict:
    """Joined by its writer: no station has registered it yet."""
    return ALLOWED if target.registered_at is None else _NOT_JOINED


# -- publication: the target is workflow.PublishedSide, whose `opinion` is the opinion ------------------------------

_NOT_ACCEPTED = deny("liaison.publish_not_accepted", N_("只有受理的意见才能公开。"), N_("请先登记受理。"))
_IS_MERGED = deny("liaison.publish_merged", N_("并件的意见随主件公开。"), N_("请到主件办理公开。"))
_NO_CONSENT = deny("liaison.publish_no_consent", N_("反映人没有同意公开。"), N_("不公开；或请联络站征得反映人同意。"))
_NO_SUMMARY = deny(
    "liaison.publish_no_summary", N_("还没有公开用的标题和摘要。"), N_("请先填写去掉个人信息的标题和摘要。")
)
_HAS_NUMBERS = deny(
    "liaison.publish_numbers", N_("标题或摘要里还有身份证号、手机号、车牌等个人信息。"), N_("请遮盖或删去后再审核。")
)
_SENSITIVE = deny(
    "liaison.publish_sensitive", N_("涉未成年人或疑涉密的意见不能公开。"), N_("请选择“不公开”并写明理由。")
)
_SAME_HAND = deny("liaison.publish_same_hand", N_("编写摘要的人不能审定公开。"), N_("请由另一位同志审定。"))
_FORBIDDEN_FLAGS = frozenset({SensitiveFlag.MINOR, SensitiveFlag.SECRET})


def is_publishable(_: Actor, target: Any) -> Verdict:
    """Accepted, consented, de-identified: looked at in the text, never trusted to a flag (domain.md 10.8)."""
    opinion = target.opinion
    checks = (
        (opinion.state in NEVER_ACCEPTED, _NOT_ACCEPTED),
        (opinion.state == OpinionState.MERGED, _IS_MERGED),
        (not opinion.may_publish, _NO_CONSENT),
        (bool(_FORBIDDEN_FLAGS & set(opinion.sensitive_flags)), _SENSITIVE),
        (not (opinion.public_title and opinion.public_summary), _NO_SUMMARY),
        (bool(pii.find(f"{opinion.public_title}\n{opinion.public_summary}")), _HAS_NUMBERS),
    )
    return next((verdict for fails, verdict in checks if fails), ALLOWED)


def not_own_summary(actor: Actor, target: Any) -> Verdict:
    return _SAME_HAND if target.opinion.summary_by == actor.urn else ALLOWED


def consents_to_publish(_: Actor, target: Any) -> Verdict:
    return ALLOWED if target.opinion.may_publish else _NO_CONSENT


# -- reception days --------------------------------------------------------------------------------------------------

_NO_DEPUTY = deny("liaison.reception_empty", N_("还没有安排接待代表。"), N_("请至少安排一位代表（建议两位）。"))
_NO_SUBSTITUTE = deny(
    "liaison.needs_substitute",
    N_("有代表临时请假，还没有人顶替，也没有通知预约群众。"),
    N_("请先安排替补代表，或通知预约群众。"),
)
_TOO_EARLY = deny("liaison.reception_too_early", N_("接待日还没有到。"), N_("请在接待当天开始。"))


def has_deputy(_: Actor, target: Any) -> Verdict:
    """A reception without a deputy is none."""
    gone = (Attendance.EXCUSED, Attendance.ABSENT)
    return ALLOWED if target.deputies.exclude(attendance__in=gone).exists() else _NO_DEPUTY


def nobody_missing(_: Actor, target: Any) -> Verdict:
    return _NO_SUBSTITUTE if target.needs_substitute else ALLOWED


def day_has_come(_: Actor, target: Any) -> Verdict:
    return ALLOWED if clock.today() >= clock.local(target.starts_at).date() else _TOO_EARLY
