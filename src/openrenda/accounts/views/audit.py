"""The record of actions, for the auditor alone."""

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_POST, require_safe

from openrenda.accounts import actions, audit_pages
from openrenda.accounts.forms import AuditFilterForm, ExportForm
from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.kernel import clock
from openrenda.orgs.states import Role
from openrenda.ui.render import page


@needs_role(Role.AUDITOR)
@require_safe
def audit(request: ActorRequest) -> HttpResponse:
    """Newest first, filtered, page by page."""
    return _audit(request, AuditFilterForm(request.GET), ExportForm())


def _audit(request: ActorRequest, filters: AuditFilterForm, export: ExportForm, status: int = 200) -> HttpResponse:
    context = audit_pages.page_of(request.actor.congress_id, filters, request.GET.get("before", ""))
    return page(
        request,
        "accounts/manage/audit.html",
        {"it": context, "form": filters, "export_form": export},
        status=status,
        fragment="results",
    )


@needs_role(Role.AUDITOR)
@require_POST
def export(request: ActorRequest) -> HttpResponse | StreamingHttpResponse:
    """The same view as CSV; the export is itself recorded, with its reason."""
    filters, form = AuditFilterForm(request.POST), ExportForm(request.POST)
    if not form.is_valid() or not filters.is_valid():
        return _audit(request, filters, form, status=422)
    wanted = audit_pages.filter_of(filters)
    actions.record_export(reason=form.cleaned_data["reason"], filters=wanted.words(), actor=request.actor)
    name = f"audit-{clock.now():%Y%m%d-%H%M}.csv"
    lines = audit_pages.csv_lines(request.actor.congress_id, wanted)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
