"""Who may open a view, said at the view. Every view of ours is marked; an unmarked one on private ground is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from openrenda.kernel.errors import NotAllowed
from openrenda.orgs.states import Role

from .http import ActorRequest, local_path

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
AnyView = TypeVar("AnyView", bound=Callable[..., HttpResponseBase])
SIGN_IN = "/account/sign-in/"
PRIVATE = ("/work/", "/manage/", "/inbox/", "/account/")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may: everyone, whoever is signed in, or whoever wears one of `roles`."""

    signed_in: bool = True
    roles: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return "|".join(sorted(self.roles)) or ("signed in" if self.signed_in else "public")


PUBLIC = Access(signed_in=False)
SIGNED_IN = Access()


def access_of(view: Callable[..., Any], path: str) -> Access:
    """The mark of a view; without one, private ground needs a sign-in (default deny) and the rest is public."""
    mark = getattr(view, "access", None)
    if isinstance(mark, Access):
        return mark
    return SIGNED_IN if path.startswith(PRIVATE) else PUBLIC


def public(view: AnyView) -> AnyView:
    """Everyone may open this."""
    return _marked(view, PUBLIC)


def signed_in(view: View[P]) -> View[P]:
    """Whoever is signed in may open this; others are asked to sign in and come back."""

    @wraps(view)
    def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return ask_to_sign_in(request) if request.sign_in is None else view(request, *args, **kwargs)

    return _marked(guarded, SIGNED_IN)


def needs_role(*roles: Role) -> Callable[[View[P]], View[P]]:
    """The worn hat must give one of `roles`, over whatever scope; objects are then fetched for the actor."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.sign_in is None:
                return ask_to_sign_in(request)
            if not request.actor.has(*roles):
                raise NotAllowed
            return view(request, *args, **kwargs)

        return _marked(guarded, Access(roles=frozenset(str(role) for role in roles)))

    return decorate


def _marked(view: AnyView, access: Access) -> AnyView:
    view.access = access  # type: ignore[attr-defined]  # read by access_of
    return view


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back. A refused POST comes back to the form it was sent from, which kept its text."""
    back = request.get_full_path()
    if request.method != "GET" or request.headers.get("HX-Request") == "true":
        came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
        back = local_path(came_from.path + (f"?{came_from.query}" if came_from.query else ""))
    query = {"next": back}
    if why := getattr(request, "session_over", ""):
        query["why"] = why
    return go_to(request, f"{SIGN_IN}?{urlencode(query)}")


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """303; an htmx request is told to load the whole page instead of putting it into a corner of this one."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Redirect": url})
    return HttpResponse(status=303, headers={"Location": url})
