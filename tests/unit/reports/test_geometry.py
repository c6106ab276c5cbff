"""Drawings are read without trust; places are kept coarse."""

import json
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import pytest

import openrenda.cli.district
from openrenda.reports import geometry
from openrenda.reports.errors import BadDrawing
from openrenda.reports.geometry import coarse, holds, middle, read, sheet
from openrenda.reports.states import ShapeKind

SQUARE = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]


def street(rings: Any, code: Any = "J01", kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "properties": {"编号": code}, "geometry": {"type": kind, "coordinates": rings}}


def line(points: Any, name: str = "望河", kind: str = "water") -> dict[str, Any]:
    told = {"名称": name, "类型": kind}
    return {"type": "Feature", "properties": told, "geometry": {"type": "LineString", "coordinates": points}}


def file_of(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def test_streets_and_lines_are_read() -> None:
    found = read(file_of(street([SQUARE]), street([[SQUARE]], "J02", "MultiPolygon"), line([[0, 0], [1, 1]])))
    assert [(one.kind, one.code, one.name) for one in found] == [
        (ShapeKind.STREET, "J01", ""), (ShapeKind.STREET, "J02", ""), (ShapeKind.WATER, "", "望河"),
    ]  # fmt: skip


NAN = street([[["?", 0], *SQUARE[1:]]])
BAD = {
    "nothing": b"",
    "no text": b"\xff\xfe",
    "a list": b"[]",
    "null": b"null",
    "no collection": b"{}",
    "features that are none": b'{"type":"FeatureCollection","features":{}}',
    "an empty collection": b'{"type":"FeatureCollection","features":[]}',
    "a tower of lists": b"[" * 100_000,
    "a tower of objects": b'{"a":' * 50_000,
    "too large": b"x" * (geometry.MAX_BYTES + 1),
    "too many features": file_of(*[street([SQUARE])] * 501),
    "too many points": file_of(street([[[0, 0], *[[1, i / 1e6] for i in range(20_001)], [0, 0]]])),
    "a null feature": file_of(None),
    "an empty feature": file_of({}),
    "a list for geometry": file_of({"geometry": []}),
    "a point": file_of({"geometry": {"type": "Point", "coordinates": [1, 2]}}),
    "no coordinates": file_of(street(None)),
    "no ring": file_of(street([])),
    "an empty ring": file_of(street([[]])),
    "words": file_of(street("abc")),
    "numbers for points": file_of(street([[1, 2, 3, 4]])),
    "an open ring": file_of(street([SQUARE[:-1]])),
    "a ring almost closed": file_of(street([[*SQUARE[:-1], [0, 0.001]]])),
    "a ring of two": file_of(street([SQUARE[:3]])),
    "a ring without ground": file_of(street([[[0, 0]] * 5])),
    "true": file_of(street([[[True, 0], *SQUARE[1:]]])),
    "a number as text": file_of(street([[["0", 0], *SQUARE[1:]]])),
    "not a number": file_of(NAN).replace(b'"?"', b"NaN"),
    "beyond the earth": file_of(street([[[999, 0], *SQUARE[1:]]])),
    "the pole": file_of(street([[[0, 89], [1, 89], [1, 90], [0, 89]]])),
    "a number of 400 digits": file_of(street([[[10**400, 0], *SQUARE[1:]]])),
    "no code": file_of(street([SQUARE], "")),
    "null for a code": file_of(street([SQUARE], None)),
    "a long code": file_of(street([SQUARE], "J" * 41)),
    "a code that turns the text round": file_of(street([SQUARE], "J\u202e1")),
    "a line of one point": file_of(line([[0, 0]])),
    "a line without a name": file_of(line([[0, 0], [1, 1]], "")),
    "a line of no kind": file_of(line([[0, 0], [1, 1]], kind="fire")),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_drawing_is_refused_with_a_reason(what: str) -> None:
    with pytest.raises(BadDrawing) as refused:
        read(BAD[what])
    assert refused.value.params["why"]


def test_no_place_is_nearer_than_its_square_of_a_hundred_metres() -> None:
    for step in range(200):
        lng, lat = 124.6 + step * 0.00037, 30.7 + step * 0.00041
        east, north = coarse(lng, lat)
        away = hypot((east - lng) * 111_320 * cos(radians(lat)), (north - lat) * 110_900)
        assert away < 80
    doors = {coarse(124.60021 + step * 1e-5, 30.70042) for step in range(60)}
    assert len(doors) <= 2, "neighbours cannot be told apart"


def test_a_hole_is_not_ground() -> None:
    hole = ((0.5, 0.5), (1.5, 0.5), (1.5, 1.5), (0.5, 1.5), (0.5, 0.5))
    ring = tuple((float(x), float(y)) for x, y in SQUARE)
    assert holds([(ring,)], 1, 1)
    assert not holds([(ring, hole)], 1, 1)
    assert holds([(ring, hole)], 0.2, 1)
    assert not holds([(ring,)], 3, 1)
    assert middle([(ring,)]) == (1.0, 1.0)


def test_a_sheet_holds_all_and_keeps_the_shape() -> None:
    found = sheet([(124.5, 30.68), (124.7, 30.82)])
    assert found is not None
    for place in ((124.5, 30.68), (124.7, 30.82), (124.6, 30.75)):
        x, y = found.at(*place)
        assert 0 <= x <= found.width
        assert 0 <= y <= found.height
    wide, tall = (
        found.at(124.7, 30.68)[0] - found.at(124.5, 30.68)[0],
        found.at(124.5, 30.68)[1] - found.at(124.5, 30.82)[1],
    )
    assert wide / tall == pytest.approx(0.2 * cos(radians(30.75)) / 0.14, rel=0.01)
    assert sheet([]) is None
    assert sheet([(124.6, 30.7)]) is not None


def test_the_demonstrations_streets_hold_their_stations_and_do_not_overlap() -> None:
    folder = Path(openrenda.cli.district.__file__).parent / "yunting"
    streets = [one for one in read((folder / "streets.geojson").read_bytes()) if one.kind is ShapeKind.STREET]
    assert sorted(one.code for one in streets) == [f"J{n:02}" for n in range(1, 15)]
    lines = (folder / "stations.csv").read_text("utf-8-sig").splitlines()[1:]
    for cells in (text.split(",") for text in lines):
        assert [one.code for one in streets if holds(one.parts, float(cells[6]), float(cells[7]))] == [cells[3]]
    for step in range(2000):
        lng, lat = 124.53 + (step * 37 % 1000) / 7000, 30.68 + (step * 53 % 1000) / 7000
        assert sum(holds(one.parts, lng, lat) for one in streets) <= 1
