"""Rules that need no database: where a suggestion stands, what makes a plan, a reply, a round whole."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.suggestions.actions.answers import answer_problems
from openrenda.suggestions.actions.lookback import draw_sample
from openrenda.suggestions.actions.plans import plan_problem
from openrenda.suggestions.actions.values import Answer, PlanLine, Promise
from openrenda.suggestions.actions.verdicts import RoundEnd, round_end
from openrenda.suggestions.rules.numbers import chinese, key_of, number_of, series_of, shelf_of
from openrenda.suggestions.states import (
    AssignmentState,
    CommitmentKind,
    Mode,
    Part,
    Publicity,
    Rating,
    ReferenceReason,
    ReplyClass,
    State,
)
from openrenda.suggestions.workflow import handling_state

TODAY = date(2025, 3, 31)


@dataclass
class Turn:
    state: str
    level: str = "second"


def turns(text: str) -> list[Turn]:
    return [Turn(*part.split("@")) for part in text.split()]


@pytest.mark.parametrize(
    ("parts", "round_", "state"),
    [
        ("waiting@first", 1, State.ASSIGNED1), ("distributed@first waiting", 1, State.ASSIGNED2),
        ("waiting", 1, State.ASSIGNED2), ("handling", 1, State.HANDLING), ("handling", 2, State.REHANDLE),
        ("return_req", 1, State.RETURN_REQ), ("replaced waiting", 1, State.ASSIGNED2), ("ext_req", 1, State.EXT_REQ),
        ("reply_review", 1, State.REPLY_REVIEW), ("reply_review", 3, State.REPLY_REVIEW), ("replied", 1, State.REPLIED),
        ("replied replied", 1, State.REPLIED), ("replied reply_review", 1, State.REPLY_REVIEW),
        ("reply_review reply_review", 1, State.REPLY_REVIEW), ("replied handling", 1, State.HANDLING),
        ("replied handling", 2, State.REHANDLE), ("handling return_req", 1, State.RETURN_REQ),
        ("waiting handling", 1, State.ASSIGNED2), ("waiting@first handling", 1, State.ASSIGNED1),
        ("waiting return_req", 1, State.RETURN_REQ), ("ext_req reply_review", 1, State.EXT_REQ),
        ("reply_review handling", 1, State.HANDLING), ("stopped replied", 1, State.REPLIED),
    ],
)  # fmt: skip
def test_where_a_suggestion_stands(parts: str, round_: int, state: State) -> None:
    assert handling_state(turns(parts), round_) == state


def test_nobody_at_work_is_an_error() -> None:
    with pytest.raises(ValueError, match="no unit"):
        handling_state(turns("replaced stopped distributed@first"), 1)


LIVE = [s for s in AssignmentState if s not in ("replaced", "stopped", "distributed", "co_open", "co_done")]


@given(st.lists(st.tuples(st.sampled_from(LIVE), st.sampled_from(["first", "second"])), min_size=1), st.integers(1, 3))
def test_order_of_units_and_those_that_are_over_do_not_matter(parts: list[tuple[str, str]], round_: int) -> None:
    rows = [Turn(str(state), level) for state, level in parts]
    over = [Turn("replaced"), Turn("stopped"), Turn("distributed", "first")]
    assert handling_state(rows, round_) == handling_state([*over, *reversed(rows)], round_)


@given(st.lists(st.sampled_from(LIVE), min_size=1))
def test_replied_only_when_all_are(parts: list[str]) -> None:
    assert (handling_state([Turn(str(s)) for s in parts], 1) == State.REPLIED) == all(s == "replied" for s in parts)


S, L, C, H = Part.SOLE, Part.LEAD, Part.CO, Part.SHARE


@pytest.mark.parametrize(
    ("mode", "parts", "fits"),
    [
        (Mode.SINGLE, [S], True), (Mode.SINGLE, [], False), (Mode.SINGLE, [L], False), (Mode.SINGLE, [S, C], False),
        (Mode.LEAD_CO, [L, C], True), (Mode.LEAD_CO, [C, L, C], True), (Mode.LEAD_CO, [L], False),
        (Mode.LEAD_CO, [L, L, C], False), (Mode.LEAD_CO, [C, C], False), (Mode.LEAD_CO, [L, S], False),
        (Mode.SPLIT, [H, H], True), (Mode.SPLIT, [H], False), (Mode.SPLIT, [H, C], False),
    ],
)  # fmt: skip
def test_plans(mode: Mode, parts: list[Part], fits: bool) -> None:
    lines = [PlanLine(i, part, "第一部分") for i, part in enumerate(parts)]
    assert (plan_problem(mode, lines) == "") == fits


def test_a_share_says_which_part_and_no_unit_comes_twice() -> None:
    assert plan_problem(Mode.SPLIT, [PlanLine(1, H, "一"), PlanLine(2, H, " ")])
    assert plan_problem(Mode.LEAD_CO, [PlanLine(1, L), PlanLine(1, C)])


def answer(reply_class: ReplyClass, **more: object) -> Answer:
    given: dict[str, object] = {
        "doc_no": "云教函〔2025〕15号", "body": "已办。", "contact_name": "王", "contact_phone": "0371-1", **more,
    }  # fmt: skip
    return Answer(reply_class=reply_class, **given)  # type: ignore[arg-type]


def promise(days: int, **more: object) -> tuple[Promise, ...]:
    given: dict[str, object] = {
        "content": "通水",
        "deadline": TODAY + timedelta(days=days),
        "responsible": "王",
        **more,
    }
    return (Promise(**given),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (answer(ReplyClass.A), ""),
        (answer(ReplyClass.A, body=" "), "body"),
        (answer(ReplyClass.A, body="字" * 10_001), "body"),
        (answer(ReplyClass.A, doc_no=""), "doc_no"),
        (answer(ReplyClass.A, contact_phone=""), "contact_phone"),
        (answer(ReplyClass.A, promises=promise(30)), ""),
        (answer(ReplyClass.A, promises=promise(0)), "promises"),
        (answer(ReplyClass.B), "promises"),
        (answer(ReplyClass.C), "promises"),
        (answer(ReplyClass.B, promises=promise(365)), ""),
        (answer(ReplyClass.B, promises=promise(366)), "promises"),
        (answer(ReplyClass.C, promises=promise(900)), ""),
        (answer(ReplyClass.B, promises=promise(30, responsible="")), "promises"),
        (answer(ReplyClass.B, promises=promise(30, content=" ")), "promises"),
        (answer(ReplyClass.B, promises=promise(30, kind=CommitmentKind.REVIEW)), "promises"),
        (answer(ReplyClass.C, promises=promise(30, kind=CommitmentKind.REVIEW)), ""),
        (answer(ReplyClass.D), "reference_reason"),
        (answer(ReplyClass.D, reference_reason=ReferenceReason.FUNDS), ""),
        (answer(ReplyClass.D, reference_reason=ReferenceReason.HIGHER), "reported_up"),
        (answer(ReplyClass.D, reference_reason=ReferenceReason.HIGHER, reported_up="已报市局"), ""),
        (answer(ReplyClass.A, publicity=Publicity.NO, secrecy_checked_by="李"), "publicity_reason"),
        (answer(ReplyClass.A, publicity=Publicity.FULL), "secrecy_checked_by"),
    ],
)
def test_what_makes_a_reply_whole(given: Answer, field: str) -> None:
    assert set(answer_problems(given, TODAY)) == ({field} if field else set())


GOOD, FAIR, BAD = Rating.GOOD, Rating.FAIR, Rating.BAD


@pytest.mark.parametrize(
    ("rows", "missing", "over", "worst", "end"),
    [
        ([], 2, False, False, RoundEnd.OPEN), ([], 0, True, False, RoundEnd.OPEN),
        ([(True, GOOD, GOOD)], 0, False, False, RoundEnd.CLOSED),
        ([(True, GOOD, FAIR)], 1, False, False, RoundEnd.OPEN), ([(True, GOOD, FAIR)], 1, True, False, RoundEnd.CLOSED),
        ([(True, GOOD, BAD)], 3, False, False, RoundEnd.UNSATISFIED),
        ([(True, BAD, GOOD)], 3, False, False, RoundEnd.UNSATISFIED),
        ([(False, GOOD, BAD)], 1, False, False, RoundEnd.OPEN),
        ([(False, GOOD, BAD)], 1, False, True, RoundEnd.UNSATISFIED),
        ([(False, GOOD, BAD), (True, GOOD, GOOD)], 0, False, False, RoundEnd.CLOSED),
        ([(False, GOOD, GOOD)], 1, True, False, RoundEnd.OPEN),
    ],
)  # fmt: skip
def test_how_a_round_ends(
    rows: list[tuple[bool, Rating, Rating]], missing: int, over: bool, worst: bool, end: RoundEnd
) -> None:
    assert round_end(rows, missing=missing, window_over=over, worst_counts=worst) is end


def test_numbers_as_spoken_and_kept() -> None:
    assert number_of(key_of(16, 5, 1, own_series=False)) == "区十六届人大五次会议第001号建议"
    assert number_of(key_of(16, 5, 1, own_series=True)) == "区十六届人大五次会议闭会第B001号建议"
    assert number_of(key_of(20, 11, 1234, own_series=False)) == "区二十届人大十一次会议第1234号建议"
    assert number_of(None) == ""
    assert [chinese(n) for n in (1, 9, 10, 11, 20, 35)] == ["一", "九", "十", "十一", "二十", "三十五"]
    assert series_of(16, 5, own_series=True) != series_of(16, 5, own_series=False)


@given(st.tuples(st.integers(1, 60), st.integers(1, 20), st.integers(1, 4_999_999), st.booleans()),
       st.tuples(st.integers(1, 60), st.integers(1, 20), st.integers(1, 4_999_999), st.booleans()))  # fmt: skip
def test_the_shelf_orders_by_session_then_series_then_number(
    one: tuple[int, int, int, bool], two: tuple[int, int, int, bool]
) -> None:
    def place(t: tuple[int, int, int, bool]) -> int:
        return shelf_of(t[0], t[1], t[2], own_series=t[3])

    def order(t: tuple[int, int, int, bool]) -> tuple[int, int, bool, int]:
        return t[0], t[1], t[3], t[2]

    assert (place(one) < place(two)) == (order(one) < order(two))


@given(st.sets(st.integers(1, 10_000), max_size=200), st.integers(1, 100), st.text(min_size=1, max_size=20))
def test_a_draw_can_be_repeated_and_takes_its_share(ids: set[int], share: int, seed: str) -> None:
    drawn = draw_sample(sorted(ids), share, seed)
    assert drawn == draw_sample(sorted(ids, reverse=True), share, seed)
    assert set(drawn) <= ids
    assert len(drawn) == -(-len(ids) * share // 100)


def test_another_seed_draws_others() -> None:
    ids = list(range(1, 500))
    assert draw_sample(ids, 20, "2025-11-20") != draw_sample(ids, 20, "2025-11-21")
