"""Working days by the State Council's notices, make-up days included, and by what an administrator wrote over them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.kernel.calendars import WANTED_COVERAGE_DAYS, coverage_is_short
from openrenda.kernel.workdays import Calendar, DayKind, notices_until

CAL = Calendar()
DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2025, 1, 26), DayKind.MAKEUP),  # Sunday before Spring Festival
        (date(2025, 1, 28), DayKind.HOLIDAY),  # New Year's Eve
        (date(2025, 2, 8), DayKind.MAKEUP),
        (date(2025, 2, 9), DayKind.WEEKEND),
        (date(2025, 9, 28), DayKind.MAKEUP),
        (date(2025, 10, 1), DayKind.HOLIDAY),
        (date(2025, 10, 4), DayKind.HOLIDAY),  # a Saturday inside the holiday
        (date(2025, 10, 8), DayKind.HOLIDAY),
        (date(2025, 10, 9), DayKind.WORKDAY),
        (date(2025, 10, 11), DayKind.MAKEUP),
        (date(2025, 10, 12), DayKind.WEEKEND),
        (date(2025, 3, 6), DayKind.WORKDAY),
    ],
)
def test_days_of_2025(day: date, kind: DayKind) -> None:
    assert CAL.kind(day) is kind
    assert CAL.is_workday(day) == (kind in {DayKind.WORKDAY, DayKind.MAKEUP})


def test_five_working_days_across_national_day_2025() -> None:
    # Tue 30 Sep: 9, 10, 11 (made up), 13, 14 October.
    assert CAL.add(date(2025, 9, 30), 5) == date(2025, 10, 14)


def test_a_sunday_that_is_worked_counts() -> None:
    assert CAL.add(date(2025, 1, 24), 1) == date(2025, 1, 26)


def test_years_without_a_notice_fall_back_to_weekends() -> None:
    later = notices_until().year + 1
    new_year = date(later, 1, 1)
    assert CAL.kind(new_year) in {DayKind.WORKDAY, DayKind.WEEKEND}
    saturday = next(new_year + timedelta(days=n) for n in range(7) if (new_year + timedelta(days=n)).weekday() == 5)
    assert not CAL.is_workday(saturday)
    assert CAL.covered_until == date(later - 1, 12, 31)


def test_an_override_beats_the_notice_and_claims_its_year() -> None:
    later = notices_until().year + 1
    cal = Calendar({date(2025, 3, 6): DayKind.HOLIDAY, date(later, 1, 1): DayKind.HOLIDAY})
    assert cal.kind(date(2025, 3, 6)) is DayKind.HOLIDAY
    assert cal.next_workday(date(2025, 3, 6)) == date(2025, 3, 7)
    assert cal.covered_until == date(later, 12, 31)


def test_coverage_is_short_when_next_year_is_missing() -> None:
    end = CAL.covered_until
    assert coverage_is_short(CAL, end - timedelta(days=WANTED_COVERAGE_DAYS - 1))
    assert not coverage_is_short(CAL, end - timedelta(days=WANTED_COVERAGE_DAYS))


def test_nothing_is_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        CAL.add(date(2025, 3, 6), -1)


@given(DAYS, st.integers(1, 120))
def test_adding_and_counting_are_inverse(start: date, count: int) -> None:
    end = CAL.add(start, count)
    assert CAL.is_workday(end)
    assert CAL.between(start, end) == count
    assert CAL.between(end, start) == -count


@given(DAYS, DAYS, DAYS)
def test_counts_add_up(a: date, b: date, c: date) -> None:
    first, second, third = sorted((a, b, c))
    assert CAL.between(first, second) + CAL.between(second, third) == CAL.between(first, third)


@given(DAYS)
def test_the_next_working_day_is_the_nearest(day: date) -> None:
    found = CAL.next_workday(day)
    assert found >= day
    assert CAL.is_workday(found)
    assert not any(CAL.is_workday(day + timedelta(days=n)) for n in range((found - day).days))
