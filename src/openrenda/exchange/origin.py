"""From which file the rows that are being written come, for kinds that keep it with what they write."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """A file's name and the import that brings it in."""

    file: str = ""
    run: int | None = None


_current: ContextVar[Origin] = ContextVar("openrenda_import_origin", default=Origin())  # noqa: B039  frozen


def current() -> Origin:
    """Where the rows at hand come from; empty outside of an import."""
    return _current.get()


@contextmanager
def told(file: str, run: int | None = None) -> Iterator[None]:
    """Rows written in this context come from that file."""
    token = _current.set(Origin(file, run))
    try:
        yield
    finally:
        _current.reset(token)
