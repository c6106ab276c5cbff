"""Charts as values, worked out here so that templates only draw. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

SLOT, TALL = 10.0, 100.0
"""A panel's own units: each bar stands in a slot of ten, the tallest of all panels is a hundred high."""


@dataclass(frozen=True, slots=True)
class Series:
    """One figure over time: its name, a value for each place on the axis, and how it is drawn (main, second, third)."""

    label: str
    values: Sequence[int]
    tone: str = "main"


@dataclass(frozen=True, slots=True)
class Column:
    """One bar of a panel."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure as a row of bars, with what a reader takes from it: the sum, and the most and when."""

    label: str
    tone: str
    columns: Sequence[Column]
    total: int
    most: int
    most_at: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Panels over one axis and one scale. `rows`: the same as a table, one row a place on the axis."""

    panels: Sequence[Panel]
    width: float
    axis: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Share:
    """One bar: `value` of a whole, and perhaps a part of another kind that follows it (`rest`)."""

    label: str
    value: int
    rest: int = 0
    url: str = ""
    tone: str = "main"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many, where they are listed, and how dark from 0 to 5."""

    count: int
    weight: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of the heat table with its sum."""

    label: str
    cells: Sequence[HeatCell]
    total: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Two things crossed; the table is the chart."""

    columns: Sequence[str]
    rows: Sequence[HeatRow]


def trend(labels: Sequence[str], series: Sequence[Series], *, table_only: Sequence[Series] = ()) -> Trend | None:
    """Small multiples: lines that lie on each other cannot be told apart, rows of bars can. Further columns stand in
    the table alone. None where nothing ever happened."""
    top = max((value for one in series for value in one.values), default=0)
    if not labels or not top:
        return None
    whole = [*series, *table_only]
    return Trend(
        panels=[_panel(labels, one, top) for one in series],
        width=SLOT * len(labels),
        axis=[labels[0], labels[len(labels) // 2], labels[-1]] if len(labels) > 2 else list(labels),
        heads=[one.label for one in whole],
        rows=[(label, [one.values[index] for one in whole]) for index, label in enumerate(labels)],
    )


def _panel(labels: Sequence[str], one: Series, top: int) -> Panel:
    heights = [round(TALL * value / top, 2) for value in one.values]
    most = max(one.values)
    columns = [
        Column(SLOT * index + 1, round(TALL - height, 2), SLOT - 2, height)
        for index, height in enumerate(heights)
        if height
    ]
    return Panel(one.label, one.tone, columns, sum(one.values), most, labels[list(one.values).index(most)])


def heat(columns: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[int, str]]]]) -> Heat | None:
    """A heat table from (label, [(count, url)]); None where all is empty. Darkness grows with the count."""
    most = max((count for _, cells in rows for count, _ in cells), default=0)
    if not most:
        return None
    return Heat(columns, [_heat_row(label, cells, most) for label, cells in rows])


def _heat_row(label: str, cells: Sequence[tuple[int, str]], most: int) -> HeatRow:
    drawn = [HeatCell(count, 0 if not count else 1 + (count - 1) * 4 // max(most - 1, 1), url) for count, url in cells]
    return HeatRow(label, drawn, sum(count for count, _ in cells))
