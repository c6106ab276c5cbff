"""One district for each test."""

import pytest

from openrenda.kernel.calendars import forget_calendar
from tests.makers.liaison import Cast, a_cast


@pytest.fixture(autouse=True)
def _fresh_calendar() -> None:
    forget_calendar()


@pytest.fixture
def cast() -> Cast:
    return a_cast()
