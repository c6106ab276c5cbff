"""What a request knows of its sender."""

import ipaddress
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils.http import url_has_allowed_host_and_scheme

from openrenda.kernel.actor import Actor
from openrenda.orgs.models import Congress
from openrenda.orgs.selectors import Hat

from .models import SignIn

SESSION_KEY = "sign_in"
AFTER_SIGN_IN = "/work/"


class ActorRequest(HttpRequest):
    """A request after ActorMiddleware. Views of all slices take this."""

    actor: Actor
    congress: Congress | None
    sign_in: SignIn | None
    hat: Hat | None
    hats: Sequence[Hat]


def origin_of(request: HttpRequest) -> str:
    """The sender's address. Forwarded addresses count only from as many proxies as we run ourselves."""
    hops: int = settings.TRUSTED_PROXIES
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    candidate = chain[-hops] if 0 < hops <= len(chain) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(candidate))
    except ValueError:
        return ""


def agent_of(request: HttpRequest) -> str:
    """What the browser calls itself, as far as it can be printed."""
    return "".join(c for c in request.headers.get("User-Agent", "") if c.isprintable())[:200]


def local_path(raw: str | None, fallback: str = AFTER_SIGN_IN) -> str:
    """`raw` if it leads to a page of this site, else `fallback`: no sign-in sends anybody elsewhere."""
    if not raw or not raw.startswith("/") or not url_has_allowed_host_and_scheme(raw, allowed_hosts=None):
        return fallback
    return raw


def open_session(request: HttpRequest, row: SignIn) -> None:
    """A fresh session key and CSRF token: nothing an earlier visitor planted lives on."""
    request.session.flush()
    request.session[SESSION_KEY] = row.pk
    rotate_token(request)


def renew_session(request: HttpRequest) -> None:
    """A fresh key for the same session, after its powers or its password changed."""
    request.session.cycle_key()
    rotate_token(request)


def close_session(request: HttpRequest) -> None:
    """Nothing of the session stays in browser or database."""
    request.session.flush()
    rotate_token(request)
