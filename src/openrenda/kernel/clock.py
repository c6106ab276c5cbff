"""The injected clock. Rules ask it, never the machine; tests and loads set it; a demo runs it with an offset."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_frozen: ContextVar[datetime | None] = ContextVar("openrenda_clock", default=None)


class _Offset:
    """Process-wide distance from the machine's clock (demo only)."""

    value = timedelta()


def set_offset(offset: timedelta) -> None:
    """Let the clock of this process run `offset` away from the machine's (demo data lies in the past)."""
    _Offset.value = offset


def offset_to(moment: datetime) -> timedelta:
    """How far `moment` is from the machine's clock: the offset that makes it "now"."""
    return moment - datetime.now(UTC)  # noqa: TID251  the one module that asks the machine


def now() -> datetime:
    """The moment, aware, in Asia/Shanghai."""
    frozen = _frozen.get()
    if frozen is not None:
        return frozen
    machine = datetime.now(UTC)  # noqa: TID251  the one place that asks the machine
    return (machine + _Offset.value).astimezone(ZONE)


def today() -> date:
    """The day in Asia/Shanghai."""
    return now().date()


def local(moment: datetime) -> datetime:
    """The same moment in Asia/Shanghai; a naive one is refused, for nobody knows which moment it is."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment}")
    return moment.astimezone(ZONE)


def at_time(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """That time of day in Asia/Shanghai."""
    return datetime.combine(day, time(hour, minute), ZONE)


@contextmanager
def at(moment: datetime | date) -> Iterator[datetime]:
    """Freeze the clock (a date means 9:00 that day) in this context."""
    instant = local(moment) if isinstance(moment, datetime) else at_time(moment)
    token = _frozen.set(instant)
    try:
        yield instant
    finally:
        _frozen.reset(token)
