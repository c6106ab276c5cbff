"""A plain map without a map service: the district's ground from its stations' places, projects as numbers. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, radians

from openrenda.livelihood.selectors.places import Spot, centre

WIDTH, TALLEST, MARGIN, CLOSE = 720.0, 560.0, 70.0, 58.0
ROUNDS = 60
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A project to be drawn: its own place, or the streets it is for."""

    number: int
    lng: float | None
    lat: float | None
    street_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A number somewhere on the map."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Label:
    """A street's name at its middle."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """Everything that is drawn, in the drawing's own units."""

    width: int
    height: int
    ground: str
    dots: Sequence[Point]
    labels: Sequence[Label]
    marks: Sequence[Mark]


def hull(points: Iterable[Point]) -> list[Point]:
    """The convex hull, counter-clockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(run: Iterable[Point]) -> list[Point]:
        chain: list[Point] = []
        for point in run:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    return half(ordered) + half(reversed(ordered))


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def spread(marks: Sequence[Mark], least: float = CLOSE) -> list[Mark]:
    """Marks that would lie on each other are pushed apart, always in the same way."""
    placed = list(marks)
    for _round in range(ROUNDS):
        moved = False
        for i in range(len(placed)):
            for j in range(i + 1, len(placed)):
                moved |= _part(placed, i, j, least)
        if not moved:
            break
    return placed


def _part(placed: list[Mark], i: int, j: int, least: float) -> bool:
    one, two = placed[i], placed[j]
    dx, dy = two.x - one.x, two.y - one.y
    apart = hypot(dx, dy)
    if apart >= least:
        return False
    if apart < 0.01:
        dx, dy, apart = 1.0, 0.3 * (j - i), hypot(1.0, 0.3 * (j - i))
    push = (least - hypot(two.x - one.x, two.y - one.y)) / 2 + 0.5
    placed[i] = replace(one, x=one.x - dx / apart * push, y=one.y - dy / apart * push)
    placed[j] = replace(two, x=two.x + dx / apart * push, y=two.y + dy / apart * push)
    return True


def draw(spots: Sequence[Spot], places: Iterable[Place]) -> DistrictMap | None:
    """None where too few stations have a place: then the list alone must do."""
    if len(spots) < 3:
        return None
    to_xy, height = _projection(spots)
    ground = hull(to_xy(spot.lng, spot.lat) for spot in spots)
    streets: dict[int, list[Spot]] = {}
    for spot in spots:
        if spot.street_id is not None:
            streets.setdefault(spot.street_id, []).append(spot)
    labels = [Label(rows[0].street, *to_xy(*_middle(rows))) for rows in streets.values()]
    marks = [Mark(place.number, *to_xy(*found)) for place in places for found in _where(place, streets)]
    return DistrictMap(
        round(WIDTH),
        round(height),
        " ".join(f"{x:.1f},{y:.1f}" for x, y in ground),
        [to_xy(spot.lng, spot.lat) for spot in spots],
        labels,
        [replace(m, x=_within(m.x, WIDTH), y=_within(m.y, height)) for m in spread(marks)],
    )


def _projection(spots: Sequence[Spot]) -> tuple[Callable[[float, float], Point], float]:
    """From places on earth to points of the drawing, and the drawing's height."""
    west, east = min(s.lng for s in spots), max(s.lng for s in spots)
    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
    shrink = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * shrink, 1e-6)
    height = (north - south) * scale + 2 * MARGIN
    if height > TALLEST:
        scale *= (TALLEST - 2 * MARGIN) / (height - 2 * MARGIN)
        height = TALLEST
    left = (WIDTH - (east - west) * shrink * scale) / 2

    def to_xy(lng: float, lat: float) -> Point:
        return left + (lng - west) * shrink * scale, MARGIN + (north - lat) * scale

    return to_xy, height


def _middle(rows: list[Spot]) -> Point:
    found = centre(rows)
    return found if found is not None else (0.0, 0.0)


def _where(place: Place, streets: dict[int, list[Spot]]) -> list[Point]:
    """Its own place; else one in every street it is for."""
    if place.lng is not None and place.lat is not None:
        return [(place.lng, place.lat)]
    return [_middle(streets[pk]) for pk in place.street_ids if pk in streets]


def _within(value: float, size: float) -> float:
    return min(max(value, 30.0), size - 30.0)
