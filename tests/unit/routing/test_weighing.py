"""Hints become an order; the figures count it; the words that are shown stand in the text."""

import pytest

from openrenda.routing.figures import Figures, Hits
from openrenda.routing.grams import grams
from openrenda.routing.judging import judge
from openrenda.routing.offices import duties_of
from openrenda.routing.spans import spans
from openrenda.routing.values import COMMUNITY, NOWHERE, STREET, Place
from openrenda.routing.weighing import DUTY_WEIGHT, MAP_WEIGHT, DutyBook, Hint, shares, weigh
from tests.makers.routing import an_example, cases

GARDENS, POLICE, JUDGES = 11, 12, 13
NAMES = ((GARDENS, "区园林绿化中心"), (POLICE, "区公安分局"), (JUDGES, "区人民法院"), (14, "区住房和城乡建设局"))


def test_duty_words_are_known_by_an_offices_name() -> None:
    duties = duties_of(NAMES)
    assert "行道树" in duties[GARDENS]
    assert STREET in duties
    assert 99 not in duties_of([(99, "某某处")])


def test_the_longer_duty_word_speaks_for_the_shorter() -> None:
    hints = DutyBook(duties_of(NAMES)).hints("想加装电梯", "")
    assert hints[14].words == ("加装电梯",)


def test_a_word_of_few_offices_counts_more() -> None:
    book = DutyBook({1: {"树", "停车"}, 2: {"停车"}, 3: {"停车"}})
    hints = book.hints("树下停车", "")
    assert hints[1].score > hints[2].score == hints[3].score


def test_a_common_word_counts_less_once_cases_are_known() -> None:
    book = DutyBook({1: {"小区"}, 2: {"消火栓"}}, {"小区": 90, "消火栓": 1}, 100)
    hints = book.hints("小区消火栓", "")
    assert hints[2].score > hints[1].score


def test_no_duty_word_no_hint() -> None:
    assert DutyBook(duties_of(NAMES)).hints("", "") == {}


def test_the_street_is_the_street_of_the_case() -> None:
    hints = {STREET: Hint(0.9, ("邻居",)), GARDENS: Hint(0.1, ("树",))}
    assert weigh({}, hints, Place(31)) == pytest.approx({31: 0.9 * DUTY_WEIGHT, GARDENS: 0.1 * DUTY_WEIGHT})
    assert weigh({STREET: 0.5, COMMUNITY: 0.5}, {}, NOWHERE) == {}
    assert weigh({COMMUNITY: 0.5}, {}, Place(31, 77)) == {77: 0.5}


def test_who_ended_is_followed_by_the_heir() -> None:
    points = weigh({1: 0.5, 2: 0.4, 3: 0.3}, {}, NOWHERE, usual=1, heir={1: 9, 2: None, 3: 3})
    assert points == pytest.approx({9: 0.5 + MAP_WEIGHT, 3: 0.3})


def test_shares_never_exceed_the_whole() -> None:
    points = {1: 0.6, 2: 0.2, 3: -0.4, 4: 0.2}
    found = shares(points, [1, 2, 3])
    assert found == pytest.approx({1: 0.6, 2: 0.2, 3: 0.0})
    assert shares({1: -1.0}, [1]) == {1: 0.0}


def test_place_and_unit_answer_each_other() -> None:
    place = Place(31, 77)
    assert [place.label(unit) for unit in (31, 77, 5)] == [STREET, COMMUNITY, 5]
    assert [place.unit(label) for label in (STREET, COMMUNITY, 5)] == [31, 77, 5]
    assert NOWHERE.unit(STREET) is None


# -- words -------------------------------------------------------------------------------------------------------------


def test_pairs_do_not_reach_over_a_break() -> None:
    assert grams(("", "树枝，挡窗")) == ["树", "枝", "树枝", "挡", "窗", "挡窗"]
    assert grams(("ＡＢ", "")) == ["a", "a", "b", "b", "ab", "ab"], "a word of the title counts twice"


def test_shown_words_are_the_texts_own_and_strongest_first() -> None:
    speaking = {"消火": 0.3, "火栓": 0.3, "路灯": 0.4, "灯不": 0.9, "水压": 0.02}
    assert spans("消火栓没有水", "路灯不亮，水压低", speaking, 3) == ("消火栓", "路灯")


def test_no_word_speaks() -> None:
    assert spans("消火栓", "", {}, 3) == ()
    assert spans("", "", {"消火": 1.0}, 3) == ()


# -- figures -----------------------------------------------------------------------------------------------------------


def test_hits_are_counted_by_rank() -> None:
    found = Hits.of([1, 1, 2, 3, 0])
    assert (found.n, found.first, found.among) == (5, 2, 4)
    assert (found.top1, found.top3) == (0.4, 0.8)
    assert Hits.of([]).top1 is None


def test_plain_cases_are_judged_right_and_a_stray_one_is_a_mistake() -> None:
    examples = [*cases(GARDENS, POLICE, JUDGES), an_example(90, "东街梧桐枝叶遮住窗户，请剪枝", JUDGES)]
    figures = judge(examples, {}, {})
    assert figures.units.n == 25
    assert figures.units.first >= 23
    assert (JUDGES, GARDENS, 1) in figures.mistakes
    assert figures.by_kind == {"test.case": figures.units}


def test_a_twin_of_the_same_matter_is_no_witness() -> None:
    plain = cases(GARDENS, POLICE, JUDGES)
    twins = [an_example(90 + n, "屋檐下的马蜂窝", 15, matter="m1") for n in range(2)]
    figures = judge([*plain, *twins], {}, {})
    assert figures.units_alone.first == figures.units.first + 2


def test_the_category_map_is_part_of_what_is_judged() -> None:
    examples = [an_example(n, f"请早点办好{n}", GARDENS if n % 2 else POLICE, category=None) for n in range(8)]
    mapped = [an_example(n, f"请早点办好{n}", GARDENS if n % 2 else POLICE, category=n % 2) for n in range(8)]
    assert judge(mapped, {}, {1: GARDENS, 0: POLICE}).units.first > judge(examples, {}, {}).units.first


def test_figures_are_read_back_as_they_were_stored() -> None:
    figures = judge(cases(GARDENS, POLICE, JUDGES, category=2), {}, {})
    assert Figures.read(figures.stored()) == figures
