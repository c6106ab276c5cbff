"""What stands after the question mark, read without trust; and links to this page with other filters."""

from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_
from openrenda.suggestions.selectors.rows import Facets, FacetValue, Filters
from openrenda.suggestions.states import ReplyClass, State
from openrenda.ui.filters import t
from openrenda.ui.shapes import FacetGroup, Link

L = TypeVar("L", bound=Labelled)
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


def member(request: HttpRequest, name: str, enum: type[L]) -> L | None:
    """A member of the enumeration, or nothing."""
    return next((one for one in enum if one.value == request.GET.get(name, "")), None)


def filters(request: HttpRequest) -> Filters:
    """How the public list is narrowed."""
    year = small(request, "year")
    return Filters(
        text=text(request, "q"),
        year=year if year is not None and year < 3000 else None,
        session_id=small(request, "session"),
        category_id=small(request, "category"),
        unit_id=small(request, "unit"),
        state=member(request, "state", State),
        reply_class=member(request, "class", ReplyClass),
        delegation_id=small(request, "delegation"),
        key_only=request.GET.get("key") == "1",
    )


def here_with(request: HttpRequest, **changed: object) -> str:
    """This list with other filters, from its beginning. None takes a filter away."""
    kept = {key: value for key, value in request.GET.items() if key != "after"}
    asked = {**kept, **changed}
    words = urlencode({key: value for key, value in asked.items() if value not in (None, "")})
    return f"{request.path}?{words}" if words else request.path


def answers(request: HttpRequest, name: str, values: Iterable[FacetValue]) -> list[Link]:
    """One link per answer; the chosen one takes itself away."""
    chosen = request.GET.get(name, "")
    return [
        Link(
            one.label,
            here_with(request, **{name: None if one.value == chosen else one.value}),
            current=one.value == chosen,
            count=one.count,
        )
        for one in values
    ]


def facet_groups(request: HttpRequest, found: Facets) -> list[FacetGroup]:
    """The questions to filter by; a question with one answer or none is not asked."""
    key = [FacetValue("1", t(N_("只看重点督办")), found.key)] if found.key else []
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
    return [
        FacetGroup(label, answers(request, name, values))
        for label, name, values in asked
        if len(values) > 1 or name in request.GET or (name == "key" and values)
    ]


def kept(request: HttpRequest) -> dict[str, str]:
    """The chosen filters, to be sent along with a search for words."""
    return {key: str(value) for key, value in request.GET.items() if key not in ("q", "after")}
