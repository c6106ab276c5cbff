"""Pages of the slice: ui's, with the words for columns at hand."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from openrenda.ui import render

from .labels import tone, words


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200, fragment: str | None = None
) -> HttpResponse:
    """The whole page, or for htmx the block that changes. Never kept: a vote moves on while a page stands open."""
    values = {**context, "words": words, "tone": tone}
    response = render.page(request, template, values, status=status, fragment=fragment)
    response.headers["Cache-Control"] = "no-store"
    return response
