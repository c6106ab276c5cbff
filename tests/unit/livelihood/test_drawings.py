"""What pages draw: the district's map, progress by month, shares, pictures by category."""

from decimal import Decimal
from math import hypot
from pathlib import Path

import pytest

from openrenda.livelihood.selectors.places import Spot
from openrenda.livelihood.states import Lamp
from openrenda.livelihood.views.charts import MonthRow, months, share
from openrenda.livelihood.views.district_map import CLOSE, Mark, Place, draw, hull, spread
from openrenda.livelihood.views.pictures import DRAWINGS, drawing

SPOTS = [Spot(113.60, 34.70, 1, "桐荫"), Spot(113.70, 34.70, 2, "望河"), Spot(113.65, 34.76, 2, "望河")]


def test_the_hull_keeps_corners_only() -> None:
    assert set(hull([(0, 0), (4, 0), (4, 4), (0, 4), (2, 2), (2, 0)])) == {(0, 0), (4, 0), (4, 4), (0, 4)}


def test_north_is_up_and_a_project_stands_in_each_of_its_streets() -> None:
    drawn = draw(SPOTS, [Place(1, None, None, (1, 2)), Place(2, 113.65, 34.76), Place(3, None, None)])
    assert drawn is not None
    assert [mark.number for mark in drawn.marks] == [1, 1, 2]
    south, north = drawn.dots[0], drawn.dots[2]
    assert north[1] < south[1]
    assert all(0 < mark.x < drawn.width and 0 < mark.y < drawn.height for mark in drawn.marks)


def test_too_few_places_make_no_map() -> None:
    assert draw(SPOTS[:2], []) is None


def test_marks_on_one_spot_are_parted() -> None:
    placed = spread([Mark(n, 100.0, 100.0) for n in range(1, 5)])
    apart = [hypot(a.x - b.x, a.y - b.y) for a in placed for b in placed if a is not b]
    assert min(apart) > CLOSE * 0.9


def test_the_two_lines_end_with_labels_that_can_be_read() -> None:
    drawn = months([MonthRow("2025-03", 5, 5, None, Lamp.GREEN), MonthRow("2025-04", 12, 11, None, Lamp.GREEN)])
    assert drawn is not None
    assert [words for _x, words in drawn.ticks] == ["3月", "4月"]
    assert drawn.actual_y - drawn.planned_y >= 24
    assert months([]) is None


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (Decimal(600), Decimal(4200), 14),
        (Decimal(5), Decimal(4), 100),
        (None, Decimal(4), None),
        (Decimal(1), None, None),
        (Decimal(0), Decimal(0), None),
    ],
)
def test_a_share_is_a_whole_percent_or_nothing(
    part: Decimal | None, whole: Decimal | None, expected: int | None
) -> None:
    assert share(part, whole) == expected


def test_every_drawing_is_there() -> None:
    folder = Path("src/openrenda/livelihood/static")
    names = {drawing(words[0]) for _file, words in DRAWINGS} | {drawing("别的")}
    assert len(names) == len(DRAWINGS) + 1
    assert all((folder / name).is_file() for name in names)
    assert drawing("老旧小区") == "livelihood/pictures/housing.svg"
