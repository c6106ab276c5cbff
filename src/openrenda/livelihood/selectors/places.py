"""Where stations stand (the district's shape on our map), and the call for ideas that is open today."""

from collections.abc import Iterable
from dataclasses import dataclass

from openrenda.kernel import clock
from openrenda.liaison.models import Category, Station
from openrenda.livelihood.models import Year
from openrenda.livelihood.states import YearState


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, with the street it belongs to."""

    lng: float
    lat: float
    street_id: int | None = None
    street: str = ""


def spots(congress_id: int) -> list[Spot]:
    """All stations with coordinates. One query."""
    rows = Station.objects.filter(congress_id=congress_id, lng__isnull=False).order_by("pk")
    found = rows.values_list("lng", "lat", "street_id", "street__short_name", "street__name")
    return [Spot(float(lng), float(lat), pk, short or name or "") for lng, lat, pk, short, name in found if lng and lat]


def centre(places: Iterable[Spot]) -> tuple[float, float] | None:
    """The middle of some places."""
    found = list(places)
    if not found:
        return None
    return sum(p.lng for p in found) / len(found), sum(p.lat for p in found) / len(found)


def open_call(congress_id: int) -> Year | None:
    """The year whose call for ideas is open today. One query."""
    today = clock.today()
    rows = Year.objects.filter(congress_id=congress_id, state=YearState.COLLECTING)
    return rows.filter(opens_on__lte=today, closes_on__gte=today).order_by("-year").first()


def last_call(congress_id: int) -> Year | None:
    """The newest year, open or not. One query."""
    return Year.objects.filter(congress_id=congress_id).order_by("-year").first()


def categories(congress_id: int) -> list[str]:
    """The district's categories of matters, by which ideas are sorted too. One query."""
    rows = Category.objects.filter(congress_id=congress_id, parent=None).order_by("pk")
    return [name[:20] for name in rows.values_list("name", flat=True)]
