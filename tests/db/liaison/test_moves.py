"""Each action, done rightly and refused, on one set-up."""

from collections.abc import Callable
from typing import Any

import pytest

from openrenda.kernel.errors import Blocked, Conflict, Invalid, NotAllowed, NotFound, WrongState
from openrenda.liaison import actions
from openrenda.liaison.errors import BadExtension, ExtensionUsed, WrongCategory, WrongDeputy, WrongUnit
from openrenda.liaison.models import Clock, Opinion, OpinionStep, Referral, SecrecyIncident
from openrenda.liaison.states import (
    ClockKind,
    ExtensionState,
    OpinionState,
    ReferralState,
    RefusalReason,
    RouteLevel,
    Satisfaction,
    SensitiveFlag,
    Solved,
)
from openrenda.orgs.models import Mandate
from openrenda.orgs.states import Role
from tests.makers.liaison import RESULT, Cast, a_category, again, an_opinion, refer_to, resident_of
from tests.makers.orgs import a_deputy, a_unit, deputy_actor

S = OpinionState


def me(opinion: Opinion) -> Any:
    return resident_of(opinion.pk, opinion.congress_id)


# -- intake ------------------------------------------------------------------------------------------------------------


def test_register(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast)
    with pytest.raises(NotAllowed):
        actions.register(opinion_id=opinion.pk, actor=cast.clerk)
    actions.register(opinion_id=opinion.pk, actor=cast.staff)
    opinion = again(opinion.pk)
    assert (opinion.state, opinion.due_kind, opinion.due_on.isoformat()) == (S.REGISTERED, "referral", "2025-03-17")
    assert opinion.registered_at == clock.now
    with pytest.raises(WrongState) as refused:
        actions.register(opinion_id=opinion.pk, actor=cast.staff)
    assert "已登记" in str(refused.value)


def test_not_accepted_always_names_a_way_on(cast: Cast) -> None:
    opinion = an_opinion(cast)
    with pytest.raises(NotAllowed):
        actions.not_accept(opinion_id=opinion.pk, reason=RefusalReason.CASE, actor=cast.staff)
    done = actions.not_accept(opinion_id=opinion.pk, reason=RefusalReason.CASE, actor=cast.head, note="案件在审")
    assert done.state == S.NOT_ACCEPTED
    assert done.due_on is None
    assert RefusalReason(done.refusal_reason).way_on.startswith("请向办案的法院")


def test_state_secrets_are_stopped_and_wiped(cast: Cast) -> None:
    opinion = an_opinion(cast)
    actions.not_accept(opinion_id=opinion.pk, reason=RefusalReason.SECRET, actor=cast.head, note="疑涉密，已电话联系")
    opinion = again(opinion.pk)
    columns = " ".join(str(getattr(opinion, f.attname)) for f in Opinion._meta.concrete_fields)
    assert "消火栓" not in columns
    assert opinion.sensitive_flags == [SensitiveFlag.SECRET]
    assert not OpinionStep.objects.filter(opinion=opinion, detail__contains="消火栓").exists()
    assert SecrecyIncident.objects.get(opinion=opinion).note == "疑涉密，已电话联系"


def test_withdraw_is_the_residents_and_only_before_registration(cast: Cast) -> None:
    opinion = an_opinion(cast)
    other = an_opinion(cast)
    for actor in (me(other), cast.head, cast.visitor):
        with pytest.raises(NotAllowed):
            actions.withdraw(opinion_id=opinion.pk, actor=actor)
    assert actions.withdraw(opinion_id=opinion.pk, actor=me(opinion)).state == S.WITHDRAWN
    registered = an_opinion(cast, S.REGISTERED)
    with pytest.raises(WrongState):
        actions.withdraw(opinion_id=registered.pk, actor=me(registered))


@pytest.mark.parametrize("who", ["staff", "head", "deputy"])
def test_answer_on_the_spot(cast: Cast, who: str) -> None:
    opinion = an_opinion(cast, S.REGISTERED)
    with pytest.raises(Invalid):
        actions.answer_on_the_spot(opinion_id=opinion.pk, text=" ", actor=getattr(cast, who))
    done = actions.answer_on_the_spot(opinion_id=opinion.pk, text="已答复。", actor=getattr(cast, who))
    assert (done.state, done.due_kind, done.due_on.isoformat()) == (S.ANSWERED, "rating", "2025-03-17")
    assert done.answered_on_spot
    assert done.answer_due.isoformat() == "2025-03-17"


def test_a_deputy_of_another_station_does_not_answer(cast: Cast) -> None:
    opinion = an_opinion(cast, S.REGISTERED)
    stranger = deputy_actor(a_deputy(station="S02"))
    with pytest.raises(NotAllowed):
        actions.answer_on_the_spot(opinion_id=opinion.pk, text="已答复。", actor=stranger)
    colleague = deputy_actor(a_deputy(station="S01"))
    assert actions.answer_on_the_spot(opinion_id=opinion.pk, text="已答复。", actor=colleague).state == S.ANSWERED


def test_classify(cast: Cast) -> None:
    opinion = an_opinion(cast, S.REGISTERED)
    with pytest.raises(WrongCategory):
        actions.classify(opinion_id=opinion.pk, category_id=0, actor=cast.head)
    parent = a_category("城建与住房")
    leaf = actions.add_category(code="X1", name="停车", parent_id=parent.pk, actor=cast.sc_rep)
    with pytest.raises(WrongCategory):
        actions.classify(opinion_id=opinion.pk, category_id=parent.pk, actor=cast.head)
    other = a_deputy(station="S02")
    done = actions.classify(
        opinion_id=opinion.pk, category_id=leaf.pk, actor=cast.head, is_urgent=True, deputy_id=other.pk,
        sensitive_flags=[SensitiveFlag.MINOR],
    )  # fmt: skip
    assert (done.state, done.is_urgent, done.deputy_id, done.sensitive_flags) == (
        S.CLASSIFIED,
        True,
        other.pk,
        ["minor"],
    )
    assert done.due_on.isoformat() == "2025-03-10"  # an urgent matter is handed on the same day


def test_only_deputies_in_office_take_responsibility(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.REGISTERED)
    gone = a_deputy()
    Mandate.objects.filter(pk=gone.pk).update(ends_on="2025-01-31")
    with pytest.raises(WrongDeputy):
        actions.assign_deputy(opinion_id=opinion.pk, mandate_id=gone.pk, actor=cast.head)
    assert actions.assign_deputy(opinion_id=opinion.pk, mandate_id=cast.mandate.pk, actor=cast.street).deputy_id


def test_pool_is_a_flag_beside_the_state(cast: Cast) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    done = actions.set_pooled(opinion_id=opinion.pk, is_pooled=True, actor=cast.head)
    assert done.is_pooled
    assert done.state == S.HANDLING
    assert not actions.set_pooled(opinion_id=opinion.pk, is_pooled=False, actor=cast.head).is_pooled


# -- handing on --------------------------------------------------------------------------------------------------------


def test_a_community_gets_it_at_once(cast: Cast) -> None:
    opinion = an_opinion(cast, S.CLASSIFIED)
    done = actions.refer(opinion_id=opinion.pk, level=RouteLevel.COMMUNITY, unit_id=a_unit("Q01").pk, actor=cast.head)
    assert (done.state, done.handler_unit_id) == (S.REFERRED, a_unit("Q01").pk)


def test_a_street_gets_it_when_its_npc_office_agrees(cast: Cast) -> None:
    opinion = an_opinion(cast, S.CLASSIFIED)
    actions.refer(opinion_id=opinion.pk, level=RouteLevel.STREET, unit_id=a_unit("J01").pk, actor=cast.head)
    assert (again(opinion.pk).state, again(opinion.pk).awaiting_role) == (S.CLASSIFIED, Role.STREET_NPC)
    for actor in (cast.head, cast.sc_rep, cast.hub):
        with pytest.raises((NotAllowed, Blocked)):
            actions.approve_referral(opinion_id=opinion.pk, actor=actor)
    assert actions.approve_referral(opinion_id=opinion.pk, actor=cast.street).state == S.REFERRED


def test_a_department_gets_it_through_the_committee_and_the_dispatch_office(cast: Cast) -> None:
    opinion = an_opinion(cast, S.CLASSIFIED)
    actions.refer(opinion_id=opinion.pk, level=RouteLevel.DEPARTMENT, unit_id=a_unit("B03").pk, actor=cast.head)
    with pytest.raises((NotAllowed, Blocked)):
        actions.approve_referral(opinion_id=opinion.pk, actor=cast.hub)
    assert actions.approve_referral(opinion_id=opinion.pk, actor=cast.sc_rep).awaiting_role == Role.GOV_HUB
    done = actions.approve_referral(opinion_id=opinion.pk, actor=cast.hub, unit_id=a_unit("B04").pk)
    assert (done.state, done.handler_unit_id, done.awaiting_role) == (S.REFERRED, a_unit("B04").pk, "")


def test_a_court_gets_it_from_the_committee(cast: Cast) -> None:
    opinion = an_opinion(cast, S.CLASSIFIED)
    refer_to(opinion.pk, cast, "F01", RouteLevel.ORGAN)
    assert again(opinion.pk).handler_unit_id == a_unit("F01").pk


def test_while_one_office_is_asked_nothing_else_is_tried(cast: Cast) -> None:
    opinion = an_opinion(cast, S.CLASSIFIED)
    actions.refer(opinion_id=opinion.pk, level=RouteLevel.STREET, unit_id=a_unit("J01").pk, actor=cast.head)
    attempts: list[Callable[[], object]] = [
        lambda: actions.refer(
            opinion_id=opinion.pk, level=RouteLevel.COMMUNITY, unit_id=a_unit("Q01").pk, actor=cast.head
        ),
        lambda: actions.convert(opinion_id=opinion.pk, actor=cast.deputy),
        lambda: actions.escalate(opinion_id=opinion.pk, to="市代表", actor=cast.head),
    ]
    for attempt in attempts:
        with pytest.raises(Blocked):
            attempt()
    actions.decline_referral(opinion_id=opinion.pk, reason="不属街道职责", actor=cast.street)
    assert again(opinion.pk).awaiting_role == ""
    assert actions.convert(opinion_id=opinion.pk, actor=cast.deputy).state == S.CONVERTED


def test_the_dispatch_office_sends_it_back_to_the_committee(cast: Cast) -> None:
    opinion = an_opinion(cast, S.CLASSIFIED)
    actions.refer(opinion_id=opinion.pk, level=RouteLevel.DEPARTMENT, unit_id=a_unit("B03").pk, actor=cast.head)
    actions.approve_referral(opinion_id=opinion.pk, actor=cast.sc_rep)
    assert (
        actions.decline_referral(opinion_id=opinion.pk, reason="应由城管", actor=cast.hub).awaiting_role == Role.SC_REP
    )
    assert actions.decline_referral(opinion_id=opinion.pk, reason="重选", actor=cast.sc_rep).awaiting_role == ""
    assert Referral.objects.get(opinion=opinion).state == ReferralState.DECLINED


@pytest.mark.parametrize(
    ("level", "unit"), [("community", "B03"), ("street", "Q01"), ("department", "F01"), ("organ", "J01")]
)
def test_level_and_unit_must_fit(cast: Cast, level: str, unit: str) -> None:
    opinion = an_opinion(cast, S.CLASSIFIED)
    with pytest.raises(WrongUnit):
        actions.refer(opinion_id=opinion.pk, level=RouteLevel(level), unit_id=a_unit(unit).pk, actor=cast.head)


def test_send_back_within_two_days_with_a_reason(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.REFERRED)
    with pytest.raises(Invalid):
        actions.send_back(opinion_id=opinion.pk, reason="", actor=cast.clerk)
    done = actions.send_back(
        opinion_id=opinion.pk, reason="应由城管", suggested_unit_id=a_unit("B04").pk, actor=cast.clerk
    )
    assert (done.state, done.handler_unit_id) == (S.CLASSIFIED, None)
    assert Referral.objects.get(opinion=opinion).suggested_unit_id == a_unit("B04").pk
    refer_to(opinion.pk, cast, "B03")
    clock.at(clock.now.replace(day=13))  # three working days later
    with pytest.raises(Blocked) as refused:
        actions.send_back(opinion_id=opinion.pk, reason="应由城管", actor=cast.clerk)
    assert refused.value.code == "liaison.return_too_late"
    assert actions.sign_for(opinion_id=opinion.pk, actor=cast.clerk).state == S.HANDLING


def test_another_unit_cannot_sign(cast: Cast) -> None:
    opinion = an_opinion(cast, S.REFERRED)
    with pytest.raises(NotAllowed):
        actions.sign_for(opinion_id=opinion.pk, actor=cast.unit_actor(Role.UNIT_CLERK, "B04"))


# -- the unit's result -------------------------------------------------------------------------------------------------


def test_nobody_approves_his_own_draft(cast: Cast) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    with pytest.raises(Blocked):
        actions.approve_result(opinion_id=opinion.pk, actor=cast.leader)
    actions.draft_result(opinion_id=opinion.pk, text=RESULT, actor=cast.leader)
    with pytest.raises(Blocked) as refused:
        actions.approve_result(opinion_id=opinion.pk, actor=cast.leader)
    assert refused.value.code == "liaison.own_draft"
    actions.draft_result(opinion_id=opinion.pk, text=RESULT, actor=cast.clerk)
    with pytest.raises(NotAllowed):
        actions.approve_result(opinion_id=opinion.pk, actor=cast.clerk)
    done = actions.approve_result(opinion_id=opinion.pk, actor=cast.leader)
    assert (done.state, done.result_text, done.due_kind) == (S.RESULT, RESULT, "feedback")


def test_return_draft(cast: Cast) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    actions.draft_result(opinion_id=opinion.pk, text=RESULT, actor=cast.clerk)
    assert actions.return_draft(opinion_id=opinion.pk, reason="写具体", actor=cast.leader).draft_text == ""
    with pytest.raises(Blocked):
        actions.return_draft(opinion_id=opinion.pk, reason="写具体", actor=cast.leader)


def test_reject_result_runs_the_old_clock_on(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    due = opinion.due_on
    clock.forward(days=2)
    actions.draft_result(opinion_id=opinion.pk, text=RESULT, actor=cast.clerk)
    actions.approve_result(opinion_id=opinion.pk, actor=cast.leader)
    done = actions.reject_result(opinion_id=opinion.pk, reason="没有写明何时修好", actor=cast.head)
    assert (done.state, done.due_on, done.due_kind, done.result_text) == (S.HANDLING, due, "handle", "")
    actions.draft_result(opinion_id=opinion.pk, text=RESULT, actor=cast.clerk)
    assert actions.approve_result(opinion_id=opinion.pk, actor=cast.leader).state == S.RESULT


def test_extension_once_before_the_day_and_both_days_move(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    unit_due, answer_due = opinion.due_on, opinion.answer_due
    for days in (0, 16):
        with pytest.raises(BadExtension):
            actions.request_extension(opinion_id=opinion.pk, workdays=days, reason="复杂", actor=cast.clerk)
    actions.request_extension(opinion_id=opinion.pk, workdays=10, reason="需要开挖", actor=cast.clerk)
    with pytest.raises(Blocked):
        actions.request_extension(opinion_id=opinion.pk, workdays=10, reason="需要开挖", actor=cast.clerk)
    with pytest.raises(NotAllowed):
        actions.decide_extension(opinion_id=opinion.pk, granted=True, actor=cast.street)
    done = actions.decide_extension(opinion_id=opinion.pk, granted=True, actor=cast.sc_rep)
    assert done.due_on > unit_due
    assert done.answer_due > answer_due
    old = set(Clock.objects.filter(opinion=opinion, is_superseded=True).values_list("due", flat=True))
    assert old == {unit_due, answer_due}
    with pytest.raises(ExtensionUsed):
        actions.request_extension(opinion_id=opinion.pk, workdays=1, reason="再延", actor=cast.clerk)


def test_a_denied_extension_changes_no_day(cast: Cast) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    actions.request_extension(opinion_id=opinion.pk, workdays=10, reason="需要开挖", actor=cast.clerk)
    done = actions.decide_extension(opinion_id=opinion.pk, granted=False, actor=cast.sc_rep)
    assert (done.due_on, done.answer_due) == (opinion.due_on, opinion.answer_due)
    assert Referral.objects.get(opinion=opinion).extension_state == ExtensionState.DENIED


def test_no_extension_after_the_day(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    clock.forward(days=60)
    with pytest.raises(ExtensionUsed):
        actions.request_extension(opinion_id=opinion.pk, workdays=5, reason="需要开挖", actor=cast.clerk)


# -- conversion and escalation -----------------------------------------------------------------------------------------


def test_convert_release_convert_again(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.CLASSIFIED)
    due = opinion.due_on
    done = actions.convert(opinion_id=opinion.pk, actor=cast.deputy, ref="suggestions.suggestion:12")
    assert (done.state, done.deputy_id, done.due_on) == (S.CONVERTED, cast.mandate.pk, None)
    clock.forward(days=30)
    done = actions.release(opinion_id=opinion.pk, reason="审查不予立案", actor=cast.clockwork)
    assert (done.state, done.due_on, done.converted_ref) == (S.CLASSIFIED, due, "")  # the station's day was not put off
    assert actions.convert(opinion_id=opinion.pk, actor=cast.deputy).state == S.CONVERTED


def test_an_answered_suggestion_answers_the_opinion(cast: Cast) -> None:
    opinion = an_opinion(cast, S.CONVERTED)
    with pytest.raises(NotAllowed):
        actions.take_answer(opinion_id=opinion.pk, text=RESULT, actor=cast.clerk)
    done = actions.take_answer(opinion_id=opinion.pk, text=RESULT, actor=cast.clockwork)
    assert (done.state, done.answer_due.isoformat()) == (S.RESULT, "2025-03-13")
    with pytest.raises(Blocked):
        actions.reject_result(opinion_id=opinion.pk, reason="不合格", actor=cast.head)
    actions.edit_plain_answer(opinion_id=opinion.pk, text="水来了，栓也换了。", actor=cast.deputy)
    assert actions.feed_back(opinion_id=opinion.pk, actor=cast.head).answer_text == "水来了，栓也换了。"


def test_a_deputy_of_another_street_converts_once_responsible(cast: Cast) -> None:
    opinion = an_opinion(cast, S.CLASSIFIED)
    far = a_deputy(station="S02")
    with pytest.raises(NotAllowed):
        actions.convert(opinion_id=opinion.pk, actor=deputy_actor(far))
    actions.assign_deputy(opinion_id=opinion.pk, mandate_id=far.pk, actor=cast.head)
    assert actions.convert(opinion_id=opinion.pk, actor=deputy_actor(far)).deputy_id == far.pk


def test_escalate_and_enter_the_result(cast: Cast) -> None:
    opinion = an_opinion(cast, S.ESCALATED)
    with pytest.raises(NotAllowed):
        actions.enter_result(opinion_id=opinion.pk, text=RESULT, actor=cast.head)
    assert actions.enter_result(opinion_id=opinion.pk, text=RESULT, actor=cast.sc_rep).state == S.RESULT


# -- everywhere --------------------------------------------------------------------------------------------------------


def test_another_congress_is_another_world(cast: Cast) -> None:
    opinion = an_opinion(cast)
    stranger = type(cast.staff)(urn="x", name="x", congress_id=cast.congress_id + 1, roles=cast.staff.roles)
    with pytest.raises(NotFound):
        actions.register(opinion_id=opinion.pk, actor=stranger)


def test_refused_moves_change_nothing(cast: Cast) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    before, steps = opinion.updated_at, OpinionStep.objects.count()
    for refused in (
        lambda: actions.rate(opinion_id=opinion.pk, satisfaction=Satisfaction.SATISFIED, actor=me(opinion)),
        lambda: actions.say_solved(opinion_id=opinion.pk, solved=Solved.NO, actor=me(opinion)),
        lambda: actions.feed_back(opinion_id=opinion.pk, actor=cast.head),
        lambda: actions.reopen(opinion_id=opinion.pk, reason="再办", actor=cast.head),
    ):
        with pytest.raises(Conflict):
            refused()
    assert again(opinion.pk).updated_at == before
    assert OpinionStep.objects.count() == steps
    assert Clock.objects.filter(opinion=opinion, kind=ClockKind.HANDLE, met_on=None).count() == 1
