"""Which congress this installation serves."""

import time

from openrenda.kernel.errors import NotFound
from openrenda.orgs.models import Congress
from openrenda.orgs.selectors import the_congress

_KEEP_SECONDS = 5.0


class _Kept:
    congress: Congress | None = None
    until = 0.0


def current_congress() -> Congress | None:
    """The congress, or None before one is set up. One query, kept for five seconds per process."""
    moment = time.monotonic()
    if _Kept.congress is None or moment > _Kept.until:
        try:
            _Kept.congress = the_congress()
        except NotFound:
            return None
        _Kept.until = moment + _KEEP_SECONDS
    return _Kept.congress


def forget_congress() -> None:
    """Drop what is kept; between tests."""
    _Kept.congress = None
