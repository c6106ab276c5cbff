"""The tables of moves: opinions (domain.md 1.4), their publication (1.7.4), reception days (1.6)."""

import pgtrigger

from openrenda.kernel.text import N_
from openrenda.kernel.triggers import state_path_trigger
from openrenda.kernel.verdict import any_of
from openrenda.kernel.workflow import Move, Workflow
from openrenda.orgs.states import Role

from .models import Opinion, ReceptionEvent
from .rules import needs, who
from .states import OpinionState as S
from .states import PublishState as P
from .states import ReceptionState as R

OPINION: Workflow[S] = Workflow(
    "opinion",
    S,
    (S.SUBMITTED,),
    (
        # Intake
        Move(
            "register",
            N_("登记受理"),
            (S.SUBMITTED,),
            S.REGISTERED,
            who.is_station_staff,
            clock="opinion.register_workdays",
        ),
        Move(
            "not_accept",
            N_("不予受理"),
            (S.SUBMITTED,),
            S.NOT_ACCEPTED,
            who.is_station_head,
            clock="opinion.decision_workdays",
        ),
        Move("withdraw", N_("撤回"), (S.SUBMITTED,), S.WITHDRAWN, who.is_resident),
        Move(
            "answer_on_the_spot",
            N_("当场答复"),
            (S.REGISTERED,),
            S.ANSWERED,
            any_of(who.is_station_staff, who.is_station_deputy),
        ),
        Move(
            "classify",
            N_("分类"),
            (S.REGISTERED,),
            S.CLASSIFIED,
            who.is_station_head,
            clock="opinion.referral_workdays",
        ),
        Move(
            "merge",
            N_("并件"),
            (S.REGISTERED,),
            S.MERGED,
            any_of(who.is_station_head, who.is_street_npc, who.is_sc_rep),
        ),
        Move("join", N_("加入同一件事"), (S.SUBMITTED,), S.MERGED, who.is_resident),
        Move(
            "split",
            N_("撤销并件"),
            (S.MERGED,),
            S.REGISTERED,
            any_of(who.is_station_head, who.is_street_npc, who.is_sc_rep),
            (needs.was_registered,),
        ),
        Move(
            "split_joined",
            N_("撤销并件"),
            (S.MERGED,),
            S.SUBMITTED,
            any_of(who.is_station_head, who.is_street_npc, who.is_sc_rep),
            (needs.was_joined,),
        ),
        Move(
            "assign_deputy",
            N_("交代表负责"),
            (S.REGISTERED, S.CLASSIFIED, S.REFERRED, S.HANDLING, S.RESULT, S.REWORK),
            None,
            any_of(who.is_station_head, who.is_street_npc, who.is_sc_rep),
        ),
        Move(
            "pool",
            N_("入民生实事征集库"),
            (
                S.CLASSIFIED,
                S.REFERRED,
                S.HANDLING,
                S.RESULT,
                S.CONVERTED,
                S.ESCALATED,
                S.ANSWERED,
                S.FED_BACK,
                S.REWORK,
                S.CLOSED,
            ),
            None,
            any_of(who.is_station_head, who.is_street_npc, who.is_sc_rep),
        ),
        # Handing on
        Move(
            "refer_community",
            N_("交社区居委会"),
            (S.CLASSIFIED,),
            S.REFERRED,
            who.is_station_head,
            (needs.nothing_waits,),
        ),
        Move("propose_referral", N_("提请转办"), (S.CLASSIFIED,), None, who.is_station_head, (needs.nothing_waits,)),
        Move(
            "refer_street",
            N_("交街道办事处"),
            (S.CLASSIFIED,),
            S.REFERRED,
            who.is_street_npc,
            (needs.awaits(Role.STREET_NPC),),
        ),
        Move(
            "forward_referral",
            N_("送区政府督查室分办"),
            (S.CLASSIFIED,),
            None,
            who.is_sc_rep,
            (needs.awaits(Role.SC_REP),),
        ),
        Move(
            "refer_department",
            N_("转区直部门"),
            (S.CLASSIFIED,),
            S.REFERRED,
            who.is_gov_hub,
            (needs.awaits(Role.GOV_HUB),),
        ),
        Move(
            "refer_organ",
            N_("转法院、检察院、监委"),
            (S.CLASSIFIED,),
            S.REFERRED,
            who.is_sc_rep,
            (needs.awaits(Role.SC_REP),),
        ),
        Move(
            "decline_street",
            N_("不同意转街道"),
            (S.CLASSIFIED,),
            None,
            who.is_street_npc,
            (needs.awaits(Role.STREET_NPC),),
        ),
        Move("decline_sc_rep", N_("不同意转办"), (S.CLASSIFIED,), None, who.is_sc_rep, (needs.awaits(Role.SC_REP),)),
        Move(
            "decline_hub", N_("退回代表工委另定"), (S.CLASSIFIED,), None, who.is_gov_hub, (needs.awaits(Role.GOV_HUB),)
        ),
        Move(
            "convert", N_("转为代表建议"), (S.CLASSIFIED,), S.CONVERTED, who.is_station_deputy, (needs.nothing_waits,)
        ),
        Move(
            "release",
            N_("建议未成，退回分类"),
            (S.CONVERTED,),
            S.CLASSIFIED,
            any_of(who.is_clockwork, who.is_sc_rep, who.is_responsible_deputy),
        ),
        Move(
            "take_answer",
            N_("建议已答复"),
            (S.CONVERTED,),
            S.RESULT,
            any_of(who.is_clockwork, who.is_sc_rep, who.is_responsible_deputy),
        ),
        # The resident was dissatisfied with a suggestion's answer: the next one comes from the suggestion again.
        Move(
            "take_second_answer",
            N_("建议重新答复"),
            (S.REWORK,),
            S.RESULT,
            any_of(who.is_clockwork, who.is_sc_rep, who.is_responsible_deputy),
            needs=(needs.came_from_suggestion,),
        ),
        # The suggestion was answered anew after the resident had been told: she hears of it, the case stays as it is.
        Move(
            "hear_again",
            N_("建议再次答复"),
            (S.RESULT, S.FED_BACK, S.CLOSED),
            None,
            who.is_clockwork,
            needs=(needs.came_from_suggestion,),
        ),
        Move(
            "escalate",
            N_("交上级代表"),
            (S.CLASSIFIED,),
            S.ESCALATED,
            any_of(who.is_station_head, who.is_sc_rep),
            (needs.nothing_waits,),
        ),
        Move("enter_result", N_("录入上级办理结果"), (S.ESCALATED,), S.RESULT, who.is_sc_rep),
        # The unit
        Move("sign_for", N_("签收"), (S.REFERRED,), S.HANDLING, who.is_unit_member, clock="opinion.sign_workdays"),
        Move(
            "send_back",
            N_("退回"),
            (S.REFERRED,),
            S.CLASSIFIED,
            who.is_unit_member,
            (needs.within_sign_days,),
            clock="opinion.sign_workdays",
        ),
        Move("request_extension", N_("申请延期"), (S.HANDLING,), None, who.is_unit_member, (needs.no_extension_asked,)),
        Move(
            "decide_extension", N_("审批延期"), (S.HANDLING,), None, who.is_extension_approver, (needs.extension_asked,)
        ),
        Move("draft_result", N_("填写办理结果"), (S.HANDLING, S.REWORK), None, who.is_drafter),
        Move("return_draft", N_("退回修改"), (S.HANDLING, S.REWORK), None, who.is_approver, (needs.has_draft,)),
        Move(
            "approve_result",
            N_("审签办理结果"),
            (S.HANDLING, S.REWORK),
            S.RESULT,
            who.is_approver,
            (needs.has_draft, needs.not_own_draft),
            clock="opinion.handle_*",
        ),
        Move("reject_result", N_("不合格退回"), (S.RESULT,), S.HANDLING, who.is_station_head, (needs.came_from_unit,)),
        Move(
            "edit_plain_answer",
            N_("改成通俗的话"),
            (S.RESULT,),
            None,
            any_of(who.is_responsible_deputy, who.is_station_head),
            (needs.has_result,),
        ),
        Move(
            "feed_back",
            N_("审核并反馈群众"),
            (S.RESULT,),
            S.FED_BACK,
            who.is_station_head,
            (needs.has_result,),
            clock="opinion.feedback_workdays",
        ),
        # The resident's verdict
        Move(
            "rate",
            N_("满意、基本满意"),
            (S.ANSWERED, S.FED_BACK),
            S.CLOSED,
            who.is_resident,
            (needs.not_rated,),
            clock="opinion.rating_days",
        ),
        Move(
            "rate_dissatisfied",
            N_("不满意，重新办理"),
            (S.ANSWERED, S.FED_BACK),
            S.REWORK,
            who.is_resident,
            (needs.not_rated, needs.in_first_round),
        ),
        Move(
            "rate_dissatisfied_again",
            N_("仍不满意"),
            (S.FED_BACK,),
            S.CLOSED,
            who.is_resident,
            (needs.not_rated, needs.in_later_round),
        ),
        Move("rate_late", N_("补充评价"), (S.CLOSED, S.MERGED), None, who.is_resident, (needs.not_rated,)),
        Move(
            "say_solved",
            N_("说说是否解决"),
            (S.ANSWERED, S.FED_BACK, S.REWORK, S.CLOSED, S.MERGED),
            None,
            who.is_resident,
            (needs.is_answered,),
        ),
        Move(
            "close_silent",
            N_("期满未评价，办结"),
            (S.ANSWERED, S.FED_BACK),
            S.CLOSED,
            who.is_clockwork,
            (needs.window_over,),
            clock="opinion.rating_days",
        ),
        Move("reopen", N_("站长决定重新办理"), (S.CLOSED,), S.REWORK, who.is_station_head),
        Move(
            "keep_closed",
            N_("站长决定不再重办"),
            (S.CLOSED, S.MERGED),
            None,
            who.is_station_head,
            (needs.head_must_decide,),
        ),
        Move("revisit", N_("回访"), (S.CLOSED,), None, who.is_station_staff, clock="opinion.revisit_workdays"),
        Move(
            "archive",
            N_("归档"),
            (S.CLOSED, S.NOT_ACCEPTED, S.WITHDRAWN, S.MERGED),
            None,
            any_of(who.is_station_head, who.is_clockwork),
        ),
    ),
)


class PublishedSide:
    """An opinion seen from its publication: the workflow reads `state`, the rules the opinion's columns."""

    def __init__(self, opinion: Opinion) -> None:
        self.opinion = opinion
        self.state = opinion.publish_state
        self.pk, self.congress_id = opinion.pk, opinion.congress_id
        self.station_id, self.street_id = opinion.station_id, opinion.street_id


PUBLICATION: Workflow[P] = Workflow(
    "publication",
    P,
    (P.WAITING, P.KEPT),
    (
        Move("edit_summary", N_("编写公开摘要"), (P.WAITING, P.AT_STREET), P.WAITING, who.is_station_staff),
        Move(
            "head_approve", N_("站长审核通过"), (P.WAITING,), P.AT_STREET, who.is_station_head, (needs.is_publishable,)
        ),
        Move(
            "street_approve",
            N_("审定公开"),
            (P.AT_STREET,),
            P.PUBLIC,
            who.is_street_npc,
            (needs.is_publishable, needs.not_own_summary),
        ),
        Move("head_refuse", N_("不公开"), (P.WAITING,), P.KEPT, who.is_station_head),
        Move("street_refuse", N_("不公开"), (P.AT_STREET, P.PUBLIC), P.KEPT, who.is_street_npc),
        Move("object", N_("反对公开"), (P.WAITING, P.AT_STREET, P.PUBLIC), P.KEPT, who.is_resident),
        Move("allow", N_("同意公开"), (P.KEPT,), P.WAITING, who.is_resident),
        Move("reconsider", N_("重新考虑公开"), (P.KEPT,), P.WAITING, who.is_station_head, (needs.consents_to_publish,)),
    ),
)

RECEPTION: Workflow[R] = Workflow(
    "reception",
    R,
    (R.PLANNED,),
    (
        Move("edit", N_("调整安排"), (R.PLANNED, R.ANNOUNCED), None, who.is_station_staff),
        Move(
            "announce",
            N_("发布公告"),
            (R.PLANNED,),
            R.ANNOUNCED,
            who.is_station_staff,
            (needs.has_deputy,),
            clock="reception.notice_days",
        ),
        Move(
            "start",
            N_("开始接待"),
            (R.ANNOUNCED,),
            R.RUNNING,
            who.is_station_staff,
            (needs.has_deputy, needs.nobody_missing, needs.day_has_come),
        ),
        Move("finish", N_("结束并登记到场"), (R.RUNNING,), R.FINISHED, who.is_station_staff),
        Move("postpone", N_("顺延"), (R.PLANNED, R.ANNOUNCED), R.POSTPONED, who.is_station_head),
        Move("cancel", N_("取消"), (R.PLANNED, R.ANNOUNCED), R.CANCELLED, who.is_station_head),
        Move(
            "excuse",
            N_("代表请假"),
            (R.PLANNED, R.ANNOUNCED),
            None,
            any_of(who.is_station_staff, who.is_deputy_of_reception),
        ),
        Move("substitute", N_("安排替补"), (R.PLANNED, R.ANNOUNCED), None, who.is_station_head),
        Move("notify_bookers", N_("通知预约群众"), (R.ANNOUNCED,), None, who.is_station_head),
    ),
)

# The compiled tables go onto the models here, since a model may not import the rules that stand above it.
pgtrigger.register(state_path_trigger(OPINION), state_path_trigger(PUBLICATION, column="publish_state"))(Opinion)
pgtrigger.register(state_path_trigger(RECEPTION))(ReceptionEvent)
