"""The working-day calendar: a year's days, overrides, and which open deadlines they move."""

from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from openrenda.accounts import actions, year
from openrenda.accounts.forms import CalendarForm
from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.accounts.rules import may_apply_calendar, may_edit_calendar
from openrenda.kernel.errors import NotFound
from openrenda.orgs.states import Role
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

CALENDAR = "accounts/manage/calendar.html"


@needs_role(Role.SYSADMIN, Role.SC_OFFICE, Role.SC_REP)
@require_http_methods(["GET", "HEAD"])
def calendar(request: ActorRequest) -> HttpResponse:
    """A year, month by month, with where each day's kind comes from."""
    return _calendar(request, CalendarForm(initial={"kind": "holiday"}))


def _calendar(request: ActorRequest, form: CalendarForm, status: int = 200) -> HttpResponse:
    number = year.year_asked(request.GET.dict())
    return page(
        request,
        CALENDAR,
        {
            "year": year.year_of(number),
            "form": form,
            "pending": year.pending_changes(request.actor.congress_id),
            "may_edit": bool(may_edit_calendar(request.actor, None)),
            "apply_verdict": may_apply_calendar(request.actor, None),
        },
        status=status,
    )


@needs_role(Role.SYSADMIN, Role.SC_OFFICE)
@require_POST
def mark_days(request: ActorRequest) -> HttpResponse:
    """Enter what a notice says."""
    form = CalendarForm(request.POST)
    if not form.is_valid() or attempt(form, actions.mark_days, actor=request.actor, **form.values()) is None:
        return _calendar(request, form, status=422)
    return see_other(f"{reverse('accounts:calendar')}?year={form.cleaned_data['first'].year}#pending")


@needs_role(Role.SYSADMIN, Role.SC_OFFICE)
@require_POST
def clear_day(request: ActorRequest) -> HttpResponse:
    """Take an override back."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise NotFound from None
    actions.clear_day(day=day, actor=request.actor)
    return see_other(f"{reverse('accounts:calendar')}?year={day.year}#pending")


@needs_role(Role.SC_OFFICE, Role.SC_REP)
@require_POST
def recompute(request: ActorRequest) -> HttpResponse:
    """Let open deadlines follow the calendar; the answer lists what moved."""
    moved = actions.apply_recompute(actor=request.actor)
    return page(request, "accounts/manage/recomputed.html", {"moved": moved})
