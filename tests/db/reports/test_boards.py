"""Figures of a board: right by hand, the same bill for few and many, and only what the reader may see."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openrenda.kernel import clock as kernel_clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.liaison.actions import Place
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import OpinionState, Satisfaction
from openrenda.orgs.states import Role
from openrenda.reports.period import Period, period
from openrenda.reports.selectors import boards, opinions
from openrenda.reports.selectors.boards import Board, Narrow
from openrenda.reports.selectors.opinions import OpinionFigures
from openrenda.reports.waiting import within
from openrenda.suggestions.states import ReplyClass
from tests.conftest import FrozenClock
from tests.makers import suggestions as maker
from tests.makers.liaison import STEPS, Cast, a_published_opinion, a_receipt, an_opinion, refer_to
from tests.makers.orgs import a_unit, actor_of


def of_this_year() -> Period:
    return period("2025", kernel_clock.today())


def figures(cast: Cast, **given: bool) -> OpinionFigures:
    return opinions.figures(Opinion.objects.filter(congress_id=cast.congress_id), of_this_year(), **given)


def test_a_case_still_waiting_is_counted_as_waiting_not_left_out(cast: Cast, clock: FrozenClock) -> None:
    pk = a_receipt(cast).opinion_id
    a_receipt(cast)
    for step in ("register", "classify", "refer", "sign", "result"):
        STEPS[step](pk, cast)
    clock.forward(days=2)  # Monday to Wednesday
    STEPS["feed_back"](pk, cast)
    clock.forward(days=5)  # to the next Monday: five working days since the beginning
    found = figures(cast)
    assert (found.total, dict(found.waiting.done), dict(found.waiting.waiting)) == (2, {2: 1}, {5: 1})
    assert within(found.waiting, Fraction(1, 2)) == 2
    assert within(found.waiting, Fraction(9, 10)) is None


def test_what_ended_without_an_answer_has_no_wait(cast: Cast) -> None:
    for state in (OpinionState.NOT_ACCEPTED, OpinionState.WITHDRAWN):
        an_opinion(cast, state)
    found = figures(cast)
    assert (found.total, found.waiting.total) == (2, 0)


def test_each_thing_counts_in_its_own_month(cast: Cast, clock: FrozenClock) -> None:
    pk = a_receipt(cast).opinion_id
    for step in ("register", "classify", "refer", "sign", "result"):
        STEPS[step](pk, cast)
    clock.at(date(2025, 4, 7))
    STEPS["feed_back"](pk, cast)
    clock.at(date(2025, 4, 30))
    STEPS["satisfied"](pk, cast)
    found = {one.first: (one.received, one.answered, one.closed) for one in figures(cast).months}
    assert found[date(2025, 3, 1)] == (1, 0, 0)
    assert found[date(2025, 4, 1)] == (0, 1, 1)
    assert sum(map(sum, found.values())) == 3


def test_silence_is_an_answer_of_its_own(cast: Cast) -> None:
    an_opinion(cast, OpinionState.CLOSED)
    an_opinion(cast, OpinionState.FED_BACK)
    assert figures(cast).ratings == {Satisfaction.SATISFIED: 1, Satisfaction.UNRATED: 1}


def test_the_public_counts_places_of_published_ones_only(cast: Cast) -> None:
    a_published_opinion(cast)
    an_opinion(cast, OpinionState.HANDLING)
    assert [(one.category, one.place, one.count) for one in figures(cast).hot] == [("公共安全", "桐荫街道", 2)]
    assert [one.count for one in figures(cast, public_only=True).hot] == [1]


def test_within_a_street_places_are_communities_never_stations(cast: Cast) -> None:
    community = a_unit("Q01")
    an_opinion(cast, OpinionState.CLASSIFIED, place=Place(community_id=community.pk))
    an_opinion(cast, OpinionState.CLASSIFIED)
    found = {(one.place, one.place_id, one.count) for one in figures(cast, by_community=True).hot}
    assert found == {("桐花里社区", community.pk, 1), ("桐荫街道", a_unit("J01").pk, 1)}


def test_a_promise_past_its_day_is_due_and_not_kept(cast: Cast, clock: FrozenClock) -> None:
    walk = maker.a_replied(ReplyClass.B)
    found = _board().suggestions
    assert found is not None
    assert (found.promises.open, found.promises.due) == (1, 0)
    clock.at(walk.now.commitments.get().deadline + timedelta(days=1))
    found = _board().suggestions
    assert found is not None
    assert (found.promises.overdue, found.promises.due, found.promises.kept) == (1, 1, 0)


def _board(narrow: Narrow | None = None) -> Board:
    cache.clear()
    return boards.public_board(maker.a_congress().pk, of_this_year(), narrow or Narrow())


def test_suggestions_by_class_rating_and_wait(cast: Cast, clock: FrozenClock) -> None:
    walk = maker.a_closed(ReplyClass.A)
    maker.a_handled()
    clock.forward(days=10)
    found = _board().suggestions
    assert found is not None
    assert (found.total, found.replied, found.classes, found.ratings) == (2, 1, {"A": 1}, {"good": 1})
    assert (found.waiting.done_count, dict(found.waiting.waiting)) == (1, {10: 1})
    month = next(one for one in found.months if one.first == date(2025, 3, 1))
    assert (month.received, month.answered, month.closed, month.solved) == (2, 1, 1, 1)
    assert walk.now.first_replied_on is not None


def test_a_draft_is_on_no_board(cast: Cast) -> None:
    maker.a_draft()
    maker.a_submitted()
    found = _board().suggestions
    assert found is not None
    assert found.total == 0


def test_the_bill_is_the_same_for_one_and_for_many(cast: Cast) -> None:
    def bill(actor: Actor | None) -> int:
        cache.clear()
        load_calendar()
        with CaptureQueriesContext(connection) as captured:
            if actor is None:
                boards.public_board(cast.congress_id, of_this_year(), Narrow())
            else:
                boards.work_board(actor, of_this_year(), Narrow())
        return len(captured)

    a_published_opinion(cast)
    maker.a_closed()
    readers = (None, cast.sc_rep, cast.clerk)
    one = [bill(actor) for actor in readers]
    for _ in range(4):
        a_published_opinion(cast)
        maker.a_replied(ReplyClass.B)
    assert [bill(actor) for actor in readers] == one
    assert max(one) <= 18, one


def test_a_second_look_asks_nothing(cast: Cast) -> None:
    an_opinion(cast)
    boards.public_board(cast.congress_id, of_this_year(), Narrow())
    with CaptureQueriesContext(connection) as captured:
        boards.public_board(cast.congress_id, of_this_year(), Narrow())
    assert len(captured) == 0


@pytest.mark.parametrize(
    ("role", "where", "total"),
    [
        (Role.SC_REP, "R02", 3), (Role.UNIT_CLERK, "B03", 1), (Role.UNIT_CLERK, "B04", 1), (Role.UNIT_LEADER, "F01", 0),
        (Role.STATION_HEAD, "S01", 3), (Role.STATION_HEAD, "S02", 0), (Role.STREET_NPC, "J01", 3),
        (Role.STREET_NPC, "J02", 0), (Role.GOV_HUB, "G01", 2),
    ],
)  # fmt: skip
def test_a_board_holds_what_the_hat_may_see(cast: Cast, role: Role, where: str, total: int) -> None:
    an_opinion(cast, OpinionState.REFERRED)
    other = an_opinion(cast, OpinionState.CLASSIFIED)
    refer_to(other.pk, cast, "B04")
    an_opinion(cast)
    found = boards.work_board(actor_of(role, where), of_this_year(), Narrow()).opinions
    assert found is not None
    assert found.total == total


def test_two_units_do_not_share_what_is_kept(cast: Cast) -> None:
    an_opinion(cast, OpinionState.REFERRED)
    first = boards.work_board(actor_of(Role.UNIT_CLERK, "B03"), of_this_year(), Narrow()).opinions
    second = boards.work_board(actor_of(Role.UNIT_CLERK, "B04"), of_this_year(), Narrow()).opinions
    assert first is not None
    assert second is not None
    assert (first.total, second.total) == (1, 0)


def test_a_street_has_no_suggestions_and_a_unit_only_its_own(cast: Cast) -> None:
    walk = maker.a_handled()
    an_opinion(cast, OpinionState.HANDLING)
    of_street = _board(Narrow(street_id=cast.station.street_id))
    assert of_street.suggestions is None
    assert of_street.opinions is not None
    assert of_street.opinions.total == 1
    of_unit = _board(Narrow(unit_id=walk.now.main_unit_id))
    assert of_unit.suggestions is not None
    assert (of_unit.suggestions.total, _total(_board(Narrow(unit_id=-1)))) == (1, 0)


def _total(board: Board) -> int:
    assert board.suggestions is not None
    return board.suggestions.total


def test_deadlines_are_those_of_the_reader(cast: Cast) -> None:
    an_opinion(cast, OpinionState.HANDLING)
    maker.a_handled()
    mine = boards.nearest(actor_of(Role.UNIT_CLERK, "B03"), Narrow())
    assert (len(mine.opinions), len(mine.suggestions)) == (1, 1)
    others = boards.nearest(actor_of(Role.UNIT_CLERK, "B04"), Narrow())
    assert (others.opinions, others.suggestions, others.promises) == ([], [], [])
    street = boards.nearest(actor_of(Role.STREET_NPC, "J01"), Narrow())
    assert (len(street.opinions), street.suggestions) == (1, [])
