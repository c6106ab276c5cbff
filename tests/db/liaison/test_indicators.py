"""The year's figures: counted by hand on a small year; no data is None."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from openrenda.liaison import actions, tasks
from openrenda.liaison.indicators import Indicator, hotspots, indicators
from openrenda.liaison.states import OpinionState, Satisfaction
from tests.makers.liaison import Cast, an_opinion, resident_of

S = OpinionState
KEYS = {
    "total_received", "accepted", "on_time_closed_rate", "reply_rate", "answered_on_spot_rate", "converted",
    "satisfied_rate", "satisfied_or_mostly_rate", "rated_rate", "mean_days", "median_days", "repeat_rate",
    "closed", "open",
}  # fmt: skip


def figures(cast: Cast, year: int = 2025) -> dict[str, Indicator]:
    return {row.key: row for row in indicators(congress_id=cast.congress_id, year=year)}


def test_an_empty_year_has_no_rates(cast: Cast) -> None:
    rows = figures(cast)
    assert set(rows) == KEYS
    rates = [row for row in rows.values() if row.denominator is not None]
    assert all((row.value, row.denominator) == (None, 0) for row in rates)
    assert all(row.label and row.definition for row in rows.values())


def test_a_year_counted_by_hand(cast: Cast, clock: Any) -> None:
    for state in (S.SUBMITTED, S.NOT_ACCEPTED, S.WITHDRAWN, S.ANSWERED, S.CONVERTED, S.CLOSED, S.MERGED):
        an_opinion(cast, state)  # a merged one brings its parent
    rows = figures(cast)
    assert rows["total_received"].value == 8
    assert rows["accepted"].value == 5
    assert (rows["reply_rate"].numerator, rows["reply_rate"].denominator) == (2, 5)
    assert (rows["answered_on_spot_rate"].numerator, rows["answered_on_spot_rate"].denominator) == (1, 5)
    assert (rows["converted"].value, rows["closed"].value, rows["open"].value) == (1, 1, 4)
    assert rows["repeat_rate"].value == 1 / 8
    assert (rows["mean_days"].value, rows["median_days"].value) == (0, 0)
    assert figures(cast, 2024)["total_received"].value == 0


def test_on_time_counts_those_still_open_and_late(cast: Cast, clock: Any) -> None:
    an_opinion(cast, S.CLOSED)
    an_opinion(cast, S.HANDLING)
    assert figures(cast)["on_time_closed_rate"].value == 1
    clock.forward(days=60)
    row = figures(cast)["on_time_closed_rate"]
    assert (row.numerator, row.denominator, row.value) == (1, 2, 0.5)


def test_silence_is_never_satisfied_and_late_words_count(cast: Cast, clock: Any) -> None:
    silent, late = an_opinion(cast, S.FED_BACK), an_opinion(cast, S.FED_BACK)
    an_opinion(cast, S.CLOSED)
    clock.forward(days=9)
    tasks.close_all_silent(cast.congress_id)
    rows = figures(cast)
    assert (rows["satisfied_rate"].numerator, rows["satisfied_rate"].denominator) == (1, 1)
    assert (rows["rated_rate"].numerator, rows["rated_rate"].denominator) == (1, 3)
    actions.rate(
        opinion_id=late.pk,
        satisfaction=Satisfaction.DISSATISFIED,
        reason="没修好",
        actor=resident_of(late.pk, cast.congress_id),
    )
    rows = figures(cast)
    assert (rows["satisfied_rate"].value, rows["rated_rate"].value) == (1 / 2, 2 / 3)
    assert rows["satisfied_or_mostly_rate"].denominator == 2
    assert silent.pk != late.pk


def test_days_are_working_days(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast, S.REGISTERED)
    clock.forward(days=7)
    actions.answer_on_the_spot(opinion_id=opinion.pk, text="已答复。", actor=cast.staff)
    an_opinion(cast, S.ANSWERED)
    rows = figures(cast)
    assert (rows["mean_days"].numerator, rows["mean_days"].denominator, rows["mean_days"].value) == (5, 2, 2.5)
    assert rows["median_days"].value == 2.5


def test_hotspots_are_top_subjects_of_a_month(cast: Cast) -> None:
    for _ in range(3):
        an_opinion(cast, S.CLASSIFIED)
    (spot,) = hotspots(congress_id=cast.congress_id, year=2025)
    assert (spot.month.isoformat(), spot.category, spot.place, spot.count) == (
        "2025-03-01",
        "公共安全",
        "桐荫联络站",
        3,
    )


def test_two_queries_whatever_the_year_holds(cast: Cast) -> None:
    bills = set()
    for _ in range(2):
        an_opinion(cast, S.ANSWERED)
        figures(cast)
        with CaptureQueriesContext(connection) as captured:
            figures(cast)
        bills.add(len(captured))
    assert bills == {2}
