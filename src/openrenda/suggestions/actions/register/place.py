"""What every life of a take-over needs to know of the district, asked once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import fresh_calendar
from openrenda.kernel.workdays import Calendar
from openrenda.orgs.models import Term, Unit
from openrenda.orgs.selectors import units_of_kind
from openrenda.orgs.states import UnitKind
from openrenda.suggestions.actions.planning import top_of
from openrenda.suggestions.rules import clocks


@dataclass
class Place:
    """The district on the day of the take-over. Deadlines are worked out once for each day they start from."""

    actor: Actor
    now: datetime
    calendar: Calendar
    government: Unit | None
    newest_term: int
    _known: dict[tuple[str, date], date] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def congress_id(self) -> int:
        return self.actor.congress_id

    def hub_of(self, unit: Unit) -> Unit:
        """To whom a matter of the government's units is handed first."""
        return self.government or top_of(unit)

    def _once(self, name: str, start: date, due: Callable[[], date]) -> date:
        known = self._known.get((name, start))
        if known is None:
            known = self._known[name, start] = due()
        return known

    def legal(self, start: date, *, extended: bool = False) -> date:
        name = "extended" if extended else "legal"
        return self._once(name, start, lambda: clocks.legal(start, extended=extended, calendar=self.calendar).due)

    def sign_by(self, start: date) -> date:
        return self._once("sign", start, lambda: clocks.sign_by(start, self.congress_id).due)

    def return_by(self, start: date) -> date:
        return self._once("return", start, lambda: clocks.return_by(start, self.congress_id).due)

    def opinion_by(self, start: date) -> date:
        return self._once("opinion", start, lambda: clocks.opinion_by(start, self.congress_id).due)

    def rehandle_by(self, start: date) -> date:
        return self._once("rehandle", start, lambda: clocks.rehandle_by(start, self.congress_id).due)

    def feedback_by(self, start: date, *, reminder: bool = False) -> date:
        name = "reminder" if reminder else "feedback"
        return self._once(name, start, lambda: clocks.feedback_by(start, self.congress_id, reminder=reminder).due)

    def night_after(self, day: date) -> datetime | None:
        """The clockwork's first look after a day; None if that night is still to come."""
        moment = clock.at_time(date.fromordinal(day.toordinal() + 1), 1)
        return moment if moment <= self.now else None


def place_of(actor: Actor) -> Place:
    """Three queries, and one for each setting when it is first asked for."""
    newest = Term.objects.filter(congress_id=actor.congress_id, starts_on__lte=clock.today()).order_by("-number")
    return Place(
        actor=actor,
        now=clock.now(),
        calendar=fresh_calendar(),
        government=units_of_kind(actor.congress_id, UnitKind.GOVERNMENT).first(),
        newest_term=next(iter(newest.values_list("number", flat=True)[:1]), 0),
    )
