"""What everybody may read: the list and its facets."""

from openrenda.kernel.actor import Actor  # noqa: F401
from .rows import Facets, Filters, ListRow, Page


def public_list(congress_id: int, filters: Filters, *, after: int | None = None, size: int = 20) -> Page:
    """Numbered suggestions, newest number first, keyset by `after` (a row's shelf). Two queries."""
    raise NotImplementedError


def facets(congress_id: int, year: int | None = None) -> Facets:
    """Counts per facet, read from the counters, never recounted. Four queries."""
    raise NotImplementedError


def latest_public(congress_id: int, count: int = 5) -> list[ListRow]:
    """The newest ones, for the home page. Two queries."""
    raise NotImplementedError
