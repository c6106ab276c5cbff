"""Clocks: the resident's is never put off, settings change nothing that runs, calendars are applied on purpose."""

from datetime import date
from typing import Any

import pytest

from openrenda.kernel import parameters
from openrenda.kernel.calendars import forget_calendar
from openrenda.kernel.deadlines import Lamp
from openrenda.kernel.errors import NotAllowed
from openrenda.kernel.models import CalendarDay
from openrenda.liaison import actions, selectors
from openrenda.liaison.models import Clock
from openrenda.liaison.rules import clocks
from openrenda.liaison.states import ClockKind, OpinionState, RouteLevel
from openrenda.orgs.states import Role
from tests.makers.liaison import Cast, again, an_opinion, refer_to
from tests.makers.orgs import a_unit

S = OpinionState


@pytest.mark.parametrize(
    ("level", "unit", "unit_due", "answer_due"),
    [(RouteLevel.COMMUNITY, "Q01", "2025-03-19", "2025-03-24"), (RouteLevel.STREET, "J01", "2025-03-24", "2025-03-27"),
     (RouteLevel.DEPARTMENT, "B03", "2025-03-31", "2025-04-03"), (RouteLevel.ORGAN, "F01", "2025-03-31", "2025-04-03")],
)  # fmt: skip
def test_terms_by_level(cast: Cast, level: RouteLevel, unit: str, unit_due: str, answer_due: str) -> None:
    opinion = an_opinion(cast, S.CLASSIFIED)
    refer_to(opinion.pk, cast, unit, level)
    due = {c.kind: c.due.isoformat() for c in Clock.objects.filter(opinion=opinion, met_on=None)}
    assert due == {"handle": unit_due, "answer": answer_due, "sign": "2025-03-12"}
    assert again(opinion.pk).due_on.isoformat() == "2025-03-12"


def test_urgent_matters_have_24_hours(cast: Cast, clock: Any) -> None:
    clock.at(date(2025, 3, 14))  # a Friday: safety does not wait for Monday
    opinion = an_opinion(cast, S.REGISTERED)
    actions.classify(opinion_id=opinion.pk, category_id=cast.category.pk, is_urgent=True, actor=cast.head)
    actions.refer(opinion_id=opinion.pk, level=RouteLevel.COMMUNITY, unit_id=a_unit("Q01").pk, actor=cast.head)
    assert Clock.objects.get(opinion=opinion, kind="handle").due == date(2025, 3, 15)


def test_no_number_of_hops_puts_the_residents_day_off(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.CLASSIFIED)
    refer_to(opinion.pk, cast, "B03")
    promised = again(opinion.pk).answer_due
    for unit in ("B04", "B03", "B04"):
        clock.forward(days=1)
        handler = again(opinion.pk).handler_unit
        assert handler is not None
        actions.send_back(opinion_id=opinion.pk, reason="不属本单位", actor=cast.unit_actor(Role.UNIT_CLERK, handler))
        assert (again(opinion.pk).due_on, again(opinion.pk).due_kind) == (promised, "answer")
        refer_to(opinion.pk, cast, unit)
        assert again(opinion.pk).answer_due == promised
    assert Clock.objects.filter(opinion=opinion, kind="answer").count() == 1
    assert Clock.objects.filter(opinion=opinion, kind="handle").count() == 4


def test_a_new_setting_holds_for_new_clocks_only(cast: Cast) -> None:
    running = an_opinion(cast, S.HANDLING)
    parameters.set_value(parameter=clocks.HANDLE_DEPARTMENT, raw="5", reason="试行", actor=cast.sc_rep)
    assert again(running.pk).due_on == running.due_on
    assert an_opinion(cast, S.HANDLING).due_on == date(2025, 3, 17)


def test_every_day_can_say_how_it_was_computed(cast: Cast) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    for row in selectors.case_page(actor=cast.head, opinion_id=opinion.pk).clocks:
        assert row.steps[-1].day == row.due
        assert sum(step.counted for step in row.steps) > 0
        assert row.basis.startswith("opinion.")


def test_a_new_holiday_is_shown_first_and_applied_on_purpose(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    assert actions.preview_recomputation(congress_id=cast.congress_id) == []
    CalendarDay.objects.create(day=date(2025, 3, 19), kind="holiday", note="临时放假", created_at=clock.now)
    forget_calendar()
    changes = actions.preview_recomputation(congress_id=cast.congress_id)
    assert {(c.kind, c.old, c.new) for c in changes} == {
        (ClockKind.HANDLE, date(2025, 3, 31), date(2025, 4, 1)), (ClockKind.ANSWER, date(2025, 4, 3), date(2025, 4, 7)),
    }  # fmt: skip
    assert again(opinion.pk).due_on == date(2025, 3, 31)
    with pytest.raises(NotAllowed):
        actions.apply_recomputation(actor=cast.head)
    assert actions.apply_recomputation(actor=cast.sc_rep) == changes
    moved = again(opinion.pk)
    assert (moved.due_on, moved.answer_due) == (date(2025, 4, 1), date(2025, 4, 7))
    assert Clock.objects.filter(opinion=opinion, is_superseded=True).count() == 2
    assert actions.apply_recomputation(actor=cast.sc_rep) == []


@pytest.mark.parametrize(
    ("day", "lamp"),
    [("2025-03-10", Lamp.GREEN), ("2025-03-17", Lamp.YELLOW), ("2025-03-26", Lamp.ORANGE), ("2025-04-01", Lamp.RED)],
)
def test_lamps(cast: Cast, clock: Any, day: str, lamp: Lamp) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    clock.at(date.fromisoformat(day))
    (row,) = selectors.inbox(actor=cast.clerk).rows
    assert (row.id, row.lamp) == (opinion.pk, lamp)
