"""The map with its list, and the drawing behind it."""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.text import N_
from openrenda.reports import queries
from openrenda.reports.selectors import places
from openrenda.reports.selectors.places import Asked, District
from openrenda.reports.states import PlaceKind
from openrenda.ui.render import page
from openrenda.ui.shapes import FacetGroup

from .atlas import atlas


@public
@require_safe
def show(request: ActorRequest) -> HttpResponse:
    """Stations and published matters by street: a list, and the same on a map."""
    congress_id = request.actor.congress_id
    found, asked = places.district(congress_id), _asked(request)
    matters = places.matters(congress_id, asked)
    kept: dict[str, object] = {
        "kind": asked.kind and str(asked.kind), "street": asked.street_id, "category": asked.category_id,
        "year": asked.year,
    }  # fmt: skip
    facets = _facets(request, found, asked, kept)
    chosen = [link for group in facets for link in group.links if link.current]
    context = {
        "atlas": atlas(found, matters, asked),
        "chosen": FacetGroup(N_("已选"), chosen),
        "asked": asked,
        "is_cut": matters.is_cut,
        "limit": places.SHOWN,
        "facets": facets,
        "street_url": lambda pk: queries.here_with(request, kept, street=pk),
        "clear_url": request.path if chosen else "",
        "tiles": found.tiles,
    }
    answer = page(request, "reports/map.html", context)
    if found.tiles is not None:
        answer.headers["Content-Security-Policy"] = with_pictures_from(found.tiles.origin)
    return answer


def with_pictures_from(origin: str) -> str:
    """The strict content policy, with pictures from one more host."""
    return settings.CONTENT_SECURITY_POLICY.replace("img-src ", f"img-src {origin} ", 1)


def _asked(request: ActorRequest) -> Asked:
    kind = next((one for one in PlaceKind if one.value == request.GET.get("kind", "")), None)
    return Asked(kind, queries.number(request, "street"), queries.number(request, "category"), queries.year(request))


def _facets(request: ActorRequest, found: District, asked: Asked, kept: dict[str, object]) -> list[FacetGroup]:
    """Questions with more than one answer, each answer with how many published matters it has."""
    tallies = [one for one in found.tallies if asked.kind in (None, one.kind)]
    by_category = {pk: sum(t.count for t in tallies if t.category_id == pk) for pk in found.categories}
    by_year = {t.year: sum(o.count for o in tallies if o.year == t.year) for t in tallies}
    by_street = {pk: sum(t.count for t in tallies if t.street_id == pk) for pk in found.streets}
    if asked.kind is PlaceKind.STATION:
        by_street = {pk: sum(p.street_id == pk for p in found.stations) for pk in found.streets}
    groups: list[tuple[str, str, list[queries.Choice]]] = [
        (N_("看什么"), "kind", [(str(kind), kind.label, _of_kind(found, kind)) for kind in PlaceKind]),
        (N_("街道"), "street", [(pk, name, by_street[pk]) for pk, name in found.streets.items()]),
        (N_("类别"), "category", [(pk, found.categories[pk], n) for pk, n in by_category.items() if n]),
        (N_("提出的年份"), "year", [(year, str(year), n) for year, n in sorted(by_year.items(), reverse=True)]),
    ]
    return [
        FacetGroup(label, queries.answers(request, kept, name, choices))
        for label, name, choices in groups
        if len(choices) > 1
    ]


def _of_kind(found: District, kind: PlaceKind) -> int:
    if kind is PlaceKind.STATION:
        return len(found.stations)
    return sum(one.count for one in found.tallies if one.kind is kind)
