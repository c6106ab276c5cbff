"""Stepping into a demo account. These addresses exist only where settings say DEMO."""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from openrenda.accounts import demo
from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest, agent_of, local_path, open_session
from openrenda.kernel.errors import NotFound
from openrenda.ui.render import page, see_other


@public
@require_safe
def accounts(request: ActorRequest) -> HttpResponse:
    """One account per role, grouped."""
    if not settings.DEMO:
        raise NotFound
    groups = demo.grouped(request.actor.congress_id)
    return page(request, "accounts/demo.html", {"groups": groups, "me": request.actor.person_id})


@public
@require_POST
def step_in(request: ActorRequest) -> HttpResponse:
    """One click, no password."""
    row = demo.step_in(
        login=request.POST.get("login", ""),
        leaving=request.sign_in.pk if request.sign_in else None,
        actor=request.actor,
        agent=agent_of(request),
    )
    open_session(request, row)
    return see_other(local_path(request.POST.get("next")))
