"""What notifications show on pages of others."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from openrenda.kernel.actor import Actor

from . import selectors


def inbox_link(request: HttpRequest | None, **given: Any) -> Mapping[str, Any] | None:
    """The header's link to the inbox with its count; nothing for visitors. One query."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.is_anonymous:
        return None
    return {"count": selectors.unread_count(actor.urn)}
