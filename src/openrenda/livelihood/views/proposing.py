"""Ideas by those who have an account: a deputy's or a unit's own, a resident's by a station; a new year's call."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.text import N_
from openrenda.livelihood import actions
from openrenda.livelihood.forms.idea import OnBehalfForm, OwnIdeaForm
from openrenda.livelihood.forms.year import OpenCallForm
from openrenda.livelihood.selectors import places
from openrenda.orgs.states import Role
from openrenda.ui.filters import t
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

from .gates import keep_receipt

OWN = (
    Role.DEPUTY, Role.UNIT_ADMIN, Role.UNIT_CLERK, Role.UNIT_LEADER, Role.STREET_NPC, Role.SC_COMMITTEE, Role.SC_REP,
)  # fmt: skip
DESKS = (Role.STATION_STAFF, Role.STATION_HEAD, Role.STREET_NPC)
FORM, CLOSED = "livelihood/work/propose.html", "livelihood/work/closed.html"


@needs_role(*OWN)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ActorRequest) -> HttpResponse:
    """In one's own name, which is public."""
    year = places.open_call(request.actor.congress_id)
    if year is None:
        return page(request, CLOSED)
    form = OwnIdeaForm(request.POST or None, initial=_fresh())
    form.offer(places.categories(year.congress_id))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.propose_idea, year_id=year.pk, actor=request.actor, **form.values())
        if made is not None:
            messages.success(request, t(N_("已提交，编号{key}。"), key=made.key))
            return see_other(reverse("livelihood:work_idea", args=[made.idea_id]))
    context = {"form": form, "year": year, "on_behalf": False}
    return page(request, FORM, context, status=422 if form.is_bound else 200)


@needs_role(*DESKS)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: ActorRequest) -> HttpResponse:
    """A resident at the station's desk; the receipt is printed for her."""
    year = places.open_call(request.actor.congress_id)
    if year is None:
        return page(request, CLOSED)
    form = OnBehalfForm(request.POST or None, initial=_fresh())
    form.offer(places.categories(year.congress_id))
    if request.method == "POST" and form.is_valid():
        unit_id = min(request.actor.scopes(*DESKS))
        made = attempt(
            form, actions.register_idea, year_id=year.pk, unit_id=unit_id, actor=request.actor, **form.values()
        )
        if made is not None:
            keep_receipt(request, made)
            return see_other(reverse("livelihood:receipt"))
    context = {"form": form, "year": year, "on_behalf": True}
    return page(request, FORM, context, status=422 if form.is_bound else 200)


@needs_role(Role.GOV_HUB)
@require_http_methods(["GET", "HEAD", "POST"])
def open_call(request: ActorRequest) -> HttpResponse:
    """The government's office opens a year's call for ideas."""
    form = OpenCallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        year = attempt(form, actions.open_call, actor=request.actor, **form.values())
        if year is not None:
            messages.success(request, t(N_("征集已经开始。")))
            return see_other(reverse("livelihood:work_year", args=[year.pk]))
    return page(request, "livelihood/work/open_call.html", {"form": form}, status=422 if form.is_bound else 200)


def _fresh() -> dict[str, Any]:
    """A key of its own: sent twice, the form still makes one record."""
    return {"key": secrets.token_urlsafe(24)}
