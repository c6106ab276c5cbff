"""Home, workbench, about: frames that the slices fill."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openrenda.ui.render import page

ROBOTS = "User-agent: *\nDisallow: /work/\nDisallow: /manage/\nDisallow: /account/\nDisallow: /opinions/track/\n"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What do you want to do? Then what happened lately, and the figures."""
    return page(request, "site/home.html")


@require_safe
@login_required
def work(request: HttpRequest) -> HttpResponse:
    """My turn, waiting for others, done lately."""
    return page(request, "site/work.html")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What is published and what never is."""
    return page(request, "site/about.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines read what residents read."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
