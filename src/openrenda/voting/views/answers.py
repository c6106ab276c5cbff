"""Answers for programs: JSON, also where something is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from openrenda.accounts.http import ActorRequest
from openrenda.kernel.errors import OpenRendaError
from openrenda.ui.filters import t
from openrenda.ui.middleware import refusal_for
from openrenda.voting.errors import AlreadyVoted

P = ParamSpec("P")
JSON = "application/json; charset=utf-8"


def json(content: object, status: int = 200) -> JsonResponse:
    """Not kept by browsers: what it says changes while people vote."""
    response = JsonResponse(content, status=status, safe=False, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response


def raw(content: str | bytes, content_type: str = JSON, *, filename: str = "") -> HttpResponse:
    """Byte for byte what was signed or hashed."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Cache-Control"] = "no-cache"
    if filename:
        response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def refused(refusal: OpenRendaError) -> JsonResponse:
    """{"code", "message", "remedy"}, and where the credential's ballot stands if it was used already."""
    said = {
        "code": refusal.code,
        "message": t(refusal.message, **refusal.params),
        "remedy": t(refusal.remedy, **refusal.params),
    }
    if isinstance(refusal, AlreadyVoted):
        said["tracker"] = refusal.tracker
    response = json(said, refusal.status)
    if refusal.status == 429:
        response.headers["Retry-After"] = "60"
    return response


def in_json(
    view: Callable[Concatenate[ActorRequest, P], HttpResponseBase],
) -> Callable[Concatenate[ActorRequest, P], HttpResponseBase]:
    """Refusals of this view are JSON, whatever the sender says it accepts."""

    @wraps(view)
    def answered(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Exception as error:  # faults of ours go on to the 500 page
            refusal = refusal_for(error)
            if refusal is None:
                raise
            return refused(refusal)

    return answered


def is_post(request: HttpRequest) -> bool:
    return request.method == "POST"
