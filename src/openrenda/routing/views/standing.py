"""How well the advice does, and learning anew."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.kernel import clock
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.routing import actions, selectors
from openrenda.routing.states import RunState
from openrenda.ui.render import page, see_other

READERS = (Role.SYSADMIN, Role.SC_OFFICE, Role.SC_REP)
LIVE_DAYS = 90


@needs_role(*READERS)
@require_safe
def standing(request: ActorRequest) -> HttpResponse:
    """When it was learned, from how much, how often it is right, where it is wrong."""
    congress_id = request.actor.congress_id
    found = selectors.standing(congress_id, clock.now() - timedelta(days=LIVE_DAYS))
    context = {
        "found": found,
        "run_state": RunState(found.run.state) if found.run else None,
        "is_moving": found.run is not None and actions.is_open(found.run),
        "days": LIVE_DAYS,
        "kinds": selectors.kind_labels(found.figures),
        "here": request.path,
    }
    return page(request, "routing/standing.html", context, fragment="progress")


@needs_role(*READERS)
@require_POST
def learn(request: ActorRequest) -> HttpResponse:
    """The job is queued; the page shows how far it is."""
    actions.ask_to_learn(actor=request.actor)
    messages.success(request, N_("已开始学习，学完后数字会更新。"))
    return see_other(reverse("routing:standing"))
