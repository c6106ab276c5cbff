"""Refusals raised anywhere become pages; macros know the request whose page they draw."""

from collections.abc import Callable

from django.core.exceptions import BadRequest as DjangoBadRequest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from openrenda.kernel.errors import NotFound, OpenRendaError

from . import current, refusals

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class Pages:
    """Innermost but for what builds `request.actor`: it sees each error before Django's own handlers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with current.rendering(request):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        refusal = refusal_for(error)
        return None if refusal is None else refusals.answer(request, refusal)


def refusal_for(error: Exception) -> OpenRendaError | None:
    """The refusal that says what this error means to the reader; None for a fault of ours."""
    if isinstance(error, OpenRendaError):
        return error
    if isinstance(error, (Http404, PermissionDenied)):
        return NotFound()
    if isinstance(error, TOO_MUCH):
        return refusals.TooLarge()
    if isinstance(error, DjangoBadRequest):
        return refusals.BadRequest()
    return None
