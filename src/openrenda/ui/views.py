"""The elder switch, and the pages Django shows when something is refused before a view is reached."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from openrenda.kernel.errors import NotFound

from . import refusals
from .current import ELDER_COOKIE
from .static_page import FAULT

YEAR = 365 * 24 * 3600


@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """Turn the elder mode on or off and go back."""
    given = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    response = redirect(given if safe else "/")
    response.status_code = 303
    if request.POST.get("on") == "1":
        response.set_cookie(ELDER_COOKIE, "1", max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(ELDER_COOKIE, samesite="Lax")
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400"""
    too_large = isinstance(exception, RequestDataTooBig)
    return refusals.answer(request, refusals.TooLarge() if too_large else refusals.BadRequest())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404"""
    return refusals.answer(request, NotFound())


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: settings.CSRF_FAILURE_VIEW"""
    return refusals.answer(request, refusals.StaleForm(), title=refusals.STALE_TITLE)


def fault(request: HttpRequest) -> HttpResponse:
    """500: fixed text, for neither templates nor database may be trusted now."""
    return HttpResponse(FAULT, status=500)
