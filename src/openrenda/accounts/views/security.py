"""Sessions and locks, for the security administrator."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from openrenda.accounts import actions, selectors
from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.orgs.states import Role
from openrenda.ui.render import page, see_other


@needs_role(Role.SECADMIN)
@require_safe
def security(request: ActorRequest) -> HttpResponse:
    """Who is signed in, who is locked out."""
    congress_id = request.actor.congress_id
    context = {
        "sign_ins": selectors.open_sign_ins(congress_id),
        "locks": selectors.locks_in_force(congress_id),
        "this": request.sign_in,
    }
    return page(request, "accounts/manage/security.html", context)


@needs_role(Role.SECADMIN)
@require_POST
def end_session(request: ActorRequest, pk: int) -> HttpResponse:
    """End somebody's session."""
    actions.end_sign_in(sign_in_id=pk, actor=request.actor)
    return see_other(reverse("accounts:security"))


@needs_role(Role.SECADMIN)
@require_POST
def lift_lock(request: ActorRequest, pk: int) -> HttpResponse:
    """Let a locked name or address try again."""
    actions.lift_lock(lockout_id=pk, actor=request.actor)
    return see_other(reverse("accounts:security"))
