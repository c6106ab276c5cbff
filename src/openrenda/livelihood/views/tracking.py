"""Following an idea without an account: number and code, then its story and the letters about it."""

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.actor import Actor
from openrenda.livelihood import actions
from openrenda.livelihood.errors import TrackRefused
from openrenda.livelihood.forms.idea import TrackIdeaForm
from openrenda.livelihood.selectors import pages
from openrenda.notifications.selectors import notices_for
from openrenda.ui.filters import t
from openrenda.ui.render import page, see_other

from . import idea_faces, queries
from .gates import forget_proposer, proposer, proposer_of, remember_proposer, visitor


@never_cache
@public
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: ActorRequest) -> HttpResponseBase:
    """Number and code; every refusal reads the same and keeps the number that was typed."""
    is_sent = request.method == "POST"
    form = TrackIdeaForm(request.POST if is_sent else None, initial={"number": queries.text(request, "number")})
    if form.is_valid() and (found := _known(request, form)) is not None:
        remember_proposer(request, found)
        return see_other(reverse("livelihood:track_idea"))
    context = {"form": form, "kept": not is_sent and proposer_of(request) is not None}
    return page(request, "livelihood/track.html", context, status=422 if is_sent else 200)


def _known(request: ActorRequest, form: TrackIdeaForm) -> Actor | None:
    """The proposer; a refusal becomes the form's own sentence."""
    who, given = visitor(request), form.cleaned_data
    try:
        return actions.track_idea(
            key=given["number"].strip(), code=given["code"], congress_id=who.congress_id, origin=who.origin
        )
    except TrackRefused as refusal:
        form.add_error(None, f"{t(refusal.message)}{t(refusal.remedy)}")
        return None


@never_cache
@require_safe
@proposer
def track_idea(request: ActorRequest, actor: Actor) -> HttpResponse:
    """What became of it so far."""
    idea, steps = pages.own_idea(actor)
    context = {"idea": idea_faces.face(idea, steps, own=True), "notices": notices_for(actor.urn)}
    return page(request, "livelihood/track_idea.html", context)


@require_POST
@public
def track_leave(request: ActorRequest) -> HttpResponseBase:
    """On a shared telephone: the next person must show number and code again."""
    forget_proposer(request)
    return see_other(reverse("livelihood:track"))
