"""The front page of the administration."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.calendars import coverage_is_short, load_calendar
from openrenda.orgs.states import Role
from openrenda.ui.render import page


@needs_role(Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR, Role.SC_OFFICE, Role.SC_REP)
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """The pages open to this hat, and what needs attention."""
    calendar = load_calendar()
    context = {"calendar_is_short": coverage_is_short(calendar), "covered_until": calendar.covered_until}
    return page(request, "accounts/manage/overview.html", context)
