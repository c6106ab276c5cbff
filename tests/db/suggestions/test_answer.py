"""Contact, reply, feedback, rounds, promises, look-back (R3, R7 to R11; domain.md 2.4 to 2.6)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from openrenda.kernel import clock
from openrenda.kernel.errors import Blocked, Conflict, Invalid, NotAllowed, WrongState
from openrenda.kernel.parameters import set_value
from openrenda.orgs.states import Role
from openrenda.suggestions import actions, selectors
from openrenda.suggestions.actions.values import Given
from openrenda.suggestions.errors import AlreadyRated, ChiefMustSign, NothingToDo, WindowOpen
from openrenda.suggestions.models import Commitment, LookBack
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.states import (
    BackReason,
    CommitmentState,
    ContactWay,
    LookBackCause,
    LookBackVerdict,
    Outcome,
    Rating,
    ReplyClass,
    ReplyState,
    State,
)
from openrenda.suggestions.tasks import sweep, sweep_feedback, sweep_promises
from tests.makers.orgs import a_deputy, actor_of, deputy_actor
from tests.makers.suggestions import (
    Walk,
    a_closed,
    a_drafted_reply,
    a_handled,
    a_rehandled,
    a_replied,
    an_answer,
    an_unsatisfied,
    clerk,
    clockwork,
    hub,
    leader,
    meet,
    pass_reply,
    rate,
    sc_rep,
)


def draft(walk: Walk, reply_class: ReplyClass = ReplyClass.A) -> None:
    actions.draft_reply(assignment_id=walk.turn().pk, answer=an_answer(reply_class), actor=clerk())


def attempt(walk: Walk, day: date) -> None:
    actions.record_attempt(
        assignment_id=walk.turn().pk, way=ContactWay.PHONE, on=day, notes="未接", actor=clerk()
    )  # fmt: skip


# ---- contact ---------------------------------------------------------------------------------------------------------


def test_no_reply_without_contact_and_a_denied_one_does_not_count() -> None:
    walk = a_handled()
    with pytest.raises(Blocked, match="contact_first"):
        draft(walk)
    meet(walk, confirmed=False)
    contact = walk.now.contacts.get()
    with pytest.raises(NotAllowed):
        actions.confirm_contact(contact_id=contact.pk, actor=deputy_actor(a_deputy()))
    actions.deny_contact(contact_id=contact.pk, reason="没有见过", actor=walk.deputy)
    with pytest.raises(Blocked, match="contact_first"):
        draft(walk)
    with pytest.raises(Conflict):
        actions.confirm_contact(contact_id=contact.pk, actor=walk.deputy)


def test_two_dated_attempts_let_the_unit_reply() -> None:
    walk = a_handled()
    today = clock.today()
    attempt(walk, today)
    attempt(walk, today)
    with pytest.raises(Blocked, match="contact_first"):
        draft(walk)
    with clock.at(today + timedelta(days=1)):
        attempt(walk, today + timedelta(days=1))
        draft(walk)
    assert walk.now.state == State.REPLY_REVIEW


@pytest.mark.parametrize("days", [-30, 1])
def test_a_contact_lies_between_assignment_and_today(days: int) -> None:
    walk = a_handled()
    with pytest.raises(Invalid):
        attempt(walk, clock.today() + timedelta(days=days))


def test_a_new_round_is_met_in_person_and_signed_by_the_chief() -> None:
    walk = a_rehandled()
    meet(walk, way=ContactWay.PHONE)
    with pytest.raises(Blocked, match="meet_in_person"):
        draft(walk)
    meet(walk, way=ContactWay.ON_SITE)
    draft(walk)
    sign = {"reply_id": walk.reply().pk, "signer": "孙副局长", "signer_title": "副局长", "actor": leader()}
    with pytest.raises(ChiefMustSign):
        actions.sign_reply(is_chief=False, **sign)  # type: ignore[arg-type]
    actions.sign_reply(is_chief=True, **sign)  # type: ignore[arg-type]


# ---- reply -----------------------------------------------------------------------------------------------------------


def test_nobody_approves_his_own_draft() -> None:
    walk = a_handled()
    meet(walk)
    both = replace(clerk(), roles=clerk().roles | leader().roles | hub().roles)
    actions.draft_reply(assignment_id=walk.turn().pk, answer=an_answer(), actor=both)
    with pytest.raises(Blocked, match="own_draft"):
        actions.sign_reply(reply_id=walk.reply().pk, signer="钱", signer_title="科长", is_chief=True, actor=both)
    with pytest.raises(Blocked, match="sign_first"):
        actions.pass_reply(reply_id=walk.reply().pk, actor=hub())
    actions.sign_reply(reply_id=walk.reply().pk, signer="赵", signer_title="局长", is_chief=True, actor=leader())
    with pytest.raises(Blocked, match="own_draft"):
        actions.pass_reply(reply_id=walk.reply().pk, actor=both)


def test_a_poor_reply_goes_back_with_a_reason() -> None:
    walk = a_drafted_reply()
    with pytest.raises(Invalid):
        actions.send_back_reply(reply_id=walk.reply().pk, reason=BackReason.OTHER, note="", actor=hub())
    with pytest.raises(NotAllowed):
        actions.send_back_reply(reply_id=walk.reply().pk, reason=BackReason.BESIDE, note="", actor=clerk())
    actions.send_back_reply(reply_id=walk.reply().pk, reason=BackReason.BESIDE, note="", actor=hub())
    assert (walk.now.state, walk.reply().state) == (State.HANDLING, ReplyState.SENT_BACK)
    draft(walk)
    pass_reply(walk)
    assert walk.now.replies.count() == 2


def test_on_time_is_told_against_the_date_in_force_at_that_moment() -> None:
    walk = a_drafted_reply()
    due = walk.now.legal_due
    assert due is not None
    with clock.at(due + timedelta(days=1)):
        pass_reply(walk)
    row = walk.now
    assert (row.first_replied_on, row.first_reply_due, walk.reply().effective_due) == (
        due + timedelta(days=1),
        due,
        due,
    )


def test_opening_a_reply_is_noted_once() -> None:
    walk = a_replied()
    reply = walk.reply()
    actions.mark_read(reply_id=reply.pk, actor=hub())
    assert reply.deliveries.get().read_at is None
    actions.mark_read(reply_id=reply.pk, actor=walk.deputy)
    first = reply.deliveries.get().read_at
    with clock.at(clock.today() + timedelta(days=1)):
        actions.mark_read(reply_id=reply.pk, actor=walk.deputy)
    assert reply.deliveries.get().read_at == first


# ---- feedback --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attitude", "result", "comment", "state"),
    [
        (Rating.GOOD, Rating.GOOD, "", State.CLOSED), (Rating.FAIR, Rating.FAIR, "", State.CLOSED),
        (Rating.BAD, Rating.GOOD, "态度生硬", State.UNSATISFIED),
        (Rating.GOOD, Rating.BAD, "没有解决", State.UNSATISFIED),
        (Rating.GOOD, Rating.BAD, " ", None), (Rating.BAD, Rating.FAIR, "", None),
    ],
)  # fmt: skip
def test_dissatisfaction_is_explained_and_has_a_consequence(
    attitude: Rating, result: Rating, comment: str, state: State | None
) -> None:
    walk = a_replied()
    given = Given(attitude, result, was_met=False, comment=comment)
    if state is None:
        with pytest.raises(Invalid):
            actions.give_feedback(suggestion_id=walk.pk, given=given, actor=walk.deputy)
    else:
        actions.give_feedback(suggestion_id=walk.pk, given=given, actor=walk.deputy)
        assert walk.now.state == state


def test_one_verdict_per_round_and_none_by_strangers() -> None:
    walk = a_replied(cosigners=1)
    rate(walk)
    with pytest.raises(AlreadyRated):
        rate(walk, result=Rating.BAD)
    with pytest.raises(NotAllowed):
        rate(walk, by=a_deputy())


def test_others_verdicts_are_not_seen_before_closure() -> None:
    walk = a_replied(cosigners=2)
    rate(walk, by=walk.cosigners[0])
    other = deputy_actor(walk.cosigners[1])
    assert selectors.work_case(other, walk.pk).feedbacks == []
    assert len(selectors.work_case(sc_rep(), walk.pk).feedbacks) == 1
    rate(walk)
    rate(walk, by=walk.cosigners[1])
    assert walk.now.state == State.CLOSED
    assert len(selectors.work_case(other, walk.pk).feedbacks) == 3


def test_a_cosigners_dissatisfaction_counts_where_the_place_says_so() -> None:
    walk = a_replied(cosigners=1)
    rate(walk, result=Rating.BAD, by=walk.cosigners[0])
    assert walk.now.state == State.FEEDBACK
    set_value(parameter=clocks.FEEDBACK_BASIS, raw="worst", reason="本地规定", actor=sc_rep())
    other = a_replied(cosigners=1)
    rate(other, result=Rating.BAD, by=other.cosigners[0])
    assert other.now.state == State.UNSATISFIED


def test_silence_is_reminded_once_then_closed_and_never_counts_as_satisfied() -> None:
    walk = a_replied()
    congress, due = walk.now.congress_id, walk.now.feedback_due
    assert due == date(2025, 3, 25)
    assert sweep_feedback(congress) == {"reminded": 0, "closed": 0}
    with pytest.raises(WindowOpen):
        actions.close_unanswered(suggestion_id=walk.pk, actor=clockwork())
    with clock.at(due + timedelta(days=1)):
        assert sweep_feedback(congress) == {"reminded": 1, "closed": 0}
        assert sweep_feedback(congress) == {"reminded": 0, "closed": 0}
        with pytest.raises((NothingToDo, WindowOpen)):
            actions.remind_feedback(suggestion_id=walk.pk, actor=clockwork())
    last = walk.now.feedback_due
    assert last == date(2025, 4, 2)
    with clock.at(last + timedelta(days=1)):
        assert sweep_feedback(congress) == {"reminded": 0, "closed": 1}
    row = walk.now
    assert (row.state, row.outcome) == (State.CLOSED, Outcome.NO_FEEDBACK)
    assert not row.feedbacks.exists()


def test_the_lead_has_rated_and_the_window_is_over() -> None:
    walk = a_replied(cosigners=2)
    rate(walk)
    assert walk.now.state == State.FEEDBACK
    with clock.at(walk.now.feedback_due + timedelta(days=1)):  # type: ignore[operator]
        sweep(walk.now.congress_id)
    assert (walk.now.state, walk.now.outcome) == (State.CLOSED, Outcome.RATED)


# ---- once more, or not -----------------------------------------------------------------------------------------------


def test_bad_attitude_alone_needs_a_visit_and_an_apology() -> None:
    walk = an_unsatisfied(attitude=Rating.BAD, result=Rating.GOOD)
    actions.record_apology(suggestion_id=walk.pk, note="局长上门致歉", actor=sc_rep())
    assert (walk.now.state, walk.now.outcome) == (State.CLOSED, Outcome.APOLOGISED)
    other = an_unsatisfied(attitude=Rating.BAD, result=Rating.BAD)
    with pytest.raises(Blocked, match="result_is_bad"):
        actions.record_apology(suggestion_id=other.pk, note="致歉", actor=sc_rep())


def test_a_new_round_has_thirty_days_of_its_own_and_leaves_the_legal_date() -> None:
    walk = an_unsatisfied()
    legal = walk.now.legal_due
    with pytest.raises(NotAllowed):
        actions.rehandle(suggestion_id=walk.pk, note="重办", actor=hub())
    actions.rehandle(suggestion_id=walk.pk, note="重办", actor=sc_rep())
    row = walk.now
    assert (row.due, row.legal_due, row.round) == (date(2025, 4, 9), legal, 2)
    with pytest.raises(Blocked, match="return_first_round"):
        actions.request_return(assignment_id=walk.turn().pk, reason="不办", actor=clerk())
    with pytest.raises(Blocked, match="no_extension_in_rehandling"):
        actions.request_extension(assignment_id=walk.turn().pk, reason="wide", note="广", actor=clerk())  # type: ignore[arg-type]


def test_no_further_handling_is_explained_and_told_to_the_chairs() -> None:
    walk = an_unsatisfied()
    with pytest.raises(Invalid):
        actions.explain_no_rehandle(suggestion_id=walk.pk, reason="条件限制", informed_meeting="", actor=sc_rep())
    actions.explain_no_rehandle(
        suggestion_id=walk.pk, reason="条件限制", informed_meeting="第81次主任会议", actor=sc_rep()
    )
    assert (walk.now.state, walk.now.outcome) == (State.CLOSED, Outcome.EXPLAINED)


def test_a_closed_one_is_reopened_by_decision() -> None:
    walk = a_closed()
    with pytest.raises(Invalid):
        actions.reopen(suggestion_id=walk.pk, decision="", decided_on=clock.today(), actor=sc_rep())
    actions.reopen(suggestion_id=walk.pk, decision="第81次主任会议决定", decided_on=clock.today(), actor=sc_rep())
    assert (walk.now.state, walk.now.outcome, walk.now.closed_on) == (State.REHANDLE, "", None)


# ---- promises --------------------------------------------------------------------------------------------------------


def a_promise(reply_class: ReplyClass = ReplyClass.B) -> tuple[Walk, Commitment]:
    walk = a_closed(reply_class)
    return walk, Commitment.objects.get(suggestion_id=walk.pk)


def test_only_others_confirm_what_a_unit_claims() -> None:
    _, promise = a_promise()
    with pytest.raises(Invalid):
        actions.claim_done(commitment_id=promise.pk, text="完成", proof="", actor=clerk())
    with pytest.raises(NotAllowed):
        actions.claim_done(commitment_id=promise.pk, text="完成", proof="照片", actor=clerk("B04"))
    actions.claim_done(commitment_id=promise.pk, text="完成", proof="照片", actor=clerk())
    for stranger in (clerk(), leader(), hub(), deputy_actor(a_deputy())):
        with pytest.raises(NotAllowed):
            actions.confirm_done(commitment_id=promise.pk, note="", actor=stranger)
    committee = actor_of(Role.SC_COMMITTEE, "R04")
    actions.confirm_done(commitment_id=promise.pk, note="现场看过", actor=committee)
    promise.refresh_from_db()
    assert (promise.state, promise.confirmed_on) == (CommitmentState.DONE_CONFIRMED, clock.today())


@pytest.mark.parametrize(("late", "state"), [(0, CommitmentState.PENDING), (1, CommitmentState.OVERDUE)])
def test_a_denied_claim_stands_or_is_overdue(late: int, state: CommitmentState) -> None:
    walk, promise = a_promise()
    actions.claim_done(commitment_id=promise.pk, text="完成", proof="照片", actor=clerk())
    with clock.at(promise.deadline + timedelta(days=late)):
        actions.deny_done(commitment_id=promise.pk, reason="仍未通水", actor=walk.deputy)
    promise.refresh_from_db()
    assert (promise.state, promise.claimed_on) == (state, None)


def test_a_promise_changes_twice_at_most_by_the_leader_and_keeps_its_first_date() -> None:
    _, promise = a_promise()
    first = promise.deadline
    change = {"commitment_id": promise.pk, "reason": "材料供应", "signer": "赵局长"}
    with pytest.raises(NotAllowed):
        actions.change_promise(deadline=first + timedelta(days=9), actor=clerk(), **change)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        actions.change_promise(deadline=first, actor=leader(), **change)  # type: ignore[arg-type]
    for n in (1, 2):
        actions.change_promise(deadline=first + timedelta(days=30 * n), actor=leader(), **change)  # type: ignore[arg-type]
    with pytest.raises(Blocked, match="promise_changed_twice"):
        actions.change_promise(deadline=first + timedelta(days=90), actor=leader(), **change)  # type: ignore[arg-type]
    promise.refresh_from_db()
    assert (promise.first_deadline, promise.deadline) == (first, first + timedelta(days=60))
    assert promise.reports.count() == 2
    actions.declare_impossible(commitment_id=promise.pk, explanation="规划调整", signer="赵局长", actor=leader())
    promise.refresh_from_db()
    assert promise.state == CommitmentState.IMPOSSIBLE


def test_promises_are_reminded_found_overdue_and_carried() -> None:
    walk, promise = a_promise()
    congress, deadline = walk.now.congress_id, promise.deadline
    assert sweep_promises(congress) == {"overdue": 0, "carried": 0, "reminded": 0}
    for days in (60, 30, 7):
        with clock.at(deadline - timedelta(days=days)):
            assert sweep_promises(congress)["reminded"] == 1
            assert sweep_promises(congress)["reminded"] == 0, "each mark once"
    with clock.at(deadline + timedelta(days=1)):
        assert sweep_promises(congress)["overdue"] == 1
    with clock.at(date(2026, 1, 1)):
        assert sweep_promises(congress)["carried"] == 1
        assert sweep_promises(congress)["carried"] == 0
    promise.refresh_from_db()
    assert (promise.state, promise.ledger_year) == (CommitmentState.OVERDUE, 2026), "carried, and still overdue"


def test_a_quarter_without_a_report_is_reminded() -> None:
    walk = a_handled()
    meet(walk)
    far = an_answer(ReplyClass.B, promises=(actions.Promise("通水", clock.today() + timedelta(days=360), "王"),))
    actions.draft_reply(assignment_id=walk.turn().pk, answer=far, actor=clerk())
    pass_reply(walk)
    congress = walk.now.congress_id
    with clock.at(clock.today() + timedelta(days=90)):
        assert sweep_promises(congress)["reminded"] == 0
    with clock.at(clock.today() + timedelta(days=91)):
        assert sweep_promises(congress)["reminded"] == 1
        actions.report_promise(commitment_id=walk.now.commitments.get().pk, text="已完成六成", actor=clerk())
        assert sweep_promises(congress)["reminded"] == 0


# ---- look-back -------------------------------------------------------------------------------------------------------


def test_the_batch_holds_b_and_c_a_sample_of_a_and_every_former_bad_one() -> None:
    b, c, d = a_closed(ReplyClass.B), a_closed(ReplyClass.C), a_closed(ReplyClass.D)
    bad = an_unsatisfied()
    actions.explain_no_rehandle(suggestion_id=bad.pk, reason="条件", informed_meeting="第81次", actor=sc_rep())
    good = [a_closed() for _ in range(6)]
    with pytest.raises(NotAllowed):
        actions.draw_look_back(year=2025, seed="2025-11-20", actor=hub())
    batch = actions.draw_look_back(year=2025, seed="2025-11-20", actor=sc_rep())
    causes = dict(batch.look_backs.values_list("suggestion_id", "cause"))
    assert causes[b.pk] == causes[c.pk] == LookBackCause.CLASS_BC
    assert causes[bad.pk] == LookBackCause.UNSATISFIED
    assert d.pk not in causes
    sampled = {pk for pk, cause in causes.items() if cause == LookBackCause.SAMPLE_A}
    assert len(sampled) == 2
    assert sampled <= {walk.pk for walk in good}
    assert batch.population == 6


def test_a_wrong_class_is_regraded_with_a_record() -> None:
    walk = a_closed()
    row = actions.choose_look_back(suggestion_id=walk.pk, actor=sc_rep())
    with pytest.raises(NotAllowed):
        actions.record_look_back(look_back_id=row.pk, verdict=LookBackVerdict.KEPT, note="看过", actor=clerk())
    actions.record_look_back(
        look_back_id=row.pk, verdict=LookBackVerdict.PARTLY, note="只做了一半", actor=sc_rep(), new_class=ReplyClass.B
    )
    assert walk.now.reply_class == ReplyClass.B
    assert [(c.old, c.new) for c in walk.now.class_history.all()] == [("", "A"), ("A", "B")]
    assert LookBack.objects.get().verdict == LookBackVerdict.PARTLY
    with pytest.raises(Conflict):
        actions.record_look_back(look_back_id=row.pk, verdict=LookBackVerdict.KEPT, note="又看", actor=sc_rep())


def test_only_closed_ones_are_looked_back_at() -> None:
    with pytest.raises(Conflict):
        actions.choose_look_back(suggestion_id=a_replied().pk, actor=sc_rep())
    with pytest.raises(WrongState):
        actions.reopen(suggestion_id=a_replied().pk, decision="决定", decided_on=clock.today(), actor=sc_rep())
