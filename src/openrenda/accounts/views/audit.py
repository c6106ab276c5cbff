"""The record of actions, for the auditor alone. It is taken out as every list is (openrenda.exchange)."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from openrenda.accounts import audit_pages
from openrenda.accounts.forms import AuditFilterForm
from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.orgs.states import Role
from openrenda.ui.render import page


@needs_role(Role.AUDITOR)
@require_safe
def audit(request: ActorRequest) -> HttpResponse:
    """Newest first, filtered, page by page."""
    form = AuditFilterForm(request.GET)
    found = audit_pages.page_of(request.actor.congress_id, form, request.GET.get("before", ""))
    return page(request, "accounts/manage/audit.html", {"it": found, "form": form}, fragment="results")
