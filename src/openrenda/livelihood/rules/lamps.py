"""Lamps (domain.md 4.6): pure, from what is known on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from openrenda.livelihood.states import Lamp, LampReason

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Points behind the plan, and days a milestone may be late."""

    lag_yellow: int = 5
    lag_red: int = 15
    late_red_days: int = 30


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone as the rule sees it."""

    plan_date: date
    weight: int
    actual_date: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A project on a day."""

    on: date
    year: int
    planned: int
    actual: int
    points: tuple[Point, ...] = ()
    funded_on: date | None = None
    is_missing: bool = False
    is_accepted: bool = False


@dataclass(frozen=True, slots=True)
class Light:
    """The lamp and why it is not green."""

    lamp: Lamp
    reasons: tuple[LampReason, ...] = ()


def planned_percent(on: date, points: Iterable[Point], schedule: Mapping[str, int] | None = None) -> int:
    """What the plan promised for a day: by the monthly schedule where there is one, else by milestones' weights."""
    months = [month for month in schedule or {} if month <= f"{on:%Y-%m}"]
    if schedule and months:
        return schedule[max(months)]
    if schedule:
        return 0
    return min(WHOLE, sum(point.weight for point in points if point.plan_date <= on))


def late_days(on: date, points: Iterable[Point]) -> int:
    """Days by which the most belated milestone that is not reached yet is late."""
    open_points = [p for p in points if p.actual_date is None or p.actual_date > on]
    return max((max((on - p.plan_date).days, 0) for p in open_points), default=0)


def light(standing: Standing, limits: Thresholds = Thresholds()) -> Light:
    """Blue: accepted. Red: far behind, a milestone very late, money not there by mid-year. Yellow: behind, a
    milestone late, or no report. Else green."""
    if standing.is_accepted:
        return Light(Lamp.BLUE)
    lag, late = standing.planned - standing.actual, late_days(standing.on, standing.points)
    unfunded = standing.on > date(standing.year, 6, 30) and (
        standing.funded_on is None or standing.funded_on > standing.on
    )
    red = _reasons(
        (lag > limits.lag_red, LampReason.LAG),
        (late > limits.late_red_days, LampReason.MILESTONE),
        (unfunded, LampReason.FUNDS),
    )
    yellow = _reasons(
        (lag > limits.lag_yellow, LampReason.LAG),
        (late > 0, LampReason.MILESTONE),
        (standing.is_missing, LampReason.MISSING),
    )
    if red:
        return Light(Lamp.RED, tuple(dict.fromkeys((*red, *yellow))))
    return Light(Lamp.YELLOW, yellow) if yellow else Light(Lamp.GREEN)


def _reasons(*pairs: tuple[bool, LampReason]) -> tuple[LampReason, ...]:
    return tuple(reason for holds, reason in pairs if holds)
