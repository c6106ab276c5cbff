"""The time a board looks back on: whole calendar months. Pure."""

from dataclasses import dataclass
from datetime import date

from openrenda.kernel.deadlines import add_months

RECENT = {"12m": 12, "24m": 24}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of a month to the last of another; `is_year` where it is a calendar year."""

    key: str
    begins: date
    ends: date  # the first day after it
    is_year: bool = False

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month."""
        count = (self.ends.year - self.begins.year) * 12 + self.ends.month - self.begins.month
        return tuple(add_months(self.begins, index) for index in range(count))

    @property
    def year(self) -> int | None:
        return self.begins.year if self.is_year else None

    @property
    def last(self) -> date:
        """The first day of the last month."""
        return add_months(self.ends, -1)


def period(key: str, today: date) -> Period:
    """The period of that key: 12m, 24m, a year; anything else is the last twelve months."""
    if key.isascii() and key.isdigit() and len(key) == 4 and 1990 <= int(key) <= today.year:
        return Period(key, date(int(key), 1, 1), date(int(key) + 1, 1, 1), is_year=True)
    known = key if key in RECENT else "12m"
    ends = add_months(today.replace(day=1), 1)
    return Period(known, add_months(ends, -RECENT[known]), ends)
