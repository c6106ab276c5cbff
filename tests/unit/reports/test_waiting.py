"""Those who still wait are counted: at least so long."""

from fractions import Fraction

import pytest

from openrenda.reports.waiting import Bin, Waiting, bins, within

HALF = Fraction(1, 2)


def test_with_nobody_waiting_it_is_the_median_of_the_answered() -> None:
    assert within(Waiting({1: 1, 2: 1, 9: 1}, {}), HALF) == 2


def test_those_still_waiting_push_the_middle_up() -> None:
    answered = {1: 3, 5: 1, 30: 1}
    assert within(Waiting(answered, {}), HALF) == 1
    assert within(Waiting(answered, {40: 4}), HALF) == 30


def test_leaving_the_open_ones_out_would_look_better_than_it_is() -> None:
    spans = Waiting({2: 2}, {10: 3})
    assert within(Waiting(spans.done, {}), HALF) == 2
    assert within(spans, HALF) is None, "two of five answered is less than half"


def test_the_estimate_by_hand() -> None:
    # Five cases: answered after 1 and 3 and 5 days, one waits since 2, one since 4 days.
    # S(1) = 4/5, S(3) = 4/5 · 2/3 = 8/15, S(5) = 8/15 · 0 = 0.
    spans = Waiting({1: 1, 3: 1, 5: 1}, {2: 1, 4: 1})
    assert within(spans, Fraction(1, 5)) == 1
    assert within(spans, Fraction(7, 15)) == 3
    assert within(spans, HALF) == 5


def test_who_began_to_wait_on_the_day_of_an_answer_was_at_risk_that_day() -> None:
    assert within(Waiting({3: 1}, {3: 1}), HALF) == 3


@pytest.mark.parametrize("spans", [Waiting({}, {}), Waiting({}, {3: 2})])
def test_without_an_answer_there_is_no_middle(spans: Waiting) -> None:
    assert within(spans, HALF) is None


def test_bins_lose_nobody() -> None:
    spans = Waiting({0: 2, 1: 1, 4: 3, 400: 1}, {2: 5, 11: 1})
    found = bins(spans, (1, 5, 10))
    assert found == [Bin(0, 1, 3, 0), Bin(2, 5, 3, 5), Bin(6, 10, 0, 0), Bin(11, None, 1, 1)]
    assert sum(one.done + one.waiting for one in found) == spans.total
