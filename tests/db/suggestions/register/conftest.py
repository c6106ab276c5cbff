"""The makers' district with one deputy and one subject, in the autumn after the session."""

from collections.abc import Iterator
from datetime import date

import pytest

from openrenda.kernel import clock as kernel_clock
from openrenda.orgs.models import Congress, Mandate
from tests.makers.orgs import a_congress, a_deputy
from tests.makers.suggestions import a_category

AUTUMN = date(2025, 9, 30)


@pytest.fixture
def autumn() -> Iterator[None]:
    with kernel_clock.at(AUTUMN):
        yield


@pytest.fixture
def lead() -> Mandate:
    return a_deputy("李绍武", code="D900")


@pytest.fixture
def district(lead: Mandate, autumn: None) -> Congress:
    a_category("老旧小区")
    return a_congress()
