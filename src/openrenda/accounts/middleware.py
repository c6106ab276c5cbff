"""Who is asking: session → sign-in → person → the hats of today → the one that is worn."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor

from .actions import close_overrun
from .gates import access_of, ask_to_sign_in, go_to
from .http import SESSION_KEY, ActorRequest, origin_of
from .models import SignIn
from .selectors import actor_of, hats_today, live_sign_in, worn
from .tenancy import current_congress

TOUCH_EVERY = timedelta(minutes=1)
CHANGE_PASSWORD = "/account/password/"  # noqa: S105  an address
# Open while a password must be changed: the change itself, leaving, the switches of language and size, our files.
OPEN_BEFORE_CHANGE = (CHANGE_PASSWORD, "/account/sign-out/", "/i18n/", "/ui/", "/static/", "/healthz")
UNWATCHED = "/healthz"  # must answer even when the database does not


class ActorMiddleware:
    """Sets request.actor, .congress, .sign_in, .hat, .hats.

    Queries: none for a visitor but the congress (kept for five seconds); four for somebody signed in (session,
    sign-in with login and person, mandates, posts), and two more once a minute to move the idle clock.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        known = identify(request)
        response = self.get_response(request)
        if known.sign_in is not None:  # a page of theirs must not come back from a cache after they left
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        known = cast("ActorRequest", request)
        if known.sign_in is None:
            return ask_to_sign_in(request) if access_of(view, request.path).signed_in else None
        if known.sign_in.user.must_change_password and not request.path.startswith(OPEN_BEFORE_CHANGE):
            return go_to(request, f"{CHANGE_PASSWORD}?{urlencode({'next': _way_back(request)})}")
        return None


def _way_back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else ""


def identify(request: HttpRequest) -> ActorRequest:
    """Fill in who is asking; a session that may not go on is closed."""
    known = cast("ActorRequest", request)
    known.sign_in, known.hat, known.hats, known.congress = None, None, (), None
    origin = origin_of(request)
    if request.path == UNWATCHED:
        known.actor = Actor.anonymous(0, origin)
        return known
    known.congress = current_congress()
    known.actor = Actor.anonymous(known.congress.pk if known.congress else 0, origin)
    pk = request.session.get(SESSION_KEY)
    row = live_sign_in(pk) if isinstance(pk, int) else None
    if row is not None:
        _enter(known, row, origin)
    elif pk is not None:
        _leave(request, pk, origin)
    return known


def _enter(request: ActorRequest, row: SignIn, origin: str) -> None:
    request.sign_in = row
    request.hats = hats_today(row.user)
    request.hat = worn(request.hats, row.hat, row.user.last_hat)
    request.actor = actor_of(row.user, hat=request.hat, origin=origin)
    now = clock.now()
    if now - row.seen_at >= TOUCH_EVERY:
        row.seen_at = now
        row.save(update_fields=["seen_at"])
        request.session.modified = True


def _leave(request: HttpRequest, pk: object, origin: str) -> None:
    if isinstance(pk, int):
        why = close_overrun(sign_in_id=pk, origin=origin)
        request.session_over = str(why or "ended")  # type: ignore[attr-defined]  # read by ask_to_sign_in
    request.session.flush()  # the CSRF token stays: a form being sent is told to sign in, not that it is forged
