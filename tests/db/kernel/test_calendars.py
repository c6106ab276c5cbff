"""Days an administrator wrote over the notices."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from openrenda.kernel import calendars, clock
from openrenda.kernel.models import CalendarDay
from openrenda.kernel.workdays import DayKind

DAY = date(2025, 3, 12)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    calendars.forget_calendar()
    yield
    calendars.forget_calendar()


def a_day(day: date = DAY, kind: str = DayKind.HOLIDAY) -> CalendarDay:
    return CalendarDay.objects.create(day=day, kind=kind, note="停水放假", source="区政府通知", created_at=clock.now())


def test_an_override_counts_once_the_calendar_is_read_again() -> None:
    assert calendars.load_calendar().is_workday(DAY)
    a_day()
    assert calendars.load_calendar().is_workday(DAY), "kept for some seconds"
    calendars.forget_calendar()
    cal = calendars.load_calendar()
    assert not cal.is_workday(DAY)
    assert cal.add(date(2025, 3, 11), 1) == date(2025, 3, 13)


def test_it_costs_one_query_and_then_none(django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        calendars.load_calendar()
        calendars.load_calendar()


def test_the_database_refuses_a_second_row_and_an_unknown_kind() -> None:
    a_day()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_day()
    with pytest.raises(IntegrityError, match="calendar_day_kind"), transaction.atomic():
        a_day(date(2025, 3, 13), "funday")
