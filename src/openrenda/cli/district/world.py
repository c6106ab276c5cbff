"""What a replay knows: the institution, who acts in its records, and when people work."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.workdays import Calendar
from openrenda.orgs.models import Mandate, Unit
from openrenda.orgs.states import Role, UnitKind

from .institution import Institution

MORNING, EVENING = time(9, 0), time(17, 30)


@dataclass
class World:
    """The institution as the replay needs it. A register names units, not officers: whoever acts is recorded as the
    load, in the role and on behalf of the unit or deputy that the register names."""

    institution: Institution
    calendar: Calendar
    categories: dict[str, int] = field(default_factory=dict)
    opinion_ids: dict[str, int] = field(default_factory=dict)
    receptions: dict[tuple[str, date], int] = field(default_factory=dict)
    revisits: dict[str, str] = field(default_factory=dict)
    taken_up: set[str] = field(default_factory=set)
    assumed: Counter[str] = field(default_factory=Counter)

    @property
    def congress_id(self) -> int:
        return self.institution.congress.pk

    def officer(self, role: Role, unit: Unit) -> Actor:
        """The load as an officer of a unit."""
        return Actor(
            urn=f"load:{role.value}:{unit.code}",
            name=f"{unit}（{role.label}）",
            congress_id=self.congress_id,
            roles=frozenset({(role.value, unit.pk)}),
            on_behalf_of=unit.name,
            origin="load",
        )

    def deputy(self, mandate: Mandate) -> Actor:
        """The load as a deputy."""
        return Actor(
            urn=f"load:{Role.DEPUTY.value}:{mandate.code}",
            name=mandate.person.name,
            congress_id=self.congress_id,
            roles=frozenset({(Role.DEPUTY.value, mandate.pk)}),
            on_behalf_of=mandate.person.name,
            origin="load",
        )

    def deputies_office(self) -> Actor:
        """代表工委: the congress body whose name says 代表, else the first."""
        bodies = [unit for unit in self.institution.units.values() if unit.kind == UnitKind.NPC]
        named = [unit for unit in bodies if "代表" in unit.name]
        return self.officer(Role.SC_REP, (named or bodies)[0])

    def dispatch_office(self) -> Actor:
        """政府督查室, else the government itself."""
        units = self.institution.units.values()
        named = [unit for unit in units if unit.kind == UnitKind.DEPARTMENT and "督查室" in unit.name]
        seat = named[0] if named else self.institution.unit_of_kind(UnitKind.GOVERNMENT)
        if seat is None:
            raise ValueError("units.csv names neither a government nor a 督查室")
        return self.officer(Role.GOV_HUB, seat)

    def assume(self, what: str) -> None:
        """Count something that the register does not tell and the replay had to set."""
        self.assumed[what] += 1

    def after(self, moment: datetime, minutes: int = 30) -> datetime:
        """The next working time at least `minutes` after a moment."""
        later = clock.local(moment) + timedelta(minutes=minutes)
        if self.calendar.is_workday(later.date()) and later.time() < EVENING:
            return max(later, datetime.combine(later.date(), MORNING, clock.ZONE))
        day = self.calendar.next_workday(later.date() + timedelta(days=1))
        return datetime.combine(day, MORNING, clock.ZONE)

    def workdays_after(self, day: date, count: int, hour: int = 10) -> datetime:
        """`count` working days after a day, at an hour."""
        return clock.at_time(self.calendar.add(day, count), hour)
