"""Drawings of a district: read without trust from GeoJSON (RFC 7946, WGS 84), laid flat, and kept coarse. Pure."""

import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, floor, isfinite, radians

from openrenda.kernel.text import N_

from .errors import BadDrawing
from .states import ShapeKind

Point = tuple[float, float]
Ring = tuple[Point, ...]

MAX_BYTES = 2 * 1024 * 1024
MAX_FEATURES = 500
MAX_POINTS = 20_000
NAME = 40
KINDS = {"water": ShapeKind.WATER, "河渠": ShapeKind.WATER, "road": ShapeKind.ROAD, "道路": ShapeKind.ROAD}
CELL_LAT, CELL_LNG = 0.001, 0.00115
"""About 110 m from south to north and as much from west to east at our latitudes."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One shape: a street by its unit's code, or a line by its name. `rings`: outlines with holes, or one line."""

    kind: ShapeKind
    code: str
    name: str
    parts: tuple[tuple[Ring, ...], ...]


def read(raw: bytes) -> list[Drawn]:
    """The shapes of a file; BadDrawing says what is wrong with it."""
    if len(raw) > MAX_BYTES:
        raise BadDrawing(N_("文件超过 2 MB。"))
    try:
        told = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_such_number)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadDrawing(N_("不是有效的 JSON 文件。")) from None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or told.get("type") != "FeatureCollection":
        raise BadDrawing(N_("不是 GeoJSON 的 FeatureCollection。"))
    if not 0 < len(features) <= MAX_FEATURES:
        raise BadDrawing(N_("应有 1 到 500 个图形。"))
    drawn = [_shape(feature, number) for number, feature in enumerate(features, 1)]
    if sum(len(ring) for one in drawn for part in one.parts for ring in part) > MAX_POINTS:
        raise BadDrawing(N_("图形的点太多，请先简化到 20000 个以内。"))
    return drawn


def _no_such_number(name: str) -> float:
    raise ValueError(name)


def _shape(feature: object, number: int) -> Drawn:
    where = f"#{number}"
    if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
        raise BadDrawing(N_("图形没有 geometry。"), where)
    told = feature.get("properties")
    properties = told if isinstance(told, dict) else {}
    geometry = feature["geometry"]
    kind, inside = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        parts: tuple[tuple[Ring, ...], ...] = (_rings(inside, where),)
    elif kind == "MultiPolygon":
        parts = tuple(_rings(polygon, where) for polygon in _list(inside, where))
    elif kind == "LineString":
        line = _points(inside, where, 2)
        named = KINDS.get(_text(properties, "类型", where))
        if named is None:
            raise BadDrawing(N_("线的“类型”应是河渠或道路。"), where)
        return Drawn(named, "", _text(properties, "名称", where, needed=True), ((line,),))
    else:
        raise BadDrawing(N_("只收 Polygon、MultiPolygon 和 LineString。"), where)
    return Drawn(ShapeKind.STREET, _text(properties, "编号", where, needed=True), "", parts)


def _text(properties: dict[str, object], key: str, where: str, *, needed: bool = False) -> str:
    value = properties.get(key, "")
    text = value.strip() if isinstance(value, str) else ""
    if (needed and not text) or len(text) > NAME or not text.isprintable():
        raise BadDrawing(N_("街道要有“编号”，线要有“名称”，不超过 40 个字。"), where)
    return text


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list) or not value:
        raise BadDrawing(N_("坐标不完整。"), where)
    return value


def _rings(value: object, where: str) -> tuple[Ring, ...]:
    rings = tuple(_points(ring, where, 4) for ring in _list(value, where))
    if any(ring[0] != ring[-1] for ring in rings):
        raise BadDrawing(N_("街道的边界没有闭合：最后一点应与第一点相同。"), where)
    if any(len(set(ring)) < 3 for ring in rings):
        raise BadDrawing(N_("街道的边界没有围成一块地。"), where)
    return rings


def _points(value: object, where: str, least: int) -> Ring:
    points = tuple(_point(one, where) for one in _list(value, where))
    if len(points) < least:
        raise BadDrawing(N_("坐标不完整。"), where)
    return points


def _point(value: object, where: str) -> Point:
    pair = value[:2] if isinstance(value, list) else []
    if len(pair) != 2 or any(isinstance(n, bool) or not isinstance(n, (int, float)) for n in pair):
        raise BadDrawing(N_("坐标应是[经度, 纬度]。"), where)
    # An integer of a thousand digits is no float; compared before it is turned into one.
    if not (-180 <= pair[0] <= 180 and -85 <= pair[1] <= 85):
        raise BadDrawing(N_("经度应在±180之间，纬度在±85之间。"), where)
    lng, lat = float(pair[0]), float(pair[1])
    if not (isfinite(lng) and isfinite(lat)):
        raise BadDrawing(N_("坐标应是[经度, 纬度]。"), where)
    return round(lng, 6), round(lat, 6)


def coarse(lng: float, lat: float) -> Point:
    """The middle of the square of about a hundred metres in which a place lies: never the door (domain.md 1.7.4)."""
    east, north = floor(lng / CELL_LNG), floor(lat / CELL_LAT)
    return round((east + 0.5) * CELL_LNG, 5), round((north + 0.5) * CELL_LAT, 5)


def holds(parts: Sequence[Sequence[Ring]], lng: float, lat: float) -> bool:
    """Does a place lie on this ground (within an outline and none of its holes)?"""
    return any(_within(part[0], lng, lat) and not any(_within(hole, lng, lat) for hole in part[1:]) for part in parts)


def _within(ring: Ring, x: float, y: float) -> bool:
    crossed = False
    for (ax, ay), (bx, by) in itertools.pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossed = not crossed
    return crossed


def middle(parts: Sequence[Sequence[Ring]]) -> Point:
    """Where a name may stand: the centre of gravity of the largest outline."""
    ring = max((part[0] for part in parts), key=lambda one: abs(_area(one)))
    area = _area(ring)
    if not area:
        return ring[0]
    x = y = 0.0
    for (ax, ay), (bx, by) in itertools.pairwise(ring):
        turn = ax * by - bx * ay
        x, y = x + (ax + bx) * turn, y + (ay + by) * turn
    return x / (6 * area), y / (6 * area)


def _area(ring: Ring) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(ring)) / 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """From places on earth to a drawing of `width` by `height`, north up, true in shape."""

    west: float
    north: float
    scale: float
    shrink: float
    margin: float
    width: int
    height: int

    def at(self, lng: float, lat: float) -> Point:
        """Where a place stands in the drawing."""
        x = self.margin + (lng - self.west) * self.shrink * self.scale
        return round(x, 1), round(self.margin + (self.north - lat) * self.scale, 1)


def sheet(places: Iterable[Point], *, width: int = 720, tallest: int = 860, margin: float = 24) -> Sheet | None:
    """A drawing that shows all of these; None where there is nothing to show."""
    found = list(places)
    if not found:
        return None
    west, east = min(p[0] for p in found), max(p[0] for p in found)
    south, north = min(p[1] for p in found), max(p[1] for p in found)
    shrink = cos(radians((south + north) / 2))
    inner = width - 2 * margin
    scale = min(inner / max((east - west) * shrink, 0.002), (tallest - 2 * margin) / max(north - south, 0.002))
    wide = (east - west) * shrink * scale
    height = round(max((north - south) * scale, 120) + 2 * margin)
    return Sheet(west - (inner - wide) / 2 / shrink / scale, north, scale, shrink, margin, width, height)
