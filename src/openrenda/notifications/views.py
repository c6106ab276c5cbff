"""The inbox, the settings of letters, the link that ends them."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.kernel.http import ActorRequest
from openrenda.ui.render import page, see_other

from . import actions, selectors
from .forms import PreferencesForm


def _to_sign_in(request: ActorRequest) -> HttpResponse:
    return see_other(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")


def _number(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else None


@require_safe
def inbox(request: ActorRequest) -> HttpResponse:
    """My notices, newest first."""
    if request.actor.is_anonymous:
        return _to_sign_in(request)
    unread_only = request.GET.get("unread") == "1"
    before_id = _number(request.GET.get("before", ""))
    found = selectors.inbox(request.actor.urn, before_id=before_id, unread_only=unread_only)
    context = {"page": found, "unread_only": unread_only, "unread": selectors.unread_count(request.actor.urn)}
    return page(request, "notifications/inbox.html", context, fragment="notices")


@require_safe
def open_notice(request: ActorRequest, pk: int) -> HttpResponse:
    """Where a notice leads; whoever follows it has read it."""
    if request.actor.is_anonymous:
        return _to_sign_in(request)
    notice = actions.mark_read(notification_id=pk, recipient=request.actor.urn)
    address = selectors.address_for(notice, request.actor)
    return see_other(address) if address else page(request, "notifications/gone.html", {"notice": notice})


@require_POST
def read(request: ActorRequest, pk: int) -> HttpResponse:
    """Mark one as read."""
    actions.mark_read(notification_id=pk, recipient=request.actor.urn)
    return see_other(reverse("notifications:inbox"))


@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    """Mark what was on the page, and everything older, as read."""
    if not request.actor.is_anonymous:
        up_to_id = _number(request.POST.get("up_to", "")) or 0
        actions.mark_all_read(recipient=request.actor.urn, up_to_id=up_to_id)
    return see_other(reverse("notifications:inbox"))


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: ActorRequest) -> HttpResponse:
    """Letters by topic."""
    if request.actor.is_anonymous:
        return _to_sign_in(request)
    form = PreferencesForm(selectors.topics_of(request.actor.urn), request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.set_preferences(wanted=form.wanted(), actor=request.actor)
        return see_other(reverse("notifications:preferences") + "?saved=1")
    context = {"form": form, "saved": "saved" in request.GET}
    return page(request, "notifications/preferences.html", context, status=422 if form.is_bound else 200)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed link is what allows it
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: ActorRequest, token: str) -> HttpResponse:
    """The link at the end of a letter. A GET only asks: scanners follow links too."""
    link = actions.read_opt_out(token)
    done = ""
    if request.method == "POST":
        done = "on" if request.POST.get("wanted") == "1" else "off"
        actions.set_by_token(token=token, wanted=done == "on", origin=request.actor.origin)
    context = {"token": token, "topic": selectors.topic_label(link.topic), "done": done}
    return page(request, "notifications/stop.html", context)
