"""The pure count (domain.md 4.5, 4.8, and the vote tests of 12.2 with 300 in office and 10 places)."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openrenda.voting.rules.count import (
    Figures,
    Rules,
    choices_fit,
    decide,
    differences,
    differs_enough,
    fault_in,
    from_choices,
    hash_of,
    is_valid,
    pass_line,
    read_ballots,
    two_thirds,
)
from openrenda.voting.states import Blank, Form, GradeRule, Need

REFS = tuple(f"K{number:02}" for number in range(1, 13))
RULES = Rules(Form.SELECT, base=300, line=151, quota=10, minimum=0, maximum=10, options=REFS)


def votes(*approvals: int, rules: Rules = RULES) -> Figures:
    filled = [*approvals, *[0] * (len(rules.options) - len(approvals))]
    return Figures(287, 287, 287, 0, tuple((n,) for n in filled))


def chosen(result: object) -> set[str]:
    return {line.ref for line in result.lines if line.chosen}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("base", "line"), [(300, 151), (301, 151), (302, 152), (1, 1), (2, 2), (35, 18)])
def test_the_line_is_more_than_half_of_all_members(base: int, line: int) -> None:
    assert pass_line(base) == line


def test_exactly_half_fails_and_one_more_passes() -> None:  # 12.2 g
    rules = replace(RULES, options=("A", "B"), quota=1, maximum=1)
    result = decide(rules, votes(150, 137, rules=rules))
    assert result.need == Need.SHORTFALL
    assert not any(line.passed for line in result.lines)
    assert chosen(decide(rules, votes(151, 136, rules=rules))) == {"A"}
    assert not decide(replace(rules, base=301, line=pass_line(301)), votes(150, 0, rules=rules)).lines[0].passed


@pytest.mark.parametrize(("base", "needed"), [(300, 200), (301, 201), (299, 200), (3, 2)])
def test_a_congress_needs_two_thirds(base: int, needed: int) -> None:  # 12.2 b
    assert two_thirds(base) == needed


def test_eleven_ticks_are_void_and_none_is_valid() -> None:  # 12.2 c, d
    assert not is_valid(RULES, range(11))
    assert is_valid(RULES, range(10))
    assert is_valid(RULES, [])
    assert not is_valid(replace(RULES, blank=Blank.VOID), [])
    read = read_ballots(RULES, 4, [[range(11)], [[]], [[0, 1]]])
    assert (read.returned, read.valid, read.void) == (3, 2, 1)
    assert read.lines[0] == (1,)
    top = decide(RULES, read).lines[0]
    assert (top.approve, top.abstain) == (1, 1), "the blank paper abstains on every line"


def test_equal_votes_across_the_cut_choose_nobody_of_them() -> None:  # 12.2 e
    result = decide(RULES, votes(280, 270, 260, 250, 240, 230, 220, 210, 200, 180, 180, 90))
    assert result.need == Need.TIE
    assert (result.tied, result.places) == (("K10", "K11"), 1)
    assert chosen(result) == set(REFS[:9])


def test_a_tie_inside_the_cut_is_none() -> None:
    result = decide(RULES, votes(280, 280, 260, 250, 240, 230, 220, 210, 200, 180, 170, 90))
    assert result.need == Need.NOTHING
    assert [line.rank for line in result.lines[:3]] == [1, 1, 3]


def test_among_the_tied_more_votes_win_without_a_line_and_a_second_tie_is_the_presidiums() -> None:
    again = replace(RULES, options=("K10", "K11"), quota=1, maximum=1, line=0, second=True)
    assert chosen(decide(again, votes(120, 90, rules=again))) == {"K10"}
    assert decide(again, votes(100, 100, rules=again)).need == Need.SECOND_TIE


def test_too_few_above_the_line() -> None:  # 12.2 f
    result = decide(RULES, votes(280, 270, 260, 250, 240, 230, 220, 151, 150, 120, 90, 80))
    assert (result.need, result.places) == (Need.SHORTFALL, 2)
    assert chosen(result) == set(REFS[:8])


def test_absent_deputies_never_lower_the_line() -> None:  # 12.2 h
    few = replace(votes(150, 149), issued=200, returned=200, valid=200)
    assert not any(line.passed for line in decide(RULES, few).lines)


@pytest.mark.parametrize(
    ("candidates", "quota", "percent", "enough"),
    [(12, 12, 10, False), (12, 10, 10, True), (11, 10, 10, True), (21, 20, 10, False), (12, 10, 21, False)],
)
def test_difference(candidates: int, quota: int, percent: int, enough: bool) -> None:  # 12.2 j
    assert differs_enough(candidates, quota, percent) is enough


def test_tellers_entries_are_compared_line_by_line() -> None:  # 12.2 i
    one, two = votes(280, 200), votes(280, 201)
    assert differences(RULES, one, one) == ()
    assert differences(RULES, one, replace(two, valid=286, void=1)) == ("valid", "void", "K02 approve")


@given(st.lists(st.integers(0, 287), min_size=12, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_order_of_input_never_changes_the_result(approvals: list[int], dice: random.Random) -> None:
    order = list(range(12))
    dice.shuffle(order)
    straight = decide(RULES, votes(*approvals))
    shuffled = replace(RULES, options=tuple(REFS[i] for i in order))
    assert decide(shuffled, votes(*(approvals[i] for i in order))) == straight
    assert len(chosen(straight)) <= RULES.quota
    assert all(line.passed for line in straight.lines if line.chosen)


@pytest.mark.parametrize(
    ("marks", "rule", "grade"),
    [
        ((182, 10, 1, 0), GradeRule.MAJORITY_MEMBERS, "satisfied"),  # 宁国
        ((100, 60, 33, 0), GradeRule.MAJORITY_MEMBERS, "mostly"),
        ((90, 60, 43, 0), GradeRule.MAJORITY_MEMBERS, "unsatisfied"),  # 150 of 300: not more than half
        ((128, 40, 25, 0), GradeRule.TWO_THIRDS, "mostly"),
        ((129, 39, 25, 0), GradeRule.TWO_THIRDS, "satisfied"),  # 129 * 3 = 387 >= 193 * 2 = 386
        ((60, 60, 73, 0), GradeRule.TWO_THIRDS, "unsatisfied"),
        ((0, 0, 0, 0), GradeRule.TWO_THIRDS, "unsatisfied"),
    ],
)
def test_grades(marks: tuple[int, ...], rule: GradeRule, grade: str) -> None:
    rules = Rules(Form.GRADES, 300, 151, 0, 1, 1, ("K01",), grade_rule=rule)
    assert decide(rules, Figures(193, 193, 193, 0, (marks,))).lines[0].grade == grade


def test_item_by_item_two_marks_void_their_line_only() -> None:
    rules = Rules(Form.ITEMS, 9, 5, 0, 1, 1, ("甲", "乙"))
    read = read_ballots(rules, 3, [[[0], [1]], [[0, 1], [0]], [[2], []]])
    assert read.lines == ((1, 0, 1), (1, 1, 0))
    assert (read.valid, read.void) == (3, 0)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"valid": 280}, "sum"),
        ({"lines": ((288,), *((0,),) * 11)}, "line"),
        ({"lines": ((-1,), *((0,),) * 11)}, "negative"),
        ({"lines": ((287,),) * 12}, "marks"),
        ({"lines": ((1,),)}, "lines"),
        ({"returned": 288, "valid": 288}, ""),
    ],
)
def test_figures_that_cannot_be(change: dict[str, object], why: str) -> None:
    assert fault_in(RULES, replace(votes(200), **change)) == why  # type: ignore[arg-type]


def test_rules_survive_their_record_and_any_change_shows() -> None:
    raw = RULES.as_json()
    assert Rules.from_json({**raw, "title": "unknown to the count"}) == RULES
    assert len({hash_of(raw), hash_of({**raw, "quota": 11}), hash_of({**raw, "options": list(REFS[::-1])})}) == 3
    assert hash_of(dict(reversed(raw.items()))) == hash_of(raw)


def test_votes_by_name() -> None:
    rules = Rules(Form.ITEMS, 9, 5, 0, 1, 1, ("甲", "乙"))
    assert choices_fit(rules, ["approve", "oppose"])
    assert not choices_fit(rules, ["approve"])
    assert not choices_fit(RULES, ["K01", "K01"])
    assert from_choices(rules, [["approve", "oppose"], ["approve", "abstain"]], 5).lines == ((2, 0, 0), (0, 1, 1))
