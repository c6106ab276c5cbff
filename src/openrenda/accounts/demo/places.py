"""Which unit and which deputy stand for a role: found by kind and by what the register says, never by a known name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openrenda.kernel import clock
from openrenda.orgs.models import Congress, Mandate, Unit
from openrenda.orgs.selectors import deputies_in_office, street_of, units_of_kind
from openrenda.orgs.states import UnitKind


@dataclass
class Places:
    """The district's units and deputies, read once."""

    units: Sequence[Unit]
    mandates: Sequence[Mandate]
    prefer: Sequence[str] = ()

    @classmethod
    def of(cls, congress: Congress, prefer: Sequence[str] = ()) -> "Places":
        """Two queries (and one per step from the chosen station up to its street)."""
        units = units_of_kind(congress.pk, *UnitKind).select_related("parent__parent")
        return cls(list(units.order_by("code")), list(deputies_in_office(congress.pk, clock.today())), prefer)

    def unit(self, place: str) -> Unit | None:
        """The unit for a place of the roster; None when the district has none of that kind."""
        return UNITS[place](self)

    def deputy(self, place: str) -> Mandate | None:
        """The deputy for a place of the roster."""
        return DEPUTIES[place](self)

    def of_kind(self, *kinds: UnitKind) -> list[Unit]:
        return [unit for unit in self.units if unit.kind in kinds]

    def named(self, units: Sequence[Unit], part: str) -> Unit | None:
        """The first whose name holds `part`, else the first of all."""
        return next((unit for unit in units if part in unit.name), units[0] if units else None)

    def departments(self) -> list[Unit]:
        """Departments that handle matters, those asked for first; the dispatching office is not among them."""
        hub = self.unit("gov_hub")
        found = [unit for unit in self.of_kind(UnitKind.DEPARTMENT) if unit != hub]
        rank = {code: position for position, code in enumerate(self.prefer)}
        return sorted(found, key=lambda unit: (rank.get(unit.code, len(rank)), unit.code))

    def serving(self, station: Unit | None) -> list[Mandate]:
        """Deputies of a station, those without an office in the standing committee first."""
        found = [m for m in self.mandates if station is not None and m.station_id == station.pk]
        return sorted(found, key=lambda m: (bool(m.sc_post), m.leads_delegation, m.code))


def _station(places: Places) -> Unit | None:
    """The station with most plain deputies, in a street; the first by code among equals."""
    stations = [s for s in places.of_kind(UnitKind.STATION) if street_of(s) is not None]
    return max(
        stations or places.of_kind(UnitKind.STATION),
        default=None,
        key=lambda s: (
            sum(not m.sc_post for m in places.serving(s)),
            s.parent is not None and s.parent.kind == UnitKind.STREET,
        ),
    )


def _street(places: Places) -> Unit | None:
    station = places.unit("station")
    return (street_of(station) if station else None) or next(iter(places.of_kind(UnitKind.STREET)), None)


def _community(places: Places) -> Unit | None:
    street = places.unit("street")
    found = places.of_kind(UnitKind.COMMUNITY)
    return next((unit for unit in found if street and unit.parent_id == street.pk), found[0] if found else None)


def _committee(places: Places) -> Unit | None:
    taken = {places.unit("sc_rep"), places.unit("sc_office")}
    found = places.of_kind(UnitKind.NPC)
    return next((unit for unit in found if unit not in taken), found[0] if found else None)


def _hub(places: Places) -> Unit | None:
    found = [*places.of_kind(UnitKind.GOVERNMENT), *places.of_kind(UnitKind.DEPARTMENT)]
    return next((u for u in found if "督查室" in u.name), next(iter(places.of_kind(UnitKind.GOVERNMENT)), None))


def _at(units: Sequence[Unit], index: int) -> Unit | None:
    return units[index] if index < len(units) else None


UNITS: dict[str, Callable[[Places], Unit | None]] = {
    "station": _station,
    "street": _street,
    "community": _community,
    "sc_rep": lambda places: places.named(places.of_kind(UnitKind.NPC), "代表"),
    "sc_office": lambda places: places.named(places.of_kind(UnitKind.NPC), "办公室"),
    "sc_leader": lambda places: places.named(places.of_kind(UnitKind.NPC), "办公室"),
    "sc_committee": _committee,
    "gov_hub": _hub,
    "department": lambda places: _at(places.departments(), 0),
    "department_2": lambda places: _at(places.departments(), 1),
    "court": lambda places: _at(places.of_kind(UnitKind.COURT), 0),
}


def _plain(places: Places, index: int) -> Mandate | None:
    found = places.serving(places.unit("station"))
    return found[index] if index < len(found) else None


def _member(places: Places) -> Mandate | None:
    """A member of the standing committee, rather not one of its leaders."""
    found = sorted((m for m in places.mandates if m.sc_post), key=lambda m: ("主任" in m.sc_post, m.code))
    return found[0] if found else None


def _lead(places: Places) -> Mandate | None:
    """Who leads a delegation; if nobody is entered as leading, a deputy who is none of the others shall."""
    leading = next((m for m in places.mandates if m.leads_delegation), None)
    taken = {_plain(places, 0), _plain(places, 1), _member(places)}
    return leading or next((m for m in places.mandates if m not in taken and not m.sc_post), None)


DEPUTIES: dict[str, Callable[[Places], Mandate | None]] = {
    "deputy": lambda places: _plain(places, 0),
    "deputy_2": lambda places: _plain(places, 1),
    "deputy_lead": _lead,
    "sc_member": _member,
}


def leading_mandate(places: Places) -> Mandate | None:
    """The chair of the standing committee, if the register knows one: the leader's account is then a real deputy's."""
    chairs = [m for m in places.mandates if "主任" in m.sc_post]
    return min(chairs, key=lambda m: (m.sc_post != "主任", m.code), default=None)
