"""A suggestion that was taken over from an old register says so, to the public and, with file and line, to offices."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from openrenda.exchange import origin
from openrenda.kernel import clock
from openrenda.suggestions.models import Suggestion
from tests.makers.orgs import a_congress, a_deputy
from tests.makers.register import a_row, taken_over
from tests.makers.suggestions import a_category


@pytest.fixture
def taken() -> Suggestion:
    a_deputy("李绍武", code="D900")
    a_category("老旧小区")
    with clock.at(date(2025, 9, 30)), origin.told("2025年台账.xlsx", 7):
        taken_over([a_row()], a_congress())
    return Suggestion.objects.get()


def test_the_workbench_names_file_and_line(taken: Suggestion, enter: Callable[[str], Client]) -> None:
    page = enter("rep").get(f"/work/suggestions/{taken.pk}/").content.decode()
    assert "台账补录：2025年台账.xlsx 第2行" in " ".join(page.split())
    assert page.count("timeline-note") == taken.steps.count()


def test_the_public_sees_that_it_comes_from_the_register_and_not_from_which_file(
    taken: Suggestion, client: Client
) -> None:
    page = client.get(f"/suggestions/{taken.key}/").content.decode()
    assert "台账补录" in page
    assert "xlsx" not in page
    assert "没有记载" in page, "the register does not tell the letter's number"
