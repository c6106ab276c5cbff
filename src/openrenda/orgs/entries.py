"""What the search finds of the institution: deputies in office and units that handle matters. Packages above, which
have the pages, register these kinds with the pages' addresses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Q

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.search.values import Doc

from .models import Mandate, Unit
from .states import Level, UnitKind

DEPUTY, UNIT = "orgs.deputy", "orgs.unit"
HANDLING = (
    UnitKind.DEPARTMENT,
    UnitKind.STREET,
    UnitKind.COURT,
    UnitKind.PROCURATORATE,
    UnitKind.SUPERVISION,
    UnitKind.NPC,
)
_STAFF = frozenset({"staff"})
_LONG_AGO = date(1954, 9, 20)  # the directory stands behind what happened when results are ordered by time


def staff(actor: Actor) -> frozenset[str]:
    """The directory is open to whoever works here. No query."""
    return _STAFF if actor.roles else frozenset()


def deputies(ids: Sequence[int]) -> Iterator[Doc]:
    """District deputies in office today; nothing of their persons but the name. One query."""
    today = clock.today()
    rows = Mandate.objects.filter(pk__in=ids, level=Level.DISTRICT, starts_on__lte=today)
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    related = ("person", "delegation", "constituency", "station__parent__parent")
    for row in rows.select_related(*related):
        yield from _both_sides(_deputy(row), is_public=True)


def _deputy(row: Mandate) -> Doc:
    places = _above(row.station)
    words = [row.delegation, row.constituency, *places, f"常委会{row.sc_post}" if row.sc_post else ""]
    return Doc(
        object_id=row.pk,
        congress_id=row.congress_id,
        is_public=True,
        ref=row.code,
        title=row.person.name,
        at=clock.at_time(_LONG_AGO, 0),
        body=" ".join(str(word) for word in words if word),
        names=(row.person.name,),
        numbers=(row.code,),
        street_id=next((unit.pk for unit in places if unit.kind == UnitKind.STREET), None),
        community_id=next((unit.pk for unit in places if unit.kind == UnitKind.COMMUNITY), None),
    )


def _above(unit: Unit | None) -> list[Unit]:
    """A station and the community and street it lies in."""
    found: list[Unit] = []
    while unit is not None and len(found) < 3:
        found.append(unit)
        unit = unit.parent if len(found) < 3 else None
    return [one for one in found if one.kind in (UnitKind.STATION, UnitKind.COMMUNITY, UnitKind.STREET)]


def every_deputy(after: int, size: int) -> list[int]:
    """One query."""
    rows = Mandate.objects.filter(pk__gt=after, level=Level.DISTRICT).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:size])


def changing_deputies(day: date, back: int = 7) -> list[int]:
    """Mandates that began or ended in the days up to this one: nobody writes anything, yet what is found changes.
    One query."""
    since = day - timedelta(days=back)
    of_district = Mandate.objects.filter(level=Level.DISTRICT)
    rows = of_district.filter(Q(starts_on__range=(since, day)) | Q(ends_on__range=(since, day)))
    return list(rows.values_list("pk", flat=True))


def units(ids: Sequence[int]) -> Iterator[Doc]:
    """Units that may be asked to handle a matter; one that was dissolved is found by staff only. One query."""
    for row in Unit.objects.filter(pk__in=ids, kind__in=[str(kind) for kind in HANDLING]):
        yield from _both_sides(_unit(row), is_public=row.dissolved_on is None)


def _unit(row: Unit) -> Doc:
    return Doc(
        object_id=row.pk,
        congress_id=row.congress_id,
        is_public=True,
        ref=row.code,
        title=row.name,
        at=clock.at_time(_LONG_AGO, 0),
        names=tuple(dict.fromkeys((row.name, row.short_name))),
        numbers=(row.code,),
        unit_id=row.pk,
        street_id=row.pk if row.kind == UnitKind.STREET else None,
    )


def every_unit(after: int, size: int) -> list[int]:
    """One query."""
    rows = Unit.objects.filter(pk__gt=after, kind__in=[str(kind) for kind in HANDLING]).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:size])


def _both_sides(doc: Doc, *, is_public: bool) -> Iterator[Doc]:
    """What everybody may read of the directory is what staff read of it."""
    if is_public:
        yield doc
    yield replace(doc, is_public=False, audience=_STAFF)
