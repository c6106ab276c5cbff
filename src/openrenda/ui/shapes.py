"""What components take: small frozen values with names, so that a page hands over no loose dictionaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from openrenda.kernel.deadlines import Lamp, Step


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go: a crumb, a tab (`current`), a filter chip (`count`)."""

    label: str
    url: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One question to filter by, with the answers as links."""

    label: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Who did what, when, and how long it had waited before."""

    what: str
    when: date | datetime | None = None
    who: str = ""
    waited: timedelta | int | None = None
    note: str = ""
    url: str = ""
    tone: str = "done"  # done | now | later | stop
    law: str = ""


@dataclass(frozen=True, slots=True)
class ClockFace:
    """A running or stopped clock: what it counts to, how it stands, how its date was computed."""

    label: str
    due: date | None
    lamp: Lamp
    days_left: int | None = None  # working days; negative when overdue
    done_on: date | None = None
    basis: str = ""
    steps: Sequence[Step] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """One stage on the way: done, now, or later."""

    label: str
    state: str = "later"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure that does not stand alone. `value` None is 暂无数据."""

    label: str
    value: float | Fraction | None
    kind: str = "number"  # number | percent | days
    numerator: int | None = None
    denominator: int | None = None
    period: str = ""
    definition: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; `value` None is 暂无数据."""

    label: str
    value: float | None
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture with words for those who do not see it."""

    url: str
    alt: str
    thumb_url: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What a bulk act will do to one row: `ok` and `result`, or why not."""

    title: str
    result: str
    ok: bool = True
    url: str = ""
    key: str = ""
