"""One search for everybody, one for the workbench: pages, what appears below the box, and the same as JSON."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from openrenda.accounts.gates import public, signed_in
from openrenda.accounts.http import ActorRequest
from openrenda.search import kinds
from openrenda.search import selectors as index
from openrenda.search.values import Hit
from openrenda.site import found, queries
from openrenda.site.sides import INSIDE, PUBLIC, Side, other
from openrenda.ui.filters import t
from openrenda.ui.render import page
from openrenda.ui.shapes import Link


@public
@require_safe
def everybody(request: ActorRequest) -> HttpResponse:
    """What everybody may read."""
    return _results(request, PUBLIC)


@signed_in
@require_safe
def inside(request: ActorRequest) -> HttpResponse:
    """What this hat may open."""
    return _results(request, INSIDE)


def _results(request: ActorRequest, side: Side) -> HttpResponse:
    asked = queries.read(request.GET)
    shown = found.results(request, asked, side)
    elsewhere = _elsewhere(request, asked.text, side)
    context = {
        "layout": side.layout,
        "side": side,
        "asked": asked,
        "kept": queries.kept(request),
        "found": shown,
        "facets": shown.facets if shown else (),
        "clear_url": f"{request.path}?{urlencode({'q': asked.text})}" if asked.is_narrowed else "",
        "other_side": elsewhere,
        "ways": found.ways_on(request, asked, elsewhere),
    }
    return page(request, "site/search.html", context)


def _elsewhere(request: ActorRequest, text: str, side: Side) -> Link | None:
    """The same words on the other side, for those who may go there."""
    if request.sign_in is None:
        return None
    return Link(t(side.other), f"{reverse(other(side).results)}?{urlencode({'q': text})}")


@public
@require_safe
def hints(request: ActorRequest) -> HttpResponse:
    """Below the public box."""
    return _hints(request, PUBLIC)


@signed_in
@require_safe
def work_hints(request: ActorRequest) -> HttpResponse:
    """Below the workbench's box."""
    return _hints(request, INSIDE)


def _hints(request: ActorRequest, side: Side) -> HttpResponse:
    rows = found.hints(request, queries.read(request.GET), side)
    return page(request, "site/hints.html", {"rows": rows})


@public
@require_safe
def as_json(request: ActorRequest) -> JsonResponse:
    """The public search for programs: the same words, filters and pages. Two queries or so."""
    asked = queries.read(request.GET)
    wanted = found.query(request.actor, asked, PUBLIC)
    shown = index.find(wanted)
    answer: dict[str, Any] = {
        "query": asked.text,
        "count": shown.count,
        "is_capped": shown.capped,
        "hits": [_as_value(request, hit) for hit in shown.hits],
        "facets": {name: [list(pair) for pair in pairs] for name, pairs in shown.facets.items()},
        "next_after": shown.next_after,
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _as_value(request: ActorRequest, hit: Hit) -> dict[str, Any]:
    kind = kinds.kind(hit.kind)
    return {
        "kind": hit.kind,
        "number": kind.number(hit),
        "title": hit.plain_title,
        "snippet": "".join(text for text, _ in hit.snippet),
        "at": hit.at.isoformat(),
        "state": hit.state,
        "grade": hit.grade,
        "year": hit.year,
        "url": request.build_absolute_uri(kind.url(hit)),
    }
