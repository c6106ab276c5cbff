"""Two at once, on two connections: one wins, the other is told."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from openrenda.kernel import clock as kernel_clock
from openrenda.kernel.errors import Conflict
from openrenda.liaison import actions
from openrenda.liaison.errors import BadMerge
from openrenda.liaison.models import Opinion, OpinionStep
from openrenda.liaison.states import OpinionState, Satisfaction
from tests.makers.liaison import Cast, a_cast, a_receipt, again, an_opinion, resident_of

S = OpinionState
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(name="cast")
def _cast() -> Cast:
    return a_cast()


def together(*deeds: Callable[[], object]) -> list[object]:
    """Run all at the same moment, each in a thread with its own connection; results or refusals, in order."""
    gate = threading.Barrier(len(deeds))
    results: list[object] = [None] * len(deeds)
    moment = kernel_clock.now()

    def run(n: int, deed: Callable[[], object]) -> None:
        try:
            with kernel_clock.at(moment):
                gate.wait(timeout=20)
                results[n] = deed()
        except Exception as refused:
            results[n] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, deed)) for n, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def winners(results: list[object]) -> int:
    assert all(isinstance(r, (Opinion, Conflict, BadMerge)) for r in results), results
    return sum(isinstance(r, Opinion) for r in results)


def test_two_officers_register_one_wins(cast: Cast) -> None:
    opinion = an_opinion(cast)
    results = together(
        lambda: actions.register(opinion_id=opinion.pk, actor=cast.staff),
        lambda: actions.register(opinion_id=opinion.pk, actor=cast.head),
    )
    assert winners(results) == 1
    assert OpinionStep.objects.filter(opinion=opinion, move="register").count() == 1


def test_the_clockwork_and_the_resident_close_one_wins(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.FED_BACK)
    clock.forward(days=9)
    results = together(
        lambda: actions.close_silent(opinion_id=opinion.pk, actor=cast.clockwork),
        lambda: actions.rate(
            opinion_id=opinion.pk, satisfaction=Satisfaction.SATISFIED, actor=resident_of(opinion.pk, cast.congress_id)
        ),
    )
    done = again(opinion.pk)
    assert done.state == S.CLOSED
    assert done.satisfaction == Satisfaction.SATISFIED  # a word that comes with the bell counts, early or late
    assert isinstance(results[1], Opinion)


def test_two_merges_the_other_way_round_do_not_wait_for_each_other(cast: Cast) -> None:
    a, b = an_opinion(cast, S.REGISTERED), an_opinion(cast, S.REGISTERED)
    results = together(
        lambda: actions.merge(opinion_id=a.pk, into_id=b.pk, actor=cast.head),
        lambda: actions.merge(opinion_id=b.pk, into_id=a.pk, actor=cast.head),
    )
    assert winners(results) == 1
    assert Opinion.objects.filter(state=S.MERGED).count() == 1


def test_a_form_sent_five_times_at_once_is_one_record(cast: Cast) -> None:
    results = together(*[lambda: a_receipt(cast, idempotency_key="form-at-once")] * 5)
    assert Opinion.objects.count() == 1, results
    assert len({(r.number, r.code) for r in results}) == 1  # type: ignore[attr-defined]


def test_numbers_have_no_gap_when_many_write_at_once(cast: Cast) -> None:
    results = together(*[lambda n=n: a_receipt(cast, idempotency_key=f"form-many-{n}") for n in range(6)])  # type: ignore[misc]
    assert sorted(r.number[-6:] for r in results) == [f"{n:06}" for n in range(1, 7)]  # type: ignore[attr-defined]
    assert connection.is_usable()
