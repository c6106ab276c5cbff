"""Two officers at one case at once: one wins, the other is told; nothing is half done."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from openrenda.kernel import clock
from openrenda.kernel.errors import OpenRendaError
from openrenda.suggestions import actions
from openrenda.suggestions.models import Step
from openrenda.suggestions.states import State
from tests.makers.orgs import a_unit
from tests.makers.suggestions import a_distributed, a_planned, a_submitted, clerk, hub, sc_rep

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Each act on its own connection, all started together; what each came to."""
    start, ends = Barrier(len(acts)), [""] * len(acts)
    moment = clock.now()

    def run(place: int, act: Callable[[], object]) -> None:
        with clock.at(moment):
            start.wait()
            try:
                act()
                ends[place] = "done"
            except OpenRendaError as error:
                ends[place] = error.code
            finally:
                connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_one_of_two_officers_wins() -> None:
    walk = a_submitted()
    office = sc_rep()
    ends = at_once(
        lambda: actions.accept(suggestion_id=walk.pk, actor=office),
        lambda: actions.send_back(suggestion_id=walk.pk, reason="请修改", actor=office),
    )
    assert sorted(ends) == ["done", "kernel.wrong_state"]
    assert walk.now.state in (State.ACCEPTED, State.RETURNED_EDIT)


def test_two_assignment_days_assign_once() -> None:
    walks = [a_planned() for _ in range(3)]
    ids, office = [walk.pk for walk in walks], sc_rep()
    ends = at_once(
        lambda: actions.assign_in_bulk(suggestion_ids=ids, actor=office),
        lambda: actions.assign_in_bulk(suggestion_ids=ids[::-1], actor=office),
    )
    assert sorted(ends) == ["done", "suggestions.bulk_refused"]
    for walk in walks:
        assert walk.now.assignments.count() == 1
        assert Step.objects.filter(suggestion=walk.now, kind="assigned").count() == 1


def test_numbers_have_no_gap_under_haste() -> None:
    walks, office = [a_submitted() for _ in range(6)], sc_rep()
    ends = at_once(*[lambda pk=walk.pk: actions.accept(suggestion_id=pk, actor=office) for walk in walks])  # type: ignore[misc]
    assert ends == ["done"] * 6
    assert sorted(walk.now.serial or 0 for walk in walks) == [1, 2, 3, 4, 5, 6]


def test_signing_for_and_changing_the_unit_exclude_each_other() -> None:
    walk = a_distributed()
    turn, unit, signer, office = walk.turn(), a_unit("B04").pk, clerk(), hub()
    ends = at_once(
        lambda: actions.sign_for(assignment_id=turn.pk, actor=signer),
        lambda: actions.reassign(assignment_id=turn.pk, unit_id=unit, reason="职能调整", actor=office),
    )
    assert sorted(ends) == ["done", "kernel.wrong_state"]
    assert walk.now.state in (State.HANDLING, State.ASSIGNED2)
