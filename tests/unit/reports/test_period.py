"""Whole months, never half a one."""

from datetime import date

import pytest

from openrenda.reports.period import period

TODAY = date(2025, 3, 10)


def test_twelve_months_end_with_this_one() -> None:
    found = period("12m", TODAY)
    assert (found.begins, found.ends) == (date(2024, 4, 1), date(2025, 4, 1))
    assert len(found.months) == 12
    assert found.months[-1] == date(2025, 3, 1)
    assert found.last == date(2025, 3, 1)
    assert found.year is None


def test_a_year_is_the_calendars() -> None:
    found = period("2024", TODAY)
    assert (found.begins, found.ends, found.year) == (date(2024, 1, 1), date(2025, 1, 1), 2024)


@pytest.mark.parametrize("key", ["", "2026", "1989", "99999", "１２m", "-1", "12m'--", "²025", "0"])
def test_anything_else_is_the_last_twelve_months(key: str) -> None:
    assert period(key, TODAY) == period("12m", TODAY)


def test_the_last_day_of_a_long_month() -> None:
    assert period("12m", date(2025, 1, 31)).begins == date(2024, 2, 1)
