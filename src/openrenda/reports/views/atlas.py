"""The map as it is shown: streets with their rows, marks and outlines in the drawing's own units. No query."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from openrenda.reports.geometry import Point, Sheet, middle, sheet
from openrenda.reports.selectors.places import Asked, District, Matters, Outline, Place
from openrenda.reports.states import PlaceKind, ShapeKind


@dataclass(frozen=True, slots=True)
class Row:
    """A place in the list, and its mark."""

    id: str
    url: str
    place: Place
    at: Point | None


@dataclass(frozen=True, slots=True)
class Street:
    """A street with what is listed of it, and how much there is in all."""

    id: int
    name: str
    rows: Sequence[Row]
    counts: dict[str, int]
    weight: int
    label_at: Point | None
    paths: Sequence[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A river or a road with its name."""

    kind: str
    name: str
    path: str
    at: Point


@dataclass(frozen=True, slots=True)
class Atlas:
    """Everything that map and list show; they show the same."""

    sheet: Sheet | None
    streets: Sequence[Street]
    lines: Sequence[Line]
    total: int
    outlines_json: str

    @property
    def rows(self) -> list[Row]:
        return [row for street in self.streets for row in street.rows]


def atlas(found: District, matters: Matters, asked: Asked) -> Atlas:
    """Put it together for one way of asking."""
    stations = [
        place
        for place in found.stations
        if asked.kind in (None, PlaceKind.STATION) and asked.street_id in (None, place.street_id)
    ]
    places = [*stations, *matters.places]
    ground = sheet(_corners(found, places))
    by_street: dict[int, list[Row]] = {pk: [] for pk in found.streets}
    for place in places:
        by_street.setdefault(place.street_id or 0, []).append(_row(place, ground))
    weights = {pk: _count(found, asked, pk, (PlaceKind.OPINION, PlaceKind.SUGGESTION)) for pk in found.streets}
    streets = [
        Street(
            pk,
            found.streets.get(pk, ""),
            rows,
            {str(kind): _count(found, asked, pk, (kind,)) for kind in PlaceKind},
            _weight(weights.get(pk, 0), max(weights.values(), default=0)),
            *_drawn(found.outlines, pk, ground),
        )
        for pk, rows in by_street.items()
        if asked.street_id in (None, pk)
    ]
    total = sum(sum(street.counts.values()) for street in streets)
    return Atlas(ground, streets, _lines(found.outlines, ground), total, _json(found))


def _corners(found: District, places: Sequence[Place]) -> list[Point]:
    """All that must fit on the sheet."""
    drawn = [p for shape in found.outlines for part in shape.parts for ring in part for p in ring]
    return drawn or [(place.lng, place.lat) for place in places if place.lng is not None and place.lat is not None]


def _row(place: Place, ground: Sheet | None) -> Row:
    name = {PlaceKind.STATION: "liaison:station", PlaceKind.OPINION: "liaison:opinion"}.get(
        place.kind, "suggestions:case"
    )
    at = ground.at(place.lng, place.lat) if ground and place.lng is not None and place.lat is not None else None
    return Row(f"{place.kind}-{place.key}", reverse(name, args=[place.key]), place, at)


def _count(found: District, asked: Asked, street_id: int, kinds: Iterable[PlaceKind]) -> int:
    """How many there are, listed or not."""
    wanted = [kind for kind in kinds if asked.kind in (None, kind)]
    stations = sum(p.street_id == street_id for p in found.stations) if PlaceKind.STATION in wanted else 0
    return stations + sum(
        one.count
        for one in found.tallies
        if one.kind in wanted
        and one.street_id == (street_id or None)
        and asked.category_id in (None, one.category_id)
        and asked.year in (None, one.year)
    )


def _weight(count: int, most: int) -> int:
    """0 for none, else 1 to 5: how dark the street's ground is."""
    return 0 if not count else 1 + min(4, (count - 1) * 5 // most)


def _drawn(outlines: Sequence[Outline], street_id: int, ground: Sheet | None) -> tuple[Point | None, list[str]]:
    own = [shape for shape in outlines if shape.unit_id == street_id and shape.kind is ShapeKind.STREET]
    if not own or ground is None:
        return None, []
    return ground.at(*middle(own[0].parts)), [_path(part, ground) + "Z" for part in own[0].parts]


def _path(rings: Sequence[Sequence[Point]], ground: Sheet) -> str:
    return "Z".join("M" + "L".join("{:g} {:g}".format(*ground.at(*point)) for point in ring) for ring in rings)


def _lines(outlines: Sequence[Outline], ground: Sheet | None) -> list[Line]:
    if ground is None:
        return []
    return [
        Line(str(shape.kind), shape.name, _path([line], ground), ground.at(*line[len(line) // 3]))
        for shape in outlines
        if shape.kind is not ShapeKind.STREET
        for line in shape.parts[0]
    ]


def _json(found: District) -> str:
    """The outlines for the map that moves, as RFC 7946 has them; read from a block of data, so no tag may end it."""
    features = [
        {
            "type": "Feature",
            "properties": {"kind": str(shape.kind), "name": shape.name, "id": shape.unit_id},
            "geometry": {"type": "MultiPolygon", "coordinates": shape.parts}
            if shape.kind is ShapeKind.STREET
            else {"type": "LineString", "coordinates": shape.parts[0][0]},
        }
        for shape in found.outlines
    ]
    return json.dumps(features, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
