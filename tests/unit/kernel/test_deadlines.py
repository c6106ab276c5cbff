"""Clocks by 民法典 §201–§203, each able to say how it was computed."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.kernel import clock as kernel_clock
from openrenda.kernel import deadlines
from openrenda.kernel.deadlines import Lamp
from openrenda.kernel.workdays import Calendar, DayKind

CAL = Calendar()
DAYS = st.dates(date(2020, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("start", "count", "legal"),
    [
        (date(2025, 3, 6), 3, date(2025, 6, 6)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),  # no 31st
        (date(2024, 1, 31), 1, date(2024, 2, 29)),  # leap year
        (date(2025, 3, 31), 6, date(2025, 9, 30)),  # 31 → 30
        (date(2024, 11, 30), 3, date(2025, 2, 28)),  # across the year
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 2, 28), 1, date(2025, 3, 28)),  # the day number, not "the last day"
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_number_or_the_months_last(start: date, count: int, legal: date) -> None:
    assert deadlines.months(start, count, CAL, "代表法").legal_due == legal


def test_an_end_on_national_day_moves_past_the_whole_holiday() -> None:
    found = deadlines.months(date(2025, 7, 1), 3, CAL, "办法 §12")
    assert (found.legal_due, found.due, found.basis) == (date(2025, 10, 1), date(2025, 10, 9), "办法 §12")
    assert [step.day.day for step in found.steps] == [1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert found.steps[2].note == DayKind.HOLIDAY.label
    assert found.steps[-1].counted


def test_an_end_on_a_saturday_that_is_worked_stays() -> None:
    assert deadlines.months(date(2025, 7, 11), 3, CAL, "x").due == date(2025, 10, 11)


def test_an_end_on_a_working_day_has_no_skipped_steps() -> None:
    found = deadlines.months(date(2025, 3, 6), 3, CAL, "x")
    assert found.due == found.legal_due
    assert len(found.steps) == 2


def test_calendar_days_roll_only_when_asked() -> None:
    rolled = deadlines.days(date(2025, 3, 3), 5, CAL, "x")
    plain = deadlines.days(date(2025, 3, 3), 5, CAL, "x", roll=False)
    assert (rolled.legal_due, rolled.due) == (date(2025, 3, 8), date(2025, 3, 10))  # Saturday → Monday
    assert plain.due == date(2025, 3, 8)


def test_a_working_day_clock_lists_each_day_and_whether_it_counted() -> None:
    found = deadlines.workdays(date(2025, 9, 30), 5, CAL, "x")
    assert found.due == date(2025, 10, 14)
    assert [step.day for step in found.steps if step.counted] == [
        date(2025, 10, 9), date(2025, 10, 10), date(2025, 10, 11), date(2025, 10, 13), date(2025, 10, 14),
    ]  # fmt: skip
    assert len(found.steps) == 15


def test_an_hour_clock_runs_through_the_night() -> None:
    start = datetime(2025, 9, 30, 18, 0, tzinfo=kernel_clock.ZONE)
    assert deadlines.hours(start, 24) == datetime(2025, 10, 1, 18, 0, tzinfo=kernel_clock.ZONE)


@given(DAYS, st.integers(1, 12))
def test_a_deadline_never_falls_on_a_rest_day(start: date, count: int) -> None:
    for found in (
        deadlines.months(start, count, CAL, "x"),
        deadlines.days(start, count, CAL, "x"),
        deadlines.workdays(start, count, CAL, "x"),
    ):
        assert CAL.is_workday(found.due)
        assert found.due >= found.legal_due > start
        assert found.steps[0].day == start
        assert found.steps[-1].day == found.due
        assert CAL.between(found.legal_due, found.due) <= 1


@given(DAYS, st.integers(0, 40))
def test_months_never_skip_a_month(start: date, count: int) -> None:
    legal = deadlines.add_months(start, count)
    assert (legal.year - start.year) * 12 + legal.month - start.month == count
    assert legal.day <= start.day


@pytest.mark.parametrize(
    ("left", "expected"),
    [(11, Lamp.GREEN), (10, Lamp.YELLOW), (4, Lamp.YELLOW), (3, Lamp.ORANGE), (0, Lamp.ORANGE)],
)
def test_lamps_by_working_days_left(left: int, expected: Lamp) -> None:
    today = date(2025, 3, 10)
    due = CAL.add(today, left)
    assert deadlines.days_left(due, today, CAL) == left
    assert deadlines.lamp(due, today, CAL) is expected


def test_overdue_is_red_from_the_first_day_even_a_rest_day() -> None:
    friday, saturday, monday = date(2025, 3, 7), date(2025, 3, 8), date(2025, 3, 10)
    assert deadlines.lamp(friday, friday, CAL) is Lamp.ORANGE
    assert deadlines.lamp(friday, saturday, CAL) is Lamp.RED
    assert deadlines.days_left(friday, saturday, CAL) == -1
    assert deadlines.days_left(friday, monday, CAL) == -1
    assert deadlines.days_left(friday, monday + timedelta(days=1), CAL) == -2


def test_what_is_done_stays_as_it_was_done() -> None:
    due = date(2025, 3, 7)
    assert deadlines.lamp(due, date(2026, 1, 1), CAL, done_on=due) is Lamp.BLUE
    assert deadlines.lamp(due, date(2026, 1, 1), CAL, done_on=due + timedelta(days=1)) is Lamp.RED
    assert deadlines.lamp(None, due, CAL) is Lamp.NONE
