"""Home, workbench, about: frames that the slices fill."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openrenda.accounts.gates import public, signed_in
from openrenda.accounts.http import ActorRequest
from openrenda.site.doors import DOORS
from openrenda.site.sides import PUBLIC
from openrenda.ui.render import page

CLOSED = ("/work/", "/manage/", "/exports/", "/account/", "/opinions/track/", "/projects/ideas/track/", "/search")
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in CLOSED)


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """What do you want to do? Then what happened lately, and the figures."""
    return page(request, "site/home.html", {"doors": DOORS, "side": PUBLIC})


@require_safe
@signed_in
def work(request: ActorRequest) -> HttpResponse:
    """My turn, waiting for others, done lately."""
    return page(request, "site/work.html")


@require_safe
@public
def about(request: HttpRequest) -> HttpResponse:
    """What is published and what never is."""
    return page(request, "site/about.html")


@require_safe
@public
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines read what residents read."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
