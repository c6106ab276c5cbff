"""Who may, and what must be there: predicates that answer with a reason."""

from collections.abc import Collection
from typing import cast

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Rule, Verdict, deny
from openrenda.orgs.states import Role
from openrenda.suggestions.models import Assignment, Commitment, Suggestion
from openrenda.suggestions.states import (
    IN_PERSON,
    AssignmentState,
    ContactState,
    CosignState,
    Level,
    Part,
    Rating,
    ReplyState,
)

from . import clocks

FOLLOWER = "system:suggestions.follow"
"""Takes the moves that follow from units' work, ratings and dates in the same transaction; nobody signs in as it."""

UNIT_ROLES = (Role.UNIT_ADMIN, Role.UNIT_CLERK, Role.UNIT_LEADER)
_SWITCH = N_("如您有其他职务，请先切换身份。")


def _when(condition: object, otherwise: Verdict) -> Verdict:
    return ALLOWED if condition else otherwise


def _in_role(role: Role, code: str, message: str) -> Rule:
    no = deny(code, message, _SWITCH)

    def check(actor: Actor, obj: Suggestion | Assignment | Commitment) -> Verdict:
        return _when(actor.has(role) and actor.congress_id == _congress(obj), no)

    return check


def _of(obj: Suggestion | Assignment | Commitment) -> Suggestion:
    """The suggestion that something belongs to, or is."""
    return cast("Suggestion", getattr(obj, "suggestion", obj))


def _congress(obj: Suggestion | Assignment | Commitment) -> int:
    return _of(obj).congress_id


is_sc_rep = _in_role(Role.SC_REP, "suggestions.not_sc_rep", N_("这一步由代表工委办理。"))
is_gov_hub = _in_role(Role.GOV_HUB, "suggestions.not_gov_hub", N_("这一步由政府督查室办理。"))


def is_lead(actor: Actor, obj: Suggestion | Commitment) -> Verdict:
    """The lead deputy, in the mandate under which he leads."""
    suggestion = _of(obj)
    return _when(
        actor.holds(Role.DEPUTY, suggestion.lead_id) and actor.congress_id == suggestion.congress_id,
        deny("suggestions.not_lead", N_("这一步由领衔代表本人办理。"), _SWITCH),
    )


def _is_cosigner(actor: Actor, suggestion: Suggestion, states: Collection[str]) -> bool:
    mandates = actor.scopes(Role.DEPUTY)
    return (
        bool(mandates)
        and actor.congress_id == suggestion.congress_id
        and any(c.mandate_id in mandates and c.state in states for c in suggestion.cosigners.all())
    )


def is_invited(actor: Actor, suggestion: Suggestion) -> Verdict:
    """A deputy who was asked to co-sign."""
    return _when(
        _is_cosigner(actor, suggestion, (CosignState.INVITED, CosignState.CONFIRMED, CosignState.DECLINED)),
        deny("suggestions.not_invited", N_("您没有被邀请联名。"), N_("请联系领衔代表。")),
    )


def is_cosigner(actor: Actor, suggestion: Suggestion) -> Verdict:
    """A deputy who has co-signed."""
    return _when(
        _is_cosigner(actor, suggestion, (CosignState.CONFIRMED,)),
        deny("suggestions.not_cosigner", N_("这一步由联名代表办理。"), _SWITCH),
    )


def is_signatory(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Lead or co-signer."""
    return is_lead(actor, suggestion) or is_cosigner(actor, suggestion)


def is_clockwork(actor: Actor, obj: Suggestion | Commitment) -> Verdict:
    """A nightly sweep; no person."""
    return _when(
        actor.is_system and actor.urn != FOLLOWER and actor.congress_id == _congress(obj),
        deny("suggestions.only_clockwork", N_("这一步由系统按期限自动办理。")),
    )


def is_follower(actor: Actor, _obj: object) -> Verdict:
    """The derived move itself; no person and no sweep."""
    return _when(
        actor.urn == FOLLOWER, deny("suggestions.derived", N_("这个状态随承办单位的办理情况自动变化，不能直接修改。"))
    )


# ---- units ---------------------------------------------------------------------------------------------------------


def _at_unit(actor: Actor, obj: Assignment | Commitment, roles: tuple[Role, ...]) -> bool:
    return actor.congress_id == _congress(obj) and any(actor.holds(role, obj.unit_id) for role in roles)


def works_at_unit(actor: Actor, obj: Assignment | Commitment) -> Verdict:
    """Anybody of the unit whose turn it is."""
    return _when(
        _at_unit(actor, obj, UNIT_ROLES),
        deny("suggestions.not_unit", N_("这一步由承办单位办理。"), _SWITCH),
    )


def is_unit_clerk(actor: Actor, obj: Assignment | Commitment) -> Verdict:
    """The unit's clerk or contact, who drafts."""
    return _when(
        _at_unit(actor, obj, (Role.UNIT_ADMIN, Role.UNIT_CLERK)),
        deny("suggestions.not_clerk", N_("复文由承办单位的承办人拟写。"), _SWITCH),
    )


def is_unit_leader(actor: Actor, obj: Assignment | Commitment) -> Verdict:
    """The unit's leader, who signs."""
    return _when(
        _at_unit(actor, obj, (Role.UNIT_LEADER,)),
        deny("suggestions.not_leader", N_("这一步由承办单位负责人办理。"), _SWITCH),
    )


def decides_for_unit(actor: Actor, assignment: Assignment) -> Verdict:
    """Who assigned it decides: the government's office on its units, the deputies' office on all others."""
    if assignment.is_direct or assignment.is_hub or assignment.level == Level.FIRST:
        return is_sc_rep(actor, assignment)
    return is_gov_hub(actor, assignment)


def decides_extension(actor: Actor, assignment: Assignment) -> Verdict:
    """Either office may refuse an extension of a government unit; the deputies' office alone that of others."""
    return is_sc_rep(actor, assignment) or decides_for_unit(actor, assignment)


def endorses_extension(actor: Actor, assignment: Assignment) -> Verdict:
    """The government's office speaks for its own units only."""
    if assignment.is_direct:
        return deny("suggestions.only_sc_rep", N_("这个机关的延期由代表工委决定。"))
    return is_gov_hub(actor, assignment)


def is_either_office(actor: Actor, obj: Assignment | Suggestion) -> Verdict:
    """Deputies' office or government's office."""
    return is_sc_rep(actor, obj) or is_gov_hub(actor, obj)


def returns_reply(actor: Actor, assignment: Assignment) -> Verdict:
    """Who signs or checks a reply may send it back."""
    return is_unit_leader(actor, assignment) or decides_for_unit(actor, assignment)


def marks_opinion_overdue(actor: Actor, assignment: Assignment) -> Verdict:
    """The lead unit, or an office."""
    lead = assignment.suggestion.main_unit_id
    if any(actor.holds(role, lead) for role in UNIT_ROLES):
        return ALLOWED
    return is_either_office(actor, assignment)


def supervises(actor: Actor, obj: Suggestion | Commitment) -> Verdict:
    """The deputies' office, or the committee charged with this suggestion (对口工委)."""
    suggestion = _of(obj)
    if actor.holds(Role.SC_COMMITTEE, suggestion.oversight_unit_id) and actor.congress_id == suggestion.congress_id:
        return ALLOWED
    return is_sc_rep(actor, obj)


def confirms_promise(actor: Actor, commitment: Commitment) -> Verdict:
    """The lead deputy or a committee says whether a promise was kept."""
    return is_lead(actor, commitment) or supervises(actor, commitment)


# ---- what must be there --------------------------------------------------------------------------------------------


def is_not_hub(_actor: Actor, assignment: Assignment) -> Verdict:
    """The government's own level-one turn is distributed, not signed for."""
    return _when(
        not assignment.is_hub,
        deny("suggestions.distribute_first", N_("交政府办理的建议要先分办到承办单位。"), N_("请由政府督查室分办。")),
    )


def is_hub_turn(_actor: Actor, assignment: Assignment) -> Verdict:
    return _when(assignment.is_hub, deny("suggestions.not_level_one", N_("只有交给政府的建议才需要分办。")))


def within_return_days(_actor: Actor, assignment: Assignment) -> Verdict:
    """Within the unit's return days, in the first round, and not after the unit was fixed (R4)."""
    if assignment.is_final:
        return deny("suggestions.unit_is_fixed", N_("承办单位已由代表工委和政府督查室会商确定，不能再退办。"))
    if assignment.suggestion.round > 1:
        return deny("suggestions.return_first_round", N_("重新办理时不能退办。"))
    return _when(
        assignment.return_by is not None and clock.today() <= assignment.return_by,
        deny(
            "suggestions.return_too_late",
            N_("已超过退办期限。"),
            N_("请继续办理；确有困难的，与政府督查室或者代表工委协商。"),
        ),
    )


def few_returns(_actor: Actor, assignment: Assignment) -> Verdict:
    return _when(
        assignment.suggestion.return_count < clocks.MAX_RETURNS,
        deny(
            "suggestions.joint_decision",
            N_("这件建议已经退办两次，要由代表工委和政府督查室共同确定承办单位。"),
            N_("请双方会商，分别确认同一个承办单位。"),
        ),
    )


def before_first_deadline(_actor: Actor, assignment: Assignment) -> Verdict:
    """An extension is asked for once, before the three months are over (代表法 §51)."""
    suggestion = assignment.suggestion
    if suggestion.round > 1:
        return deny("suggestions.no_extension_in_rehandling", N_("重新办理不能延期。"))
    if suggestion.is_extended:
        return deny("suggestions.extended_once", N_("已经延期一次，不能再延。"))
    return _when(
        suggestion.legal_due is not None and clock.today() <= suggestion.legal_due,
        deny(
            "suggestions.extension_too_late", N_("三个月期限已过，不能再申请延期。"), N_("请尽快答复代表，并说明情况。")
        ),
    )


def extension_is_endorsed(_actor: Actor, assignment: Assignment) -> Verdict:
    """The government's office agrees first, where the place says so; direct organs need only the deputies' office."""
    if assignment.is_direct or not clocks.hub_must_endorse(assignment.suggestion.congress_id):
        return ALLOWED
    endorsed = assignment.extension_requests.filter(decision="open", endorsed_on__isnull=False).exists()
    return _when(
        endorsed, deny("suggestions.hub_first", N_("要先由政府督查室同意延期。"), N_("请等待政府督查室的意见。"))
    )


def contact_is_documented(_actor: Actor, assignment: Assignment) -> Verdict:
    """The unit has spoken with the deputy in this round, from the second on in person (R3), or tried twice."""
    round_ = assignment.suggestion.round
    contacts = assignment.contacts.filter(round=round_).exclude(state=ContactState.DENIED)
    attempts = {c.on for c in contacts if c.state == ContactState.ATTEMPT}
    real = [c for c in contacts if c.state != ContactState.ATTEMPT]
    if round_ > 1:
        in_person = any(c.way in IN_PERSON for c in real)
        return _when(
            in_person or len(attempts) > 1,
            deny(
                "suggestions.meet_in_person",
                N_("重新办理要当面听取代表意见。"),
                N_("请先登记面商，或者登记至少两次未能见面的联系记录。"),
            ),
        )
    return _when(
        bool(real) or len(attempts) > 1,
        deny(
            "suggestions.contact_first",
            N_("答复前要与代表联系沟通。"),
            N_("请先登记面商或联系记录；代表不便见面的，登记至少两次联系的日期。"),
        ),
    )


def opinions_are_in(_actor: Actor, assignment: Assignment) -> Verdict:
    """Every co-handler has given its opinion or is marked as late (R6)."""
    if assignment.part != Part.LEAD:
        return ALLOWED
    missing = assignment.suggestion.assignments.filter(state=AssignmentState.CO_OPEN, overdue_marked_on=None).exists()
    return _when(
        not missing,
        deny(
            "suggestions.opinions_missing", N_("还有会办单位没有提出意见。"), N_("请等待会办意见；逾期的，先标记逾期。")
        ),
    )


def opinion_is_late(_actor: Actor, assignment: Assignment) -> Verdict:
    return _when(
        assignment.due is not None and clock.today() > assignment.due,
        deny("suggestions.opinion_not_late", N_("会办意见还没有到期。"), N_("请先催办。")),
    )


def did_not_draft(actor: Actor, assignment: Assignment) -> Verdict:
    """Nobody approves his own draft (domain.md A.2)."""
    own = (
        assignment.replies.filter(drafted_by=actor.urn)
        .exclude(state=ReplyState.SENT_BACK)
        .filter(round=assignment.suggestion.round)
        .exists()
    )
    return _when(
        not own, deny("suggestions.own_draft", N_("拟稿人不能签发或者审核自己的复文。"), N_("请由另一位负责人办理。"))
    )


def did_not_sign(actor: Actor, assignment: Assignment) -> Verdict:
    """Who signed does not check."""
    own = assignment.replies.filter(
        round=assignment.suggestion.round, state=ReplyState.SIGNED, signed_by=actor.urn
    ).exists()
    return _when(
        not own, deny("suggestions.own_signature", N_("签发人不能审核自己签发的复文。"), N_("请由另一位同志审核。"))
    )


def reply_is_signed(_actor: Actor, assignment: Assignment) -> Verdict:
    signed = assignment.replies.filter(round=assignment.suggestion.round, state=ReplyState.SIGNED).exists()
    return _when(signed, deny("suggestions.sign_first", N_("复文还没有由承办单位负责人签发。"), N_("请等待签发。")))


def cosigners_agree(_actor: Actor, suggestion: Suggestion) -> Verdict:
    """Every co-signer has agreed to the withdrawal in writing (R17)."""
    waiting = any(
        c.state == CosignState.CONFIRMED and c.agreed_withdrawal_at is None for c in suggestion.cosigners.all()
    )
    return _when(
        not waiting,
        deny(
            "suggestions.cosigners_must_agree",
            N_("联名提出的建议，要全体联名代表同意才能撤回。"),
            N_("请先征得联名代表同意。"),
        ),
    )


def was_not_replied(_actor: Actor, suggestion: Suggestion) -> Verdict:
    return _when(
        suggestion.first_replied_on is None,
        deny("suggestions.already_replied", N_("已经答复过的建议不能撤回。"), N_("请在反馈中写明您的意见。")),
    )


def is_planned(_actor: Actor, suggestion: Suggestion) -> Verdict:
    return _when(bool(suggestion.mode), deny("suggestions.plan_first", N_("还没有拟定承办单位。"), N_("请先拟办。")))


def only_attitude_was_bad(_actor: Actor, suggestion: Suggestion) -> Verdict:
    """Nobody whose verdict counts is dissatisfied with the result (domain.md 2.9)."""
    bad = suggestion.feedbacks.filter(round=suggestion.round, result=Rating.BAD)
    if not clocks.worst_counts(suggestion.congress_id):
        bad = bad.filter(is_lead=True)
    return _when(
        not bad.exists(),
        deny(
            "suggestions.result_is_bad",
            N_("代表对办理结果不满意，仅致歉不能办结。"),
            N_("请决定重新办理，或者说明不再办理的理由。"),
        ),
    )


def lead_is_gone(_actor: Actor, suggestion: Suggestion) -> Verdict:
    ended = suggestion.lead.ends_on is not None and suggestion.lead.ends_on < clock.today()
    return _when(
        ended, deny("suggestions.lead_in_office", N_("领衔代表仍在任，应由代表本人评价。"), N_("请提醒代表反馈。"))
    )


def promise_may_change(_actor: Actor, commitment: Commitment) -> Verdict:
    return _when(
        commitment.change_count < clocks.MAX_PROMISE_CHANGES,
        deny(
            "suggestions.promise_changed_twice",
            N_("承诺期限已经调整两次，不能再调。"),
            N_("请按期落实，或者书面说明无法落实的原因。"),
        ),
    )


def promise_is_open_day(_actor: Actor, commitment: Commitment) -> Verdict:
    return _when(clock.today() <= commitment.deadline, deny("suggestions.promise_day_passed", N_("承诺期限已过。")))


def promise_day_passed(_actor: Actor, commitment: Commitment) -> Verdict:
    return _when(clock.today() > commitment.deadline, deny("suggestions.promise_not_due", N_("承诺期限还没有到。")))
