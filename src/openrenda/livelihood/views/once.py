"""A form is taken once: sent a second time (impatience, the back button), it leads to where the first one led."""

from secrets import token_urlsafe

from django.http import HttpRequest

FIELD = "once"
_KEY = "livelihood.once"
_KEPT = 30


def token() -> str:
    """For a hidden field of a fresh form."""
    return token_urlsafe(12)


def was_taken(request: HttpRequest) -> bool:
    """Was this very form taken before?"""
    given = request.POST.get(FIELD, "")
    return bool(given) and given in request.session.get(_KEY, [])


def take(request: HttpRequest) -> None:
    """Remember that it was taken."""
    given = request.POST.get(FIELD, "")[:40]
    if given:
        request.session[_KEY] = [*request.session.get(_KEY, []), given][-_KEPT:]
