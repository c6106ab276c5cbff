"""The resident's verdict: rounds, silence, late words, revisits."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from openrenda.kernel.errors import Blocked, Invalid, NotAllowed
from openrenda.liaison import actions, tasks
from openrenda.liaison.models import Clock, Opinion, Referral
from openrenda.liaison.states import FeedbackWay, OpinionState, ReferralState, Satisfaction, Solved
from openrenda.orgs.states import Role
from tests.makers.liaison import RESULT, Cast, again, an_opinion, resident_of

S = OpinionState


def me(opinion: Opinion) -> Any:
    return resident_of(opinion.pk, opinion.congress_id)


def rate(opinion: Opinion, satisfaction: Satisfaction, reason: str = "还是没有水") -> Opinion:
    return actions.rate(opinion_id=opinion.pk, satisfaction=satisfaction, actor=me(opinion), reason=reason)


def second_answer(opinion: Opinion, cast: Cast) -> None:
    actions.draft_result(opinion_id=opinion.pk, text="第二次办理：" + RESULT, actor=cast.clerk)
    actions.approve_result(opinion_id=opinion.pk, actor=cast.leader)
    actions.feed_back(opinion_id=opinion.pk, actor=cast.head)


@pytest.mark.parametrize("satisfaction", [Satisfaction.SATISFIED, Satisfaction.MOSTLY])
def test_content_closes(cast: Cast, satisfaction: Satisfaction) -> None:
    opinion = an_opinion(cast, S.FED_BACK)
    with pytest.raises(NotAllowed):
        actions.rate(opinion_id=opinion.pk, satisfaction=satisfaction, actor=cast.head)
    done = rate(opinion, satisfaction, "")
    assert (done.state, done.satisfaction, done.first_satisfaction) == (S.CLOSED, satisfaction, satisfaction)
    assert done.closed_at is not None
    with pytest.raises(Blocked):
        rate(opinion, Satisfaction.DISSATISFIED)


def test_dissatisfied_needs_a_reason_and_silence_is_no_rating(cast: Cast) -> None:
    opinion = an_opinion(cast, S.FED_BACK)
    with pytest.raises(Invalid):
        rate(opinion, Satisfaction.DISSATISFIED, "")
    with pytest.raises(Invalid):
        rate(opinion, Satisfaction.UNRATED)


def test_dissatisfied_is_handled_again_once_by_itself(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.FED_BACK)
    clock.forward(days=1)
    first = rate(opinion, Satisfaction.DISSATISFIED)
    assert (first.state, first.round, first.due_kind, first.due_on.isoformat()) == (S.REWORK, 2, "handle", "2025-04-01")
    assert Referral.objects.get(opinion=opinion, round=2).state == ReferralState.SIGNED
    second_answer(opinion, cast)
    last = rate(opinion, Satisfaction.DISSATISFIED)
    assert (last.state, last.round, last.awaiting_role) == (S.CLOSED, 2, Role.STATION_HEAD)
    assert last.first_satisfaction == last.satisfaction == Satisfaction.DISSATISFIED
    again_open = actions.reopen(opinion_id=opinion.pk, reason="确未修好", actor=cast.head)
    assert (again_open.state, again_open.round, again_open.closed_at, again_open.awaiting_role) == (
        S.REWORK,
        3,
        None,
        "",
    )


def test_first_and_final_rating_are_kept_apart(cast: Cast) -> None:
    opinion = an_opinion(cast, S.REWORK)
    second_answer(opinion, cast)
    done = rate(opinion, Satisfaction.SATISFIED)
    assert (done.first_satisfaction, done.satisfaction) == (Satisfaction.DISSATISFIED, Satisfaction.SATISFIED)


def test_silence_after_a_second_answer_does_not_wipe_the_first_verdict(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.REWORK)
    second_answer(opinion, cast)
    clock.forward(days=9)
    assert tasks.close_all_silent(cast.congress_id) == 1
    assert again(opinion.pk).satisfaction == Satisfaction.DISSATISFIED


def test_what_was_answered_on_the_spot_is_reworked_by_the_station(cast: Cast) -> None:
    opinion = an_opinion(cast, S.ANSWERED)
    assert rate(opinion, Satisfaction.DISSATISFIED).state == S.REWORK
    actions.draft_result(opinion_id=opinion.pk, text=RESULT, actor=cast.head)
    with pytest.raises(Blocked):
        actions.approve_result(opinion_id=opinion.pk, actor=cast.head)
    actions.draft_result(opinion_id=opinion.pk, text=RESULT, actor=cast.staff)
    assert actions.approve_result(opinion_id=opinion.pk, actor=cast.head).state == S.RESULT


def test_seven_days_of_silence_close_as_not_rated(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.FED_BACK)
    clock.forward(days=7)
    assert tasks.close_all_silent(cast.congress_id) == 0
    with pytest.raises(Blocked):
        actions.close_silent(opinion_id=opinion.pk, actor=cast.clockwork)
    clock.forward(days=1)
    assert tasks.close_all_silent(cast.congress_id) == 1
    assert tasks.close_all_silent(cast.congress_id) == 0
    closed = again(opinion.pk)
    assert (closed.state, closed.satisfaction, closed.rated_at) == (S.CLOSED, Satisfaction.UNRATED, None)


def test_silence_is_closed_by_the_clockwork_only(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.FED_BACK)
    clock.forward(days=30)
    with pytest.raises(NotAllowed):
        actions.close_silent(opinion_id=opinion.pk, actor=cast.head)


def test_a_late_word_counts_but_reopens_nothing_by_itself(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.FED_BACK)
    clock.forward(days=8)
    tasks.close_all_silent(cast.congress_id)
    late = rate(opinion, Satisfaction.DISSATISFIED)
    assert (late.state, late.satisfaction, late.awaiting_role) == (
        S.CLOSED,
        Satisfaction.DISSATISFIED,
        Role.STATION_HEAD,
    )
    kept = actions.keep_closed(opinion_id=opinion.pk, reason="已现场核实修好", actor=cast.head)
    assert (kept.state, kept.awaiting_role, kept.satisfaction) == (S.CLOSED, "", Satisfaction.DISSATISFIED)
    with pytest.raises(Blocked):
        actions.keep_closed(opinion_id=opinion.pk, reason="再次", actor=cast.head)


def test_a_late_satisfied_word_gives_nobody_work(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.FED_BACK)
    clock.forward(days=8)
    tasks.close_all_silent(cast.congress_id)
    assert rate(opinion, Satisfaction.SATISFIED, "").awaiting_role == ""


def test_not_solved_stands_beside_the_rating(cast: Cast) -> None:
    opinion = an_opinion(cast, S.CLOSED)
    done = actions.say_solved(opinion_id=opinion.pk, solved=Solved.NO, note="又坏了", actor=me(opinion))
    assert (done.state, done.satisfaction, done.solved) == (S.CLOSED, Satisfaction.SATISFIED, Solved.NO)


def test_all_dissatisfied_are_revisited(cast: Cast) -> None:
    opinion = an_opinion(cast, S.REWORK)
    second_answer(opinion, cast)
    closed = rate(opinion, Satisfaction.DISSATISFIED)
    assert (closed.due_kind, closed.due_on.isoformat()) == ("revisit", "2025-03-24")
    done = actions.revisit(opinion_id=opinion.pk, way=FeedbackWay.PHONE, result="电话回访，愿意再等", actor=cast.staff)
    assert (done.due_on, done.revisit_way) == (None, "phone")


def test_about_a_fifth_of_the_rest_is_revisited_and_the_draw_repeats(cast: Cast) -> None:
    from openrenda.liaison.actions.verdict import _drawn  # noqa: PLC0415  looks behind the door

    drawn = [_drawn(Opinion(congress_id=cast.congress_id, number=f"YJ2025-S01-{n:06}")) for n in range(400)]
    assert 0.13 < sum(drawn) / len(drawn) < 0.27
    assert drawn == [_drawn(Opinion(congress_id=cast.congress_id, number=f"YJ2025-S01-{n:06}")) for n in range(400)]


def test_years_later_it_is_archived(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.CLOSED)
    assert tasks.archive_past_years(cast.congress_id) == 0
    clock.at(clock.now + timedelta(days=330))
    assert tasks.archive_past_years(cast.congress_id) == 1
    assert again(opinion.pk).is_archived


@pytest.mark.parametrize(
    "columns",
    [
        {"state": S.MERGED}, {"closed_at": None}, {"rated_at": None},
        {"rating_reason": "", "satisfaction": "dissatisfied"},
        {"answer_text": ""}, {"handler_level": ""}, {"refusal_reason": "case"}, {"satisfaction": "delighted"},
        {"publish_state": "public"}, {"sensitive_flags": ["odd"]}, {"channel": "smoke"},
    ],
)  # fmt: skip
def test_half_filled_rows_are_refused_by_the_table(cast: Cast, columns: dict[str, Any]) -> None:
    opinion = an_opinion(cast, S.CLOSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(**columns)


@pytest.mark.parametrize(
    ("state", "jump"),
    [(S.SUBMITTED, "closed"), (S.SUBMITTED, "classified"), (S.CLOSED, "registered"), (S.HANDLING, "fed_back"),
     (S.NOT_ACCEPTED, "registered"), (S.WITHDRAWN, "submitted")],
)  # fmt: skip
def test_raw_sql_cannot_jump(cast: Cast, state: OpinionState, jump: str) -> None:
    from django.db import connection  # noqa: PLC0415  only here

    opinion = an_opinion(cast, state)
    with pytest.raises(IntegrityError, match="illegal step"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE liaison_opinion SET state = %s WHERE id = %s", [jump, opinion.pk])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE liaison_opinion SET publish_state = 'public' WHERE id = %s", [opinion.pk])


def test_the_story_is_append_only(cast: Cast) -> None:
    opinion = an_opinion(cast, S.REGISTERED)
    with pytest.raises(IntegrityError), transaction.atomic():
        opinion.steps.update(detail="改写")
    with pytest.raises(IntegrityError), transaction.atomic():
        opinion.steps.all().delete()
    assert Clock.objects.filter(opinion=opinion).count() == 3
