"""Draws the fictional district once: `python tools/draw_streets.py FOLDER` reads FOLDER/stations.csv and writes
FOLDER/streets.geojson.

A street is the land nearer to its stations than to any other's, up to the hand-drawn outline and the river, with
borders that wander a little as real ones do. Neighbours share their border point by point, so nothing overlaps and
nothing is left between. A real district takes its streets from its surveyors (docs/how-to/draw-the-streets.md).
"""

import csv
import itertools
import json
import math
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.spatial import Voronoi

Point = tuple[float, float]

# By hand, in degrees: the outline, the water, the roads that residents name.
OUTLINE: list[Point] = [
    (124.532, 30.817), (124.548, 30.822), (124.566, 30.819), (124.583, 30.824), (124.604, 30.821), (124.622, 30.823),
    (124.641, 30.817), (124.659, 30.820), (124.668, 30.808), (124.665, 30.790), (124.669, 30.772), (124.666, 30.754),
    (124.670, 30.738), (124.664, 30.720), (124.657, 30.704), (124.653, 30.687), (124.634, 30.681), (124.615, 30.685),
    (124.597, 30.680), (124.577, 30.682), (124.560, 30.678), (124.547, 30.688), (124.544, 30.705), (124.533, 30.717),
    (124.529, 30.735), (124.533, 30.753), (124.528, 30.770), (124.534, 30.786), (124.530, 30.802),
]  # fmt: skip
RIVER: list[Point] = [
    (124.606, 30.8212), (124.601, 30.808), (124.598, 30.793), (124.602, 30.780), (124.6005, 30.766), (124.597, 30.752),
    (124.601, 30.738), (124.6035, 30.724), (124.600, 30.709), (124.5985, 30.695), (124.602, 30.6812),
]  # fmt: skip
LINES: list[tuple[str, str, list[Point]]] = [
    ("water", "望河", RIVER),
    (
        "water",
        "须水渠",
        [(124.5305, 30.7475), (124.547, 30.7485), (124.562, 30.7510), (124.578, 30.7498), (124.598, 30.7520)],
    ),
    (
        "water",
        "西流溪",
        [
            (124.533, 30.7835),
            (124.545, 30.7815),
            (124.560, 30.7828),
            (124.5665, 30.7725),
            (124.5675, 30.76),
            (124.562, 30.751),
        ],
    ),
    (
        "road",
        "云汀大道",
        [
            (124.6315, 30.8195),
            (124.6325, 30.8),
            (124.632, 30.778),
            (124.6325, 30.752),
            (124.632, 30.725),
            (124.63, 30.706),
            (124.628, 30.6835),
        ],
    ),
    (
        "road",
        "林溪大道",
        [(124.608, 30.821), (124.6105, 30.805), (124.6145, 30.794), (124.6215, 30.783), (124.632, 30.778)],
    ),
    (
        "road",
        "白鹭大道",
        [
            (124.531, 30.737),
            (124.551, 30.7318),
            (124.566, 30.7355),
            (124.5835, 30.733),
            (124.601, 30.733),
            (124.6325, 30.7345),
            (124.668, 30.733),
        ],
    ),
    ("road", "望河路", [(124.533, 30.801), (124.555, 30.8), (124.581, 30.8015), (124.599, 30.7975)]),
    ("road", "锦绣路", [(124.632, 30.769), (124.646, 30.7682), (124.667, 30.7705)]),
    ("road", "航海里大街", [(124.5995, 30.7045), (124.615, 30.7052), (124.633, 30.704), (124.656, 30.702)]),
]
NEXT, APART, GRID, WANDER = 0.14, 0.07, 0.30, 0.22  # kilometres
EAST_KM, NORTH_KM, WEST, SOUTH = 95.7, 110.9, 124.60, 30.75


def plane(lng: float, lat: float) -> Point:
    return (lng - WEST) * EAST_KM, (lat - SOUTH) * NORTH_KM


def earth(x: float, y: float) -> list[float]:
    return [round(x / EAST_KM + WEST, 5), round(y / NORTH_KM + SOUTH, 5)]


def soft(points: list[Point], *, closed: bool, rounds: int = 2) -> list[Point]:
    """Corners cut (Chaikin); the ends of an open line stay where they are."""
    for _ in range(rounds):
        pairs = list(zip(points, points[1:] + points[:1] if closed else points[1:], strict=False))
        cut = [p for a, b in pairs for p in (mix(a, b, 0.25), mix(a, b, 0.75))]
        points = cut if closed else [points[0], *cut[1:-1], points[-1]]
    return points


def thin(points: list[Point], most: float = 0.02) -> list[Point]:
    """Points that a straight line would miss by less than `most` kilometres are left out (Douglas and Peucker)."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = math.hypot(bx - ax, by - ay)
    off = [
        abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length if length else math.dist((ax, ay), (x, y))
        for x, y in points[1:-1]
    ]
    worst = max(range(len(off)), key=off.__getitem__)
    if off[worst] < most:
        return [points[0], points[-1]]
    return thin(points[: worst + 2], most)[:-1] + thin(points[worst + 1 :], most)


def mix(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def walk(points: list[Point], step: float) -> list[tuple[Point, Point]]:
    """(place, direction) every `step` along a line."""
    found, left = [], 0.0
    for a, b in itertools.pairwise(points):
        length = math.dist(a, b)
        way = ((b[0] - a[0]) / length, (b[1] - a[1]) / length)
        while left < length:
            found.append(((a[0] + way[0] * left, a[1] + way[1] * left), way))
            left += step
        left -= length
    return found


def inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    hits = sum(
        (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True)
    )
    return hits % 2 == 1


def wander(x: float, y: float) -> Point:
    """A smooth shift, always the same."""
    return (
        WANDER * (math.sin(2.1 * x + 1.3 * y) + 0.6 * math.sin(4.7 * y - 2.2 * x)),
        WANDER * (math.cos(1.7 * y - 1.1 * x) + 0.6 * math.cos(4.1 * x + 2.9 * y)),
    )


class Sites:
    """Places with the street they belong to; "" is outside the district."""

    def __init__(self, stations: list[tuple[float, float, str]]) -> None:
        self.stations = stations
        self.outline = soft([plane(*p) for p in OUTLINE], closed=True, rounds=3)
        self.river = soft([plane(*p) for p in RIVER], closed=False, rounds=3)
        down = sorted(self.river, key=lambda p: p[1])
        self.bank = lambda y: float(np.interp(y, [p[1] for p in down], [p[0] for p in down]))
        self.places: list[Point] = []
        self.streets: list[str] = []

    def nearest(self, x: float, y: float) -> str:
        """The street of the nearest station on the same bank of the river."""
        dx, dy, east = *wander(x, y), x > self.bank(y)
        near = [s for s in self.stations if (s[0] > self.bank(s[1])) == east]
        return min(near, key=lambda s: math.hypot(s[0] - x - dx, s[1] - y - dy))[2]

    def add(self, x: float, y: float, street: str) -> None:
        self.places.append((x, y))
        self.streets.append(street)

    def fill(self) -> None:
        """Both banks of every border that is given, the stations, and enough places between them."""
        border = walk([*self.outline, self.outline[0]], NEXT)
        for place, way in border:
            self.add_both_sides(place, way)
        for place, way in walk(self.river, NEXT):
            if all(math.dist(place, edge) > 1.6 * NEXT for edge, _ in border):
                self.add_both_sides(place, way)
        for station in self.stations:
            self.add(*station)
        self.add_grid()
        for angle in range(0, 360, 10):
            self.add(30 * math.cos(math.radians(angle)), 30 * math.sin(math.radians(angle)), "")

    def add_both_sides(self, place: Point, way: Point) -> None:
        for sign in (1, -1):
            x, y = place[0] - way[1] * APART * sign, place[1] + way[0] * APART * sign
            self.add(x, y, self.nearest(x, y) if inside((x, y), self.outline) else "")

    def add_grid(self) -> None:
        taken = np.array(self.places)
        for i, j in itertools.product(range(-40, 41), range(-45, 46)):
            x, y = i * GRID + 0.08 * math.sin(7 * i + 3 * j), j * GRID + 0.08 * math.cos(5 * i - 4 * j)
            if inside((x, y), self.outline) and np.hypot(*(taken - (x, y)).T).min() > 0.8 * NEXT:
                self.add(x, y, self.nearest(x, y))


def arcs(sites: Sites) -> list[tuple[frozenset[str], list[Point]]]:
    """The borders, each between two streets, from one meeting of three to the next; softened."""
    cells = Voronoi(np.array(sites.places))
    edges: dict[int, list[tuple[int, frozenset[str]]]] = defaultdict(list)
    for (p, q), (a, b) in zip(cells.ridge_points, cells.ridge_vertices, strict=True):
        sides = frozenset((sites.streets[p], sites.streets[q]))
        if len(sides) == 2 and a >= 0 and b >= 0:
            edges[a].append((b, sides))
            edges[b].append((a, sides))
    done: set[frozenset[int]] = set()
    found = []
    for start in [v for v, out in edges.items() if len(out) != 2]:
        for then, sides in edges[start]:
            if frozenset((start, then)) in done:
                continue
            line, at = [start], then
            done.add(frozenset((start, then)))
            while len(edges[at]) == 2:
                onward = next(v for v, _ in edges[at] if v != line[-1])
                line.append(at)
                done.add(frozenset((at, onward)))
                at = onward
            line.append(at)
            points = [(float(cells.vertices[v][0]), float(cells.vertices[v][1])) for v in line]
            found.append((sides, thin(soft(points, closed=False)) if len(points) > 2 else points))
    return found


def ring_of(street: str, borders: list[tuple[frozenset[str], list[Point]]]) -> list[Point]:
    """The arcs of a street, joined."""
    own = [points for sides, points in borders if street in sides]
    ring = own.pop(0)
    while own:
        index = next(i for i, arc in enumerate(own) if ring[-1] in (arc[0], arc[-1]))
        arc = own.pop(index)
        ring = ring + (arc if arc[0] == ring[-1] else arc[::-1])[1:]
    if ring[0] != ring[-1]:
        raise ValueError(f"{street} is in several pieces; let the borders wander less")
    return ring


def main(folder: Path) -> None:
    """Read, draw, check, write."""
    with (folder / "stations.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    stations = [(*plane(float(r["经度"]), float(r["纬度"])), r["所属街道"]) for r in rows]
    sites = Sites(stations)
    sites.fill()
    borders = arcs(sites)
    features = []
    for street in sorted({s[2] for s in stations}):
        ring = ring_of(street, borders)
        astray = [s for s in stations if (s[2] == street) != inside((s[0], s[1]), ring)]
        if astray:
            raise ValueError(f"{street}: stations on the wrong side of its border: {astray}")
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) / 2
        ring = ring if area > 0 else ring[::-1]
        features.append(feature({"编号": street}, "Polygon", [[earth(*p) for p in ring]]))
    for kind, name, line in LINES:
        points = thin(soft([plane(*p) for p in line], closed=False))
        features.append(feature({"名称": name, "类型": kind}, "LineString", [earth(*p) for p in points]))
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    (folder / "streets.geojson").write_text(text, "utf-8")
    print(f"{len(features)} features, {len(text)} bytes")


def feature(properties: dict[str, str], kind: str, coordinates: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
