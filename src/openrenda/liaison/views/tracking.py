"""Following an opinion without an account: number and code, then the page itself and what a resident may say there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound
from openrenda.kernel.text import N_
from openrenda.liaison import actions, selectors
from openrenda.liaison.errors import TrackRefused
from openrenda.liaison.forms.opinion import TrackForm
from openrenda.liaison.forms.resident import (
    ConsentForm,
    ObjectForm,
    RateForm,
    ResidentForm,
    SolvedForm,
    WithdrawForm,
)
from openrenda.liaison.selectors import desks
from openrenda.liaison.states import PublishState
from openrenda.notifications.selectors import notices_for
from openrenda.ui.filters import t
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

from . import faces, queries
from .gates import forget_resident, remember_resident, resident, resident_of, visitor


@dataclass(frozen=True, slots=True)
class Say:
    """Something a resident may do on the tracking page."""

    label: str
    form: type[ResidentForm]
    action: Callable[..., Any]
    thanks: str


SAYINGS: Mapping[str, Say] = {
    "rate": Say(N_("评价"), RateForm, actions.rate, N_("已收到您的评价，谢谢。")),
    "solved": Say(N_("说说是否解决"), SolvedForm, actions.say_solved, N_("已记下，经办人员会看到。")),
    "withdraw": Say(N_("撤回"), WithdrawForm, actions.withdraw, N_("已撤回，不再办理。")),
    "object": Say(N_("反对公开"), ObjectForm, actions.object_to_publication, N_("已记下，这件事不会公开。")),
    "consent": Say(N_("修改同意事项"), ConsentForm, actions.set_consent, N_("已按您的意思修改。")),
}


@never_cache
@public
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: ActorRequest) -> HttpResponseBase:
    """Number and code; every refusal reads the same and keeps the number that was typed."""
    is_sent = request.method == "POST"
    form = TrackForm(request.POST if is_sent else None, initial={"number": queries.text(request, "number")})
    if form.is_valid() and (found := _known(request, form)) is not None:
        remember_resident(request, found)
        return see_other(reverse("liaison:track_case"))
    context = {"form": form, "kept": not is_sent and resident_of(request) is not None}
    return page(request, "liaison/track.html", context, status=422 if is_sent else 200)


def _known(request: ActorRequest, form: TrackForm) -> Actor | None:
    """The resident; a refusal becomes the form's own sentence."""
    who = visitor(request)
    try:
        return actions.track(**form.cleaned_data, congress_id=who.congress_id, origin=who.origin)
    except TrackRefused as refusal:
        form.add_error(None, f"{t(refusal.message)}{t(refusal.remedy)}")
        return None


@never_cache
@require_safe
@resident
def track_case(request: ActorRequest, actor: Actor) -> HttpResponse:
    """Where it stands, whose turn it is, the story so far, and what the resident may say."""
    return _case(request, actor, {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@resident
def track_say(request: ActorRequest, actor: Actor, what: str) -> HttpResponse:
    """A rating, an objection, a withdrawal: the form stands on the tracking page; refused, it comes back there."""
    say = SAYINGS.get(what)
    if say is None:
        raise NotFound
    is_sent, opinion_id = request.method == "POST", selectors.tracked_id(actor)
    form = say.form(request.POST if is_sent else None)
    if form.is_valid() and attempt(form, say.action, opinion_id=opinion_id, actor=actor, **form.values()):
        messages.success(request, say.thanks)
        return see_other(reverse("liaison:track_case"))
    return _case(request, actor, {what: form} if is_sent else {}, status=422 if is_sent else 200)


def _case(request: ActorRequest, actor: Actor, bound: Mapping[str, ResidentForm], status: int = 200) -> HttpResponse:
    about = selectors.tracking(actor=actor)
    consents = {"may_share": about.may_share, "may_publish": about.may_publish}
    forms = {name: bound.get(name) or say.form(initial=consents) for name, say in SAYINGS.items()}
    context = {
        "about": about,
        "forms": forms,
        "asked": next(iter(bound), ""),
        "whose_turn": faces.TURN[about.state],
        "may_object": about.publish_state is not PublishState.KEPT,
        "clocks": [faces.face(row) for row in desks.promised(actor=actor)],
        "notices": notices_for(actor.urn),
    }
    return page(request, "liaison/track_case.html", context, status=status)


@require_POST
@public
def track_leave(request: ActorRequest) -> HttpResponseBase:
    """On a shared telephone: the next person must show number and code again."""
    forget_resident(request)
    return see_other(reverse("liaison:track"))
