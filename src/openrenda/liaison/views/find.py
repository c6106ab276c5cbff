"""Finding stations and deputies, their pages, their QR codes."""

from io import BytesIO

import segno
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from openrenda.accounts.http import ActorRequest
from openrenda.kernel.text import N_
from openrenda.liaison import selectors
from openrenda.liaison.selectors import asked, facets
from openrenda.orgs.selectors import mandate_by_token
from openrenda.ui.render import page, see_other
from openrenda.ui.shapes import FacetGroup

from . import queries


@require_safe
def stations(request: ActorRequest) -> HttpResponse:
    """All stations by street, or those that fit a name, initials, a street, a community."""
    congress_id, narrowed = request.actor.congress_id, asked.stations(request.GET.dict())
    found = selectors.stations(congress_id=congress_id, **narrowed, after=queries.token(request))
    streets = FacetGroup(N_("街道"), queries.facet(request, "street", facets.streets(congress_id)))
    context = {"found": found, "q": narrowed["q"], "facets": [streets], "older": queries.older(request, found.next)}
    return page(request, "liaison/stations.html", context, fragment="results")


@require_safe
def station(request: ActorRequest, code: str) -> HttpResponse:
    """A station: where, when, who, and what was made public there."""
    about = selectors.station_page(congress_id=request.actor.congress_id, code=code)
    recent = selectors.published(congress_id=request.actor.congress_id, station_id=about.station.unit_id, size=5)
    return page(
        request,
        "liaison/station.html",
        {"about": about, "recent": recent.rows, "link": _form_link(about.station.qr_token, "s")},
    )


@require_safe
def poster(request: ActorRequest, code: str) -> HttpResponse:
    """An A4 page for the station's door."""
    about = selectors.station_page(congress_id=request.actor.congress_id, code=code)
    return page(request, "liaison/poster.html", {"about": about, "link": _form_link(about.station.qr_token, "s")})


@require_safe
@cache_control(public=True, max_age=3600)
def station_qr(request: ActorRequest, code: str) -> HttpResponse:
    """The code that opens the form with this station filled in."""
    about = selectors.station_page(congress_id=request.actor.congress_id, code=code)
    return _svg(_form_link(about.station.qr_token, "s"))


@require_safe
def deputies(request: ActorRequest) -> HttpResponse:
    """All deputies in office, or those that fit a name, initials, a street, a community, a constituency."""
    congress_id, narrowed = request.actor.congress_id, asked.deputies(request.GET.dict())
    found = selectors.deputies(congress_id=congress_id, **narrowed, after=queries.token(request))
    groups = [
        FacetGroup(N_("街道"), queries.facet(request, "street", facets.streets(congress_id))),
        FacetGroup(N_("代表团"), queries.facet(request, "delegation", facets.delegations(congress_id))),
    ]
    context = {"found": found, "q": narrowed["q"], "facets": groups, "older": queries.older(request, found.next)}
    return page(request, "liaison/deputies.html", context, fragment="results")


@require_safe
def deputy(request: ActorRequest, code: str) -> HttpResponse:
    """What a deputy shows in public (代表法 §58); never a telephone number."""
    about = selectors.deputy_page(congress_id=request.actor.congress_id, code=code)
    return page(request, "liaison/deputy.html", {"about": about, "link": _form_link(about.qr_token, "d")})


@require_safe
@cache_control(public=True, max_age=3600)
def deputy_qr(request: ActorRequest, code: str) -> HttpResponse:
    """The code that opens the form addressed to this deputy."""
    about = selectors.deputy_page(congress_id=request.actor.congress_id, code=code)
    return _svg(_form_link(about.qr_token, "d"))


@require_safe
def from_station_code(request: ActorRequest, token: str) -> HttpResponse:
    """Where a station's QR code leads."""
    found = selectors.station_by_token(token)
    return see_other(f"{reverse('liaison:opinion_new')}?station={found.unit.code}&via=qr")


@require_safe
def from_deputy_code(request: ActorRequest, token: str) -> HttpResponse:
    """Where a deputy's QR code leads."""
    found = mandate_by_token(token)
    return see_other(f"{reverse('liaison:opinion_new')}?deputy={found.code}&via=qr")


@require_safe
@cache_control(public=True, max_age=3600)
def track_qr(request: ActorRequest, number: str) -> HttpResponse:
    """The code on a receipt: it opens the tracking form with the number, never the code, filled in."""
    return _svg(f"{settings.BASE_URL}{reverse('liaison:track')}?number={number}")


def _form_link(token: str, kind: str) -> str:
    return f"{settings.BASE_URL}{reverse('liaison:from_' + {'s': 'station', 'd': 'deputy'}[kind], args=[token])}"


def _svg(text: str) -> HttpResponse:
    out = BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=2, scale=8, light="white", xmldecl=False, nl=False)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")
