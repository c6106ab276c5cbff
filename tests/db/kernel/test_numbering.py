"""Numbers follow without a gap, whoever rolls back (domain.md B.2)."""

import random

import pytest
from django.db import transaction

from openrenda.kernel import numbering
from openrenda.kernel.models import NumberSeries
from tests.makers.kernel import a_rollback, at_once

THREADS = 20
EACH = 6


def test_a_series_begins_at_one_and_is_its_own() -> None:
    assert [numbering.take("JY-16-5", 1) for _ in range(3)] == [1, 2, 3]
    assert numbering.take("JY-16-5", 2) == 1
    assert numbering.take("YJ2025-S01", 1) == 1


def test_it_costs_one_query(django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        numbering.take("JY-16-5", 1)


def test_a_rollback_gives_the_number_back() -> None:
    numbering.take("JY-16-5", 1)
    with a_rollback():
        assert numbering.take("JY-16-5", 1) == 2
    assert numbering.take("JY-16-5", 1) == 2


def test_a_load_may_continue_after_its_own_numbers_but_never_backwards() -> None:
    numbering.start_after("JY-16-5", 1, 114)
    assert numbering.take("JY-16-5", 1) == 115
    numbering.start_after("JY-16-5", 1, 7)
    assert numbering.take("JY-16-5", 1) == 116


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_there_is_no_number() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        numbering.take("JY-16-5", 1)
    assert not NumberSeries.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_threads_with_random_rollbacks_leave_no_gap() -> None:
    kept: list[int] = []

    def work(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  a test's dice
        for _ in range(EACH):
            if chance.random() < 0.4:
                with a_rollback():
                    numbering.take("JY-16-5", 1)
            else:
                with transaction.atomic():
                    number = numbering.take("JY-16-5", 1)
                kept.append(number)

    at_once(THREADS, work)
    assert 0 < len(kept) < THREADS * EACH
    assert sorted(kept) == list(range(1, len(kept) + 1))
