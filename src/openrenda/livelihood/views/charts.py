"""Progress by month as lines: the points of the drawing, with the same figures for a table. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openrenda.livelihood.states import Lamp

LEFT, RIGHT, TOP, BOTTOM, WIDTH, HEIGHT = 66.0, 128.0, 18.0, 34.0, 720.0, 300.0


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month as reported."""

    month: str
    planned: int
    actual: int
    paid: Decimal | None
    lamp: Lamp
    is_missing: bool = False

    @property
    def words(self) -> str:
        """2025-03 → 3月"""
        return f"{int(self.month[5:])}月"


@dataclass(frozen=True, slots=True)
class Dot:
    """A month's point of the actual line."""

    x: float
    y: float
    lamp: str


@dataclass(frozen=True, slots=True)
class MonthChart:
    """Two lines, their last values, the months below."""

    planned: str
    actual: str
    dots: Sequence[Dot]
    ticks: Sequence[tuple[float, str]]
    rules: Sequence[tuple[float, int]]
    end_x: float
    planned_y: float
    actual_y: float
    rows: Sequence[MonthRow]


def months(rows: Sequence[MonthRow]) -> MonthChart | None:
    """None before the first month."""
    if not rows:
        return None
    step = (WIDTH - LEFT - RIGHT) / max(len(rows) - 1, 1)
    xs = [LEFT + step * index for index in range(len(rows))]
    planned, actual = [_y(row.planned) for row in rows], [_y(row.actual) for row in rows]
    planned_at, actual_at = _apart(planned[-1], actual[-1])
    return MonthChart(
        planned=" ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, planned, strict=True)),
        actual=" ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, actual, strict=True)),
        dots=[Dot(x, y, str(row.lamp)) for x, y, row in zip(xs, actual, rows, strict=True)],
        ticks=[(x, row.words) for x, row in zip(xs, rows, strict=True)],
        rules=[(_y(value), value) for value in (0, 25, 50, 75, 100)],
        end_x=xs[-1],
        planned_y=planned_at,
        actual_y=actual_at,
        rows=rows,
    )


def _y(percent: int) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (100 - percent) / 100


def _apart(planned: float, actual: float, least: float = 24.0) -> tuple[float, float]:
    """The two labels at the lines' ends do not lie on each other."""
    if abs(planned - actual) >= least:
        return planned, actual
    middle, up = (planned + actual) / 2, planned <= actual
    high, low = middle - least / 2, middle + least / 2
    return (high, low) if up else (low, high)


def share(part: Decimal | int | None, whole: Decimal | int | None) -> int | None:
    """Percent of a whole, rounded down, at most 100; None where one is unknown or the whole is nothing."""
    if part is None or not whole:
        return None
    return min(100, int(part * 100 // whole))
