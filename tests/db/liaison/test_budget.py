"""No action costs more than a load of hundreds of records can pay."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from openrenda.kernel import outbox
from openrenda.kernel.calendars import load_calendar
from openrenda.liaison.states import OpinionState
from tests.makers.liaison import ROAD_TO, STEPS, Cast, a_receipt

CEILING = 20  # the savepoints of the test's own transaction included


def test_no_step_costs_more_than_the_ceiling(cast: Cast) -> None:
    a_receipt(cast)
    load_calendar()
    with outbox.inline(), CaptureQueriesContext(connection) as captured:
        pk = a_receipt(cast).opinion_id
    bills = {"submit": len(captured)}
    for step in ROAD_TO[OpinionState.CLOSED]:
        load_calendar()
        with outbox.inline(), CaptureQueriesContext(connection) as captured:
            STEPS[step](pk, cast)
        bills[step] = len(captured)
    actions_in = {"refer": 3, "result": 2}
    heavy = {step: bill for step, bill in bills.items() if bill > CEILING * actions_in.get(step, 1)}
    assert not heavy, bills
