"""What stands where: stations, and published matters no nearer than their square of a hundred metres."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import cos, radians, sin, sqrt
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear

from openrenda.kernel import clock
from openrenda.liaison.models import Category, Opinion, Station
from openrenda.liaison.states import OpinionState, PublishState, SensitiveFlag, StationStatus
from openrenda.orgs.models import Unit
from openrenda.reports.geometry import Point, coarse
from openrenda.reports.models import Shape
from openrenda.reports.parameters import Tiles, tiles
from openrenda.reports.states import PlaceKind, ShapeKind
from openrenda.suggestions.models import SourceOpinion
from openrenda.suggestions.states import State

SHOWN = 300
KEPT_SECONDS = 300
_AT_STATION = {str(SensitiveFlag.MINOR), str(SensitiveFlag.PRIVACY)}


@dataclass(frozen=True, slots=True)
class Asked:
    """How the map is narrowed; empty means all."""

    kind: PlaceKind | None = None
    street_id: int | None = None
    category_id: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many published matters of one street, first-level category and year."""

    kind: PlaceKind
    street_id: int | None
    category_id: int | None
    year: int
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """A mark on the map and its row in the list."""

    kind: PlaceKind
    key: str
    title: str
    street_id: int | None
    lng: float | None
    lat: float | None
    category: str = ""
    state: str = ""
    on: date | None = None
    address: str = ""
    at_station: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape of the drawing. `parts`: polygons of rings (a line is one ring)."""

    kind: ShapeKind
    unit_id: int | None
    name: str
    parts: tuple[tuple[tuple[Point, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class District:
    """What changes seldom: kept for some minutes."""

    streets: dict[int, str]
    categories: dict[int, str]
    stations: tuple[Place, ...]
    tallies: tuple[Tally, ...]
    outlines: tuple[Outline, ...]
    tiles: Tiles | None


@dataclass(frozen=True, slots=True)
class Matters:
    """The newest published matters that fit; `is_cut` where there are more."""

    places: tuple[Place, ...]
    is_cut: bool


def district(congress_id: int) -> District:
    """Streets, stations, drawing, counts. Seven queries, eight with a background; none for five minutes."""
    key = f"reports.district.{congress_id}"
    found: District | None = cache.get(key)
    if found is None:
        found = fresh_district(congress_id)
        cache.set(key, found, KEPT_SECONDS)
    return found


def fresh_district(congress_id: int) -> District:
    """The same, as it is now. Seven queries, eight with a background."""
    names = Category.objects.filter(congress_id=congress_id, parent=None).order_by("code").values_list("pk", "name")
    stations = tuple(_stations(congress_id))
    outlines = tuple(_outlines(congress_id))
    tallies = (
        *_tallies(PlaceKind.OPINION, _public(congress_id), ""),
        *_tallies(PlaceKind.SUGGESTION, _sources(congress_id), "opinion__"),
    )
    return District(_streets(congress_id), dict(names), stations, tallies, outlines, tiles(congress_id))


def forget(congress_id: int) -> None:
    """After the drawing was changed."""
    cache.delete(f"reports.district.{congress_id}")


def _streets(congress_id: int) -> dict[int, str]:
    rows = Unit.objects.filter(congress_id=congress_id, kind="street").order_by("code")
    return {pk: short or name for pk, short, name in rows.values_list("pk", "short_name", "name")}


def _stations(congress_id: int) -> Iterator[Place]:
    rows = Station.objects.filter(congress_id=congress_id).exclude(status=StationStatus.CLOSED)
    columns = ("unit__code", "unit__name", "street_id", "lng", "lat", "address", "reception_text")
    for code, name, street, lng, lat, address, reception in rows.order_by("level", "unit__code").values_list(*columns):
        east, north = None if lng is None else float(lng), None if lat is None else float(lat)
        yield Place(PlaceKind.STATION, code, name, street, east, north, address=address, state=reception)


def _outlines(congress_id: int) -> Iterator[Outline]:
    rows = Shape.objects.filter(congress_id=congress_id).order_by("pk")
    for kind, unit_id, name, parts in rows.values_list("kind", "unit_id", "name", "parts"):
        drawn = tuple(tuple(tuple((p[0], p[1]) for p in ring) for ring in part) for part in parts)
        yield Outline(ShapeKind(kind), unit_id, name, drawn)


def _public(congress_id: int) -> QuerySet[Opinion]:
    return Opinion.objects.filter(congress_id=congress_id, publish_state=PublishState.PUBLIC)


def _sources(congress_id: int) -> QuerySet[SourceOpinion]:
    """Suggestions that everybody may read, by the published opinions they grew from: no other place is told."""
    rows = SourceOpinion.objects.filter(
        is_released=False,
        opinion__congress_id=congress_id,
        opinion__publish_state=PublishState.PUBLIC,
        suggestion__shelf__isnull=False,
    )
    return rows.exclude(suggestion__public_title="").exclude(suggestion__state=State.WITHDRAWN)


def _tallies(kind: PlaceKind, rows: QuerySet[Opinion] | QuerySet[SourceOpinion], via: str) -> Iterator[Tally]:
    what = Count("pk") if kind is PlaceKind.OPINION else Count("suggestion_id", distinct=True)
    counted = (
        rows.annotate(
            top=Coalesce(f"{via}category__parent_id", f"{via}category_id"),
            at=ExtractYear(f"{via}submitted_at", tzinfo=clock.ZONE),
        )
        .order_by()
        .values_list(f"{via}street_id", "top", "at")
        .annotate(n=what)
    )
    for street_id, top, year, n in counted:
        yield Tally(kind, street_id, top, year, n)


def matters(congress_id: int, asked: Asked) -> Matters:
    """The newest published matters that fit, at most 300 of a kind. Two queries."""
    opinions = list(_opinions(congress_id, asked)) if asked.kind in (None, PlaceKind.OPINION) else []
    suggestions = list(_suggestions(congress_id, asked)) if asked.kind in (None, PlaceKind.SUGGESTION) else []
    cut = len(opinions) > SHOWN or len(suggestions) > SHOWN
    return Matters(tuple(apart([*opinions[:SHOWN], *suggestions[:SHOWN]])), cut)


def _narrowed(asked: Asked, via: str) -> Q:
    wanted = Q()
    if asked.street_id is not None:
        wanted &= Q(**{f"{via}street_id": asked.street_id})
    if asked.category_id is not None:
        wanted &= Q(**{f"{via}category_id": asked.category_id}) | Q(**{f"{via}category__parent_id": asked.category_id})
    if asked.year is not None:
        begins, ends = date(asked.year, 1, 1), date(asked.year + 1, 1, 1)
        wanted &= Q(**{f"{via}submitted_at__gte": clock.at_time(begins, 0)})
        wanted &= Q(**{f"{via}submitted_at__lt": clock.at_time(ends, 0)})
    return wanted


class Where(NamedTuple):
    """Where a matter was told and, perhaps, where it lies."""

    street_id: int | None
    lng: Decimal | None
    lat: Decimal | None
    flags: list[str]
    station_lng: Decimal | None
    station_lat: Decimal | None


_WHERE = ("street_id", "lng", "lat", "sensitive_flags", "station__station__lng", "station__station__lat")


def _opinions(congress_id: int, asked: Asked) -> Iterator[Place]:
    rows = _public(congress_id).filter(_narrowed(asked, "")).order_by("-published_at", "-pk")
    columns = ("number", "public_title", "category__name", "state", "submitted_at", *_WHERE)
    for number, title, category, state, at, *where in rows.values_list(*columns)[: SHOWN + 1]:
        told = OpinionState(state).label
        yield _placed(PlaceKind.OPINION, number, title, category or "", told, clock.local(at).date(), Where(*where))


def _suggestions(congress_id: int, asked: Asked) -> Iterator[Place]:
    rows = _sources(congress_id).filter(_narrowed(asked, "opinion__")).order_by("-suggestion__shelf", "pk")
    what = ("key", "public_title", "category__name", "state", "submitted_at")
    columns = [*(f"suggestion__{name}" for name in what), *(f"opinion__{name}" for name in _WHERE)]
    seen: set[str] = set()
    for key, title, category, state, at, *where in rows.values_list(*columns)[: SHOWN + 1]:
        if key not in seen:
            seen.add(key)
            told = State(state).label
            yield _placed(PlaceKind.SUGGESTION, key, title, category, told, clock.local(at).date(), Where(*where))


def _placed(kind: PlaceKind, key: str, title: str, category: str, state: str, on: date, where: Where) -> Place:
    """By its own square; by its station where no place is told, or where it touches a child or somebody's privacy."""
    is_told = where.lng is not None and not _AT_STATION & set(where.flags)
    lng, lat = (where.lng, where.lat) if is_told else (where.station_lng, where.station_lat)
    east, north = None if lng is None else float(lng), None if lat is None else float(lat)
    if is_told and east is not None and north is not None:
        east, north = coarse(east, north)
    return Place(kind, key, title, where.street_id, east, north, category, state, on, at_station=not is_told)


def apart(places: Iterable[Place]) -> Iterator[Place]:
    """Marks of the same square are laid in a spiral within it, always in the same way."""
    taken: dict[tuple[float, float], int] = {}
    for place in places:
        if place.lng is None or place.lat is None:
            yield place
            continue
        index = taken.get((place.lng, place.lat), 0)
        taken[place.lng, place.lat] = index + 1
        metres, angle = min(9 * sqrt(index), 50), index * 2.39996
        north = metres * cos(angle) / 111_000
        east = metres * sin(angle) / (111_000 * cos(radians(place.lat)))
        yield replace(place, lng=round(place.lng + east, 5), lat=round(place.lat + north, 5))
