"""Plan, assignment day, distribution, returns, extension, the two clocks (R2, R4, R5, R6)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from openrenda.kernel import clock
from openrenda.kernel.calendars import forget_calendar
from openrenda.kernel.errors import Blocked, Invalid, NotAllowed, WrongState
from openrenda.kernel.models import CalendarDay
from openrenda.kernel.parameters import set_value
from openrenda.suggestions import actions, selectors
from openrenda.suggestions.errors import BulkRefused, NothingToDo
from openrenda.suggestions.models import DueChange, Suggestion
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.states import AssignmentState, ExtensionReason, Level, Mode, Part, State
from tests.makers.orgs import a_unit, deputy_actor
from tests.makers.suggestions import (
    Walk,
    a_distributed,
    a_handled,
    a_planned,
    an_accepted,
    an_answer,
    an_assigned,
    clerk,
    hub,
    leader,
    line,
    meet,
    pass_reply,
    sc_rep,
)


def lead_co() -> list[object]:
    return [line("B03", Part.LEAD), line("B04", Part.CO), line("J01", Part.CO)]


# ---- assignment day --------------------------------------------------------------------------------------------------


def test_bulk_assigns_all_or_none_and_says_why() -> None:
    good, unplanned, early = a_planned(), an_accepted(), an_assigned()
    with pytest.raises(BulkRefused) as refused:
        actions.assign_in_bulk(suggestion_ids=[good.pk, unplanned.pk, early.pk, 10**9], actor=sc_rep())
    assert set(refused.value.rows) == {unplanned.pk, early.pk, 10**9}
    assert all(refused.value.rows.values())
    assert good.now.state == State.ACCEPTED
    actions.assign_in_bulk(suggestion_ids=[good.pk], actor=sc_rep())
    assert good.now.state == State.ASSIGNED1
    with pytest.raises(NothingToDo):
        actions.assign_in_bulk(suggestion_ids=[], actor=sc_rep())


def test_only_the_office_assigns() -> None:
    walk = a_planned()
    for stranger in (hub(), clerk(), walk.deputy):
        with pytest.raises(BulkRefused):
            actions.assign_in_bulk(suggestion_ids=[walk.pk], actor=stranger)


def test_the_table_of_assignment_day_tells_what_is_missing() -> None:
    good, unplanned = a_planned(), an_accepted()
    rows = {row.suggestion.pk: row for row in selectors.assignment_day(sc_rep())}
    assert rows[good.pk].problem == ""
    assert rows[good.pk].units == ["住建局"]
    assert rows[unplanned.pk].problem
    assert rows[good.pk].assign_by == date(2025, 3, 17), "five working days from Monday 10 March"
    assert selectors.assignment_day(hub()) == []


def test_government_matters_go_to_the_government_others_to_their_organ() -> None:
    walk = an_assigned()
    turn = walk.now.assignments.get()
    assert (turn.unit.code, turn.level, turn.is_hub) == ("G00", Level.FIRST, True)
    court = an_assigned([line("F01")])
    turn = court.now.assignments.get()
    assert (turn.unit.code, turn.level, turn.is_direct) == ("F01", Level.FIRST, True)
    assert court.now.organ == "court"
    with pytest.raises((Blocked, NotAllowed)):
        actions.distribute(assignment_id=turn.pk, actor=hub())
    actions.sign_for(assignment_id=turn.pk, actor=clerk("F01"))
    assert court.now.state == State.HANDLING


def test_the_government_signs_for_nothing_it_distributes() -> None:
    walk = an_assigned()
    with pytest.raises(Blocked, match="distribute_first"):
        actions.sign_for(assignment_id=walk.turn("G00").pk, actor=clerk("G00"))


def test_a_split_between_organs_keeps_both_ways() -> None:
    parts = [line("B03", Part.SHARE, "管网"), line("F01", Part.SHARE, "执行")]
    walk = an_assigned(parts, Mode.SPLIT)
    actions.distribute(assignment_id=walk.turn("G00").pk, actor=hub())
    assert walk.now.state == State.ASSIGNED1, "the court has not signed"
    actions.sign_for(assignment_id=walk.turn("F01").pk, actor=clerk("F01"))
    assert walk.now.state == State.ASSIGNED2
    actions.sign_for(assignment_id=walk.turn().pk, actor=clerk())
    assert walk.now.state == State.HANDLING
    for code, checker in (("F01", sc_rep()), ("B03", hub())):
        meet(walk, code)
        actions.draft_reply(assignment_id=walk.turn(code).pk, answer=an_answer(), actor=clerk(code))
        pass_reply(walk, code, checker=checker)
    assert walk.now.state == State.FEEDBACK
    assert walk.now.first_replied_on == clock.today()


# ---- the clocks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2025, 3, 6), date(2025, 6, 6)),
        (date(2025, 11, 30), date(2026, 2, 28)),  # a month's end; that Saturday is worked for the Spring Festival
        (date(2025, 7, 1), date(2025, 10, 9)),  # 1 October begins the holiday
        (date(2025, 3, 8), date(2025, 6, 9)),  # 8 June is a Sunday
    ],
)
def test_the_legal_clock(day: date, due: date) -> None:
    with clock.at(day):
        assert an_assigned().now.legal_due == due


def test_no_reassignment_resets_the_legal_clock() -> None:
    walk = a_distributed()
    due = walk.now.legal_due
    codes = ["B03", "B04", "J01"]
    for after, (old, new) in enumerate(pairwise(codes), start=1):
        with clock.at(clock.today() + timedelta(days=after * 7)):
            actions.request_return(assignment_id=walk.turn(old).pk, reason="不属职能", actor=clerk(old))
            turn = actions.grant_return(assignment_id=walk.turn(old).pk, unit_id=a_unit(new).pk, actor=hub())
            assert turn.assigned_on == clock.today()
        assert walk.now.legal_due == due
    assert walk.now.main_unit == a_unit("J01")


def test_a_place_may_restart_it_with_a_line_in_the_ledger() -> None:
    walk = a_distributed()
    set_value(parameter=clocks.RESTART_ON_REASSIGN, raw="true", reason="本地规定", actor=sc_rep())
    with clock.at(clock.today() + timedelta(days=5)):
        actions.reassign(
            assignment_id=walk.turn().pk, unit_id=a_unit("B04").pk, reason="职能调整", actor=hub()
        )  # fmt: skip
    change = DueChange.objects.get(suggestion_id=walk.pk)
    assert change.new_due > change.old_due
    assert walk.now.legal_due == change.new_due


def test_a_changed_calendar_moves_dates_only_when_told() -> None:
    walk = an_assigned()
    old = walk.now.legal_due
    assert old is not None
    CalendarDay.objects.create(day=old, kind="holiday", created_at=clock.now())
    forget_calendar()
    shifts = selectors.recompute_preview(walk.now.congress_id)
    assert [(s.suggestion_id, s.old) for s in shifts] == [(walk.pk, old)]
    assert walk.now.legal_due == old
    assert actions.apply_recompute(suggestion_ids=[walk.pk], actor=sc_rep()) == 1
    assert walk.now.legal_due == shifts[0].new
    assert DueChange.objects.get(suggestion_id=walk.pk).kind == "calendar"
    assert selectors.recompute_preview(walk.now.congress_id) == []
    with pytest.raises(NotAllowed):
        actions.apply_recompute(suggestion_ids=[walk.pk], actor=hub())


# ---- returns ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize(("days", "allowed"), [(0, True), (10, True), (11, False)])
def test_a_unit_may_return_within_ten_days_signed_or_not(signed: bool, days: int, allowed: bool) -> None:
    walk = a_handled() if signed else a_distributed()
    with clock.at(clock.today() + timedelta(days=days)):
        if not allowed:
            with pytest.raises(Blocked, match="return_too_late"):
                actions.request_return(assignment_id=walk.turn().pk, reason="不属职能", actor=clerk())
            return
        actions.request_return(assignment_id=walk.turn().pk, reason="不属职能", actor=clerk())
    assert walk.now.state == State.RETURN_REQ


def test_units_never_pass_it_on_themselves() -> None:
    walk = a_distributed()
    for stranger in (clerk(), leader(), clerk("B04")):
        with pytest.raises(NotAllowed):
            actions.reassign(assignment_id=walk.turn().pk, unit_id=a_unit("B04").pk, reason="转", actor=stranger)
    actions.request_return(assignment_id=walk.turn().pk, reason="不属职能", actor=clerk())
    with pytest.raises(NotAllowed):
        actions.grant_return(assignment_id=walk.turn().pk, unit_id=a_unit("B04").pk, actor=clerk())


def test_a_refused_unit_handles_it() -> None:
    walk = a_distributed()
    actions.request_return(assignment_id=walk.turn().pk, reason="不属职能", actor=clerk())
    actions.refuse_return(assignment_id=walk.turn().pk, reason="属你单位", actor=hub())
    assert walk.now.state == State.HANDLING
    assert walk.turn().signed_on == clock.today()


def test_the_hub_gives_only_to_its_own_units() -> None:
    walk = a_distributed()
    actions.request_return(assignment_id=walk.turn().pk, reason="属法院", actor=clerk())
    with pytest.raises(Invalid):
        actions.grant_return(assignment_id=walk.turn().pk, unit_id=a_unit("F01").pk, actor=hub())
    turn = walk.turn()
    actions.fix_unit(assignment_id=turn.pk, unit_id=a_unit("F01").pk, actor=hub())
    actions.fix_unit(assignment_id=turn.pk, unit_id=a_unit("F01").pk, actor=sc_rep())
    assert (walk.now.state, walk.now.organ) == (State.ASSIGNED1, "court")


def twice_returned() -> Walk:
    walk = a_distributed()
    for old, new in (("B03", "B04"), ("B04", "J01")):
        actions.request_return(assignment_id=walk.turn(old).pk, reason="不属职能", actor=clerk(old))
        actions.grant_return(assignment_id=walk.turn(old).pk, unit_id=a_unit(new).pk, actor=hub())
    actions.request_return(assignment_id=walk.turn("J01").pk, reason="不属职能", actor=clerk("J01"))
    return walk


def test_after_two_returns_both_offices_fix_the_unit() -> None:
    walk = twice_returned()
    turn = walk.turn("J01")
    for decide in (
        lambda: actions.grant_return(assignment_id=turn.pk, unit_id=a_unit("B03").pk, actor=hub()),
        lambda: actions.refuse_return(assignment_id=turn.pk, reason="办", actor=hub()),
    ):
        with pytest.raises(Blocked, match="joint_decision"):
            decide()
    actions.fix_unit(assignment_id=turn.pk, unit_id=a_unit("B03").pk, actor=hub())
    actions.fix_unit(assignment_id=turn.pk, unit_id=turn.unit_id, actor=sc_rep())
    assert walk.now.state == State.RETURN_REQ, "they named different units"
    fixed = actions.fix_unit(assignment_id=turn.pk, unit_id=turn.unit_id, actor=hub())
    assert fixed.state == AssignmentState.HANDLING
    with pytest.raises(Blocked, match="unit_is_fixed"):
        actions.request_return(assignment_id=turn.pk, reason="不办", actor=clerk("J01"))


def test_the_joint_decision_may_name_another_unit() -> None:
    walk = twice_returned()
    turn = walk.turn("J01")
    actions.fix_unit(assignment_id=turn.pk, unit_id=a_unit("B03").pk, actor=sc_rep())
    new = actions.fix_unit(assignment_id=turn.pk, unit_id=a_unit("B03").pk, actor=hub())
    assert (new.unit.code, new.is_final, walk.now.state) == ("B03", True, State.ASSIGNED2)


# ---- extension -------------------------------------------------------------------------------------------------------


def test_six_months_need_both_offices_and_leave_the_old_date_in_the_ledger() -> None:
    walk = a_handled()
    old, turn = walk.now.legal_due, walk.turn()
    actions.request_extension(assignment_id=turn.pk, reason=ExtensionReason.WIDE, note="涉及四个部门", actor=clerk())
    with pytest.raises(Blocked, match="hub_first"):
        actions.grant_extension(assignment_id=turn.pk, actor=sc_rep())
    actions.endorse_extension(assignment_id=turn.pk, actor=hub())
    actions.grant_extension(assignment_id=turn.pk, actor=sc_rep())
    row = walk.now
    assert (row.legal_due, row.is_extended, row.state) == (date(2025, 9, 10), True, State.HANDLING)
    change = DueChange.objects.get(suggestion=row)
    assert (change.old_due, change.new_due) == (old, row.legal_due)
    assert walk.turn().due == row.legal_due
    with pytest.raises(Blocked, match="extended_once"):
        actions.request_extension(assignment_id=turn.pk, reason=ExtensionReason.HARD, note="还要", actor=clerk())


@pytest.mark.parametrize(("after", "allowed"), [(0, True), (1, False)])
def test_an_extension_is_asked_before_the_first_deadline(after: int, allowed: bool) -> None:
    walk = a_handled()
    due = walk.now.legal_due
    assert due is not None
    with clock.at(due + timedelta(days=after)):
        if allowed:
            actions.request_extension(
                assignment_id=walk.turn().pk, reason=ExtensionReason.HARD, note="复杂", actor=clerk()
            )
        else:
            with pytest.raises(Blocked, match="extension_too_late"):
                actions.request_extension(
                    assignment_id=walk.turn().pk, reason=ExtensionReason.HARD, note="复杂", actor=clerk()
                )


def test_a_court_needs_only_the_deputies_office() -> None:
    walk = an_assigned([line("F01")])
    turn = walk.turn("F01")
    actions.sign_for(assignment_id=turn.pk, actor=clerk("F01"))
    actions.request_extension(assignment_id=turn.pk, reason=ExtensionReason.HARD, note="复杂", actor=clerk("F01"))
    with pytest.raises(NotAllowed):
        actions.refuse_extension(assignment_id=turn.pk, reason="不同意", actor=hub())
    actions.grant_extension(assignment_id=turn.pk, actor=sc_rep())
    assert walk.now.is_extended


def test_a_refused_extension_leaves_the_date() -> None:
    walk = a_handled()
    due = walk.now.legal_due
    actions.request_extension(assignment_id=walk.turn().pk, reason=ExtensionReason.WIDE, note="广", actor=clerk())
    actions.refuse_extension(assignment_id=walk.turn().pk, reason="能办", actor=hub())
    assert (walk.now.legal_due, walk.now.state) == (due, State.HANDLING)
    assert not DueChange.objects.filter(suggestion_id=walk.pk).exists()


# ---- co-handlers and what stands beside ------------------------------------------------------------------------------


def test_the_lead_waits_for_co_handlers_until_they_are_late() -> None:
    walk = a_distributed(lead_co(), Mode.LEAD_CO)  # type: ignore[arg-type]
    actions.sign_for(assignment_id=walk.turn().pk, actor=clerk())
    meet(walk)
    actions.give_opinion(assignment_id=walk.turn("B04").pk, text="同意", actor=clerk("B04"))
    with pytest.raises(Blocked, match="opinions_missing"):
        actions.draft_reply(assignment_id=walk.turn().pk, answer=an_answer(), actor=clerk())
    with pytest.raises(Blocked, match="opinion_not_late"):
        actions.mark_opinion_overdue(assignment_id=walk.turn("J01").pk, actor=clerk())
    with clock.at(clock.today() + timedelta(days=31)):
        actions.mark_opinion_overdue(assignment_id=walk.turn("J01").pk, actor=clerk())
        actions.draft_reply(assignment_id=walk.turn().pk, answer=an_answer(), actor=clerk())
        actions.give_opinion(assignment_id=walk.turn("J01").pk, text="迟到的意见", actor=clerk("J01"))
    assert walk.now.state == State.REPLY_REVIEW


def test_the_deputy_may_object_to_the_unit_and_is_answered() -> None:
    walk = a_distributed()
    objection = actions.object_to_unit(
        suggestion_id=walk.pk, unit_id=a_unit("B03").pk, text="应由城管局办理", actor=walk.deputy)  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.answer_objection(objection_id=objection.pk, answer="不改", actor=hub())
    actions.answer_objection(objection_id=objection.pk, answer="已改由城管局", actor=sc_rep())
    with pytest.raises(Invalid):
        actions.object_to_unit(suggestion_id=walk.pk, unit_id=a_unit("J02").pk, text="不办", actor=walk.deputy)


def test_grouped_suggestions_keep_number_reply_and_rating() -> None:
    one, two = a_handled(), a_handled()
    actions.group_same_matter(main_id=one.pk, suggestion_ids=[two.pk], actor=sc_rep())
    for walk in (one, two):
        meet(walk)
    actions.draft_reply(assignment_id=one.turn().pk, answer=an_answer(), actor=clerk())
    source = one.reply()
    with pytest.raises(Invalid):
        actions.share_reply(reply_id=source.pk, assignment_ids=[two.turn().pk], doc_nos=[""], actor=clerk())
    given = {"assignment_ids": [two.turn().pk], "doc_nos": ["云住建函〔2025〕99号"]}
    copy = actions.share_reply(reply_id=source.pk, actor=clerk(), **given)[0]  # type: ignore[arg-type]
    assert (copy.body, copy.suggestion_id, copy.shares_body_of_id) == (source.body, two.pk, source.pk)
    pass_reply(one)
    assert (one.now.state, two.now.state) == (State.FEEDBACK, State.REPLY_REVIEW)
    assert one.now.key != two.now.key
    assert Suggestion.objects.filter(group=one.now.group).count() == 2


def test_a_reply_is_not_shared_with_a_stranger() -> None:
    one, two = a_handled(), a_handled()
    for walk in (one, two):
        meet(walk)
    actions.draft_reply(assignment_id=one.turn().pk, answer=an_answer(), actor=clerk())
    with pytest.raises(Exception, match="not_same_matter"):
        actions.share_reply(
            reply_id=one.reply().pk, assignment_ids=[two.turn().pk], doc_nos=["云函1号"], actor=clerk())  # fmt: skip


def test_a_stranger_moves_nothing() -> None:
    walk = a_handled()
    with pytest.raises(NotAllowed):
        actions.record_contact(
            assignment_id=walk.turn().pk, way="phone", on=clock.today(), notes="x", actor=deputy_actor(walk.lead))  # type: ignore[arg-type]  # fmt: skip
    with pytest.raises(WrongState):
        actions.sign_for(assignment_id=walk.turn().pk, actor=clerk())
