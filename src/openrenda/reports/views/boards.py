"""Boards: what is due, how it goes, where, how long, how good. For everybody, and for each office its own."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from openrenda.accounts.gates import needs_role, public
from openrenda.accounts.http import ActorRequest
from openrenda.kernel import clock
from openrenda.kernel.text import N_
from openrenda.reports import queries
from openrenda.reports.period import Period, period
from openrenda.reports.selectors import boards
from openrenda.reports.selectors.boards import READERS, WHOLE_DISTRICT, Board, Narrow
from openrenda.ui.filters import t
from openrenda.ui.render import page
from openrenda.ui.shapes import FacetGroup, Link

from . import faces
from .faces import LinkOf


@dataclass(frozen=True, slots=True)
class Lists:
    """Where the records behind a board are listed; a link of a cell is empty where no list can be narrowed to it."""

    opinions: str
    suggestions: str
    opinions_at: LinkOf
    suggestions_at: LinkOf


@public
@require_safe
def show(request: ActorRequest) -> HttpResponse:
    """The district as everybody may know it."""
    when, narrow = _asked(request)
    found = boards.public_board(request.actor.congress_id, when, narrow)
    opinions = _to("liaison:published", "street", year=when.year)
    suggestions = _to("suggestions:index", "delegation", year=when.year, unit=narrow.unit_id)
    lists = Lists(
        opinions(None, None), suggestions(None, None), _nowhere if narrow != Narrow() else opinions, suggestions
    )
    context = _context(request, found, when, narrow, lists)
    context |= {"layout": "ui/public.html", "nearest": None, **_choices(request, found, when, narrow)}
    return page(request, "reports/board.html", context)


@needs_role(*READERS)
@require_safe
def work(request: ActorRequest) -> HttpResponse:
    """The same of what the worn hat may see, and what is due first."""
    when, narrow = _asked(request)
    is_whole = request.actor.has(*WHOLE_DISTRICT)
    narrow = narrow if is_whole else Narrow()
    found = boards.work_board(request.actor, when, narrow)
    suggestions = _to("suggestions:index", "delegation", year=when.year, unit=narrow.unit_id)
    lists = Lists(
        reverse("liaison:inbox"), reverse("suggestions:register"), _nowhere, suggestions if is_whole else _nowhere
    )
    context = _context(request, found, when, narrow, lists)
    context |= {
        "layout": "ui/work.html",
        "nearest": boards.nearest(request.actor, narrow),
        "hat": request.hat.label if request.hat else "",
        **(_choices(request, found, when, narrow) if is_whole else {}),
    }
    return page(request, "reports/board.html", context)


def _asked(request: ActorRequest) -> tuple[Period, Narrow]:
    when = period(request.GET.get("period", ""), clock.today())
    return when, Narrow(queries.number(request, "street"), queries.number(request, "unit"))


def _to(name: str, place: str, **always: int | None) -> LinkOf:
    """A list, narrowed by category and place."""

    def link(category: int | None, where: int | None) -> str:
        asked = {**always, "category": category, place: where}
        words = urlencode({key: value for key, value in asked.items() if value is not None})
        return f"{reverse(name)}?{words}" if words else reverse(name)

    return link


def _nowhere(category: int | None, where: int | None) -> str:
    return ""


def _context(request: ActorRequest, found: Board, when: Period, narrow: Narrow, lists: Lists) -> dict[str, Any]:
    kept = _kept(when, narrow)
    years = [str(year) for year in range(clock.today().year, found.first_year - 1, -1)]
    recent = (("12m", t(N_("近12个月"))), ("24m", t(N_("近24个月"))))
    choices = [*recent, *((year, t(N_("{year}年"), year=year)) for year in years)]
    told, said = found.opinions, found.suggestions
    return {
        "opinions": told and faces.of_opinions(told, when, list_url=lists.opinions, link=lists.opinions_at),
        "suggestions": said and faces.of_suggestions(said, when, list_url=lists.suggestions, link=lists.suggestions_at),
        "promises": said and said.promises,
        "period": when,
        "periods": [
            Link(label, queries.here_with(request, kept, period=key), current=key == when.key) for key, label in choices
        ],
        "of": _name(found, narrow),
        "is_one_street": narrow.street_id is not None,
        "hat": "",
        "facets": [],
        "chosen": [],
    }


def _kept(when: Period, narrow: Narrow) -> dict[str, object]:
    return {"period": when.key, "street": narrow.street_id, "unit": narrow.unit_id}


def _name(found: Board, narrow: Narrow) -> str:
    """Of what part of the district this board speaks; empty for all of it."""
    names = (found.streets.get(narrow.street_id or 0), found.units.get(narrow.unit_id or 0))
    return "、".join(name for name in names if name)


def _choices(request: ActorRequest, found: Board, when: Period, narrow: Narrow) -> dict[str, Any]:
    """One street, one unit; and what is chosen already, to be taken away."""
    kept = _kept(when, narrow)
    asked = ((N_("街道"), "street", found.streets), (N_("承办单位"), "unit", found.units))
    facets = [
        FacetGroup(label, queries.answers(request, kept, name, [(pk, word, None) for pk, word in names.items()]))
        for label, name, names in asked
        if len(names) > 1
    ]
    chosen = [link for group in facets for link in group.links if link.current]
    return {"facets": facets, "chosen": [FacetGroup(N_("已选"), chosen)] if chosen else []}
