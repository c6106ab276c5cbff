"""What everybody may read: the list and a suggestion's page."""

from dataclasses import replace

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest
from openrenda.suggestions import selectors

from . import faces, queries
from .answer import page


@public
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """Numbered suggestions, newest first, narrowed by whatever the visitor chose."""
    asked = queries.filters(request)
    congress_id = request.actor.congress_id
    found = selectors.public_list(congress_id, asked, after=queries.number(request, "after"))
    facets = selectors.facets(congress_id, asked.year)
    context = {
        "found": found,
        "asked": asked,
        "total": facets.total,
        "facets": queries.facet_groups(request, facets),
        "older": queries.here_with(request, after=found.next_after) if found.next_after is not None else "",
        "clear_url": request.path if request.GET else "",
        "kept": queries.kept(request),
    }
    return page(request, "suggestions/index.html", context, fragment="results")


@public
@require_safe
def case(request: ActorRequest, key: str) -> HttpResponse:
    """A suggestion's life, from the first opinion to the promise kept."""
    found = selectors.public_case(request.actor.congress_id, key)
    face = faces.public_face(found)
    drawn = replace(found, story=())  # shown as the face tells it
    return page(request, "suggestions/case.html", {"case": found, "face": face, "drawn": drawn})
