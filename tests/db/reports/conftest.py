"""One district for each test, and nothing kept from the one before."""

import pytest
from django.core.cache import cache

from openrenda.kernel.calendars import forget_calendar
from tests.makers.liaison import Cast, a_cast


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> None:
    cache.clear()
    forget_calendar()


@pytest.fixture
def cast() -> Cast:
    return a_cast()
