"""What stands after the question mark, read without trust; and links to this page with other filters."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest

from openrenda.kernel.text import N_
from openrenda.suggestions.selectors import asked
from openrenda.suggestions.selectors.rows import Facets, FacetValue, Filters
from openrenda.ui.shapes import FacetGroup, Link

LONGEST = 60


def text(request: HttpRequest, name: str) -> str:
    """A few words; what is longer than any title is cut."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]


def number(request: HttpRequest, name: str) -> int | None:
    """A positive whole number that the database can hold, or nothing."""
    raw = request.GET.get(name, "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else None


def small(request: HttpRequest, name: str) -> int | None:
    """A number that fits a year or an id of our tables."""
    found = number(request, name)
    return found if found is not None and found < 2**31 else None


def filters(request: HttpRequest) -> Filters:
    """How the public list is narrowed."""
    return asked.filters(request.GET.dict())


def here_with(request: HttpRequest, **changed: object) -> str:
    """This list with other filters, from its beginning. None takes a filter away."""
    return _with(request.path, dict(request.GET.items()), **changed)


def _with(path: str, given: Mapping[str, object], **changed: object) -> str:
    kept = {key: value for key, value in given.items() if key != "after"}
    asked = {**kept, **changed}
    words = urlencode({key: value for key, value in asked.items() if value not in (None, "")})
    return f"{path}?{words}" if words else path


def facet_groups(request: HttpRequest, found: Facets) -> tuple[FacetGroup, ...]:
    """The questions to filter by; a question with one answer or none is not asked."""
    return _groups(request.path, tuple(request.GET.items()), found)


@lru_cache(maxsize=512)
def _groups(path: str, given: tuple[tuple[str, str], ...], found: Facets) -> tuple[FacetGroup, ...]:
    """Follows from the address and the counts alone."""
    chosen = dict(given)
    key = (FacetValue("1", N_("只看重点督办"), found.key),) if found.key else ()
    asked = (
        (N_("年度"), "year", found.years),
        (N_("会议"), "session", found.sessions),
        (N_("办理状态"), "state", found.states),
        (N_("办理结果"), "class", found.classes),
        (N_("类别"), "category", found.categories),
        (N_("承办单位"), "unit", found.units),
        (N_("代表团"), "delegation", found.delegations),
        (N_("重点督办"), "key", key),
    )
    return tuple(
        FacetGroup(label, tuple(_answers(path, chosen, name, values)))
        for label, name, values in asked
        if len(values) > 1 or name in chosen or (name == "key" and values)
    )


def answers(request: HttpRequest, name: str, values: Iterable[FacetValue]) -> tuple[Link, ...]:
    """One link per answer to one question, keeping the other filters of this list."""
    return tuple(_answers(request.path, request.GET.dict(), name, values))


def _answers(path: str, given: Mapping[str, str], name: str, values: Iterable[FacetValue]) -> Iterator[Link]:
    """One link per answer; the chosen one takes itself away."""
    chosen = given.get(name, "")
    for one in values:
        is_chosen = one.value == chosen
        url = _with(path, given, **{name: None if is_chosen else one.value})
        yield Link(one.label, url, current=is_chosen, count=one.count)


def kept(request: HttpRequest) -> dict[str, str]:
    """The chosen filters, to be sent along with a search for words."""
    return {key: str(value) for key, value in request.GET.items() if key not in ("q", "after")}
