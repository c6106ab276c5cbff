"""Lamps, the difference, the ballot's order, grades, small changes: without a database."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.cli.load_district import OWN_DISTRICT
from openrenda.livelihood.rules.changes import is_minor
from openrenda.livelihood.rules.lamps import Point, Standing, light, planned_percent
from openrenda.livelihood.rules.votes import Difference, ballot_order, grade, is_majority
from openrenda.livelihood.states import AdjustmentKind, Grade, Lamp, LampReason

MARCH = date(2025, 3, 31)
STANDING = Standing(on=MARCH, year=2025, planned=50, actual=50, funded_on=MARCH)


@pytest.mark.parametrize(
    ("change", "lamp", "reasons"),
    [
        ({}, Lamp.GREEN, ()),
        ({"actual": 45}, Lamp.GREEN, ()),
        ({"actual": 44}, Lamp.YELLOW, (LampReason.LAG,)),
        ({"actual": 35}, Lamp.YELLOW, (LampReason.LAG,)),
        ({"actual": 34}, Lamp.RED, (LampReason.LAG,)),
        ({"points": (Point(MARCH, 100),)}, Lamp.GREEN, ()),
        ({"points": (Point(date(2025, 3, 30), 100),)}, Lamp.YELLOW, (LampReason.MILESTONE,)),
        ({"points": (Point(date(2025, 3, 1), 100),)}, Lamp.YELLOW, (LampReason.MILESTONE,)),
        ({"points": (Point(date(2025, 2, 28), 100),)}, Lamp.RED, (LampReason.MILESTONE,)),
        ({"points": (Point(date(2025, 2, 1), 100, date(2025, 3, 30)),)}, Lamp.GREEN, ()),
        ({"is_missing": True}, Lamp.YELLOW, (LampReason.MISSING,)),
        ({"is_missing": True, "actual": 0}, Lamp.RED, (LampReason.LAG, LampReason.MISSING)),
        ({"funded_on": None}, Lamp.GREEN, ()),
        ({"funded_on": None, "on": date(2025, 6, 30)}, Lamp.GREEN, ()),
        ({"funded_on": None, "on": date(2025, 7, 1)}, Lamp.RED, (LampReason.FUNDS,)),
        ({"is_accepted": True, "actual": 0, "funded_on": None}, Lamp.BLUE, ()),
    ],
)
def test_lamps(change: dict[str, object], lamp: Lamp, reasons: tuple[LampReason, ...]) -> None:
    lit = light(replace(STANDING, **change))  # type: ignore[arg-type]
    assert (lit.lamp, set(lit.reasons)) == (lamp, set(reasons))


def test_the_register_of_the_demo_year_burns_as_written() -> None:
    with (OWN_DISTRICT / "project_progress.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {"绿": Lamp.GREEN, "黄": Lamp.YELLOW, "红": Lamp.RED}
    assert len(rows) == 101
    for row in rows:
        standing = replace(STANDING, planned=int(row["计划进度%"]), actual=int(row["实际进度%"]))
        assert light(standing).lamp == names[row["亮灯"]], row


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_more_work_never_makes_a_lamp_worse(planned: int, actual: int, more: int) -> None:
    order = [Lamp.GREEN, Lamp.YELLOW, Lamp.RED]
    now = light(replace(STANDING, planned=planned, actual=actual)).lamp
    then = light(replace(STANDING, planned=planned, actual=min(100, actual + more))).lamp
    assert order.index(then) <= order.index(now)


def test_the_plan_by_milestones_and_by_months() -> None:
    points = (Point(date(2025, 4, 30), 30), Point(date(2025, 9, 30), 70))
    days = [date(2025, 4, 29), date(2025, 4, 30), date(2025, 9, 30)]
    assert [planned_percent(day, points) for day in days] == [0, 30, 100]
    months = {"2025-03": 5, "2025-05": 20}
    by_month = [planned_percent(date(2025, m, 28), points, months) for m in (2, 3, 4, 5, 9)]
    assert by_month == [0, 5, 5, 20, 20]


@pytest.mark.parametrize(
    ("candidates", "enough", "small"),
    [(12, True, False), (11, True, True), (10, False, True), (9, False, True), (20, True, False)],
)
def test_there_must_be_a_choice(candidates: int, enough: bool, small: bool) -> None:
    found = Difference(candidates, 10, 10, 20)
    assert (found.is_enough, found.is_small) == (enough, small)


def test_as_many_candidates_as_places_is_refused_whatever_the_setting() -> None:
    assert not Difference(12, 12, 0, 20).is_enough
    assert not Difference(21, 20, 10, 20).is_enough  # 5 %


@pytest.mark.parametrize("how", ["category", "strokes"])
def test_the_ballot_knows_no_preference(how: str) -> None:
    rows = [SimpleNamespace(pk=n, name=name, category=kind) for n, (name, kind) in enumerate(
        [("养老", "民政"), ("停车", "交通"), ("公园", "园林"), ("公厕", "交通")])]  # fmt: skip
    found = {tuple(row.pk for row in ballot_order(order, how)) for order in permutations(rows)}
    assert len(found) == 1


@pytest.mark.parametrize(
    ("counts", "base", "rule", "wanted"),
    [
        ((182, 10, 1), 194, "majority_members", Grade.GOOD),
        ((185, 8, 0), 194, "majority_members", Grade.GOOD),
        ((97, 90, 0), 194, "majority_members", Grade.FAIR),  # exactly half is not more than half
        ((98, 0, 90), 194, "majority_members", Grade.GOOD),
        ((50, 47, 90), 194, "majority_members", Grade.BAD),
        ((0, 0, 0), 194, "majority_members", Grade.BAD),
        ((158, 88, 24), 298, "majority_members", Grade.GOOD),
        ((182, 10, 1), 194, "two_thirds", Grade.GOOD),
        ((66, 1, 33), 300, "two_thirds", Grade.FAIR),
        ((66, 0, 34), 300, "two_thirds", Grade.BAD),
        ((0, 0, 0), 300, "two_thirds", Grade.BAD),
    ],
)
def test_grades(counts: tuple[int, int, int], base: int, rule: str, wanted: Grade) -> None:
    assert grade(*counts, base=base, rule=rule) == wanted


def test_half_is_no_majority() -> None:
    assert [is_majority(votes, 33) for votes in (16, 17)] == [False, True]
    assert [is_majority(votes, 34) for votes in (17, 18)] == [False, True]


@pytest.mark.parametrize(
    ("kind", "change", "minor"),
    [
        (AdjustmentKind.CONTENT, {"content": "改用节能灯"}, True),
        (AdjustmentKind.CONTENT, {"investment_total": "1100"}, True),
        (AdjustmentKind.CONTENT, {"investment_total": "1100.01"}, False),
        (AdjustmentKind.CONTENT, {"investment_total": "899"}, False),
        (AdjustmentKind.CONTENT, {"name": "换个名称"}, False),
        (AdjustmentKind.CONTENT, {"target": "15处"}, False),
        (AdjustmentKind.CONTENT, {"finishes_on": "2025-12-31"}, False),
        (AdjustmentKind.EXTENSION, {"content": "同上"}, False),
        (AdjustmentKind.TERMINATION, {}, False),
    ],
)
def test_what_is_only_filed(kind: AdjustmentKind, change: dict[str, str], minor: bool) -> None:
    assert is_minor(kind, change, Decimal(1000), 10) == minor


def test_a_day_later_is_later() -> None:
    late = [light(replace(STANDING, points=(Point(MARCH - timedelta(days=n), 100),))).lamp for n in (0, 1, 30, 31)]
    assert late == [Lamp.GREEN, Lamp.YELLOW, Lamp.YELLOW, Lamp.RED]
