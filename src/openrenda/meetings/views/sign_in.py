"""The sign-in list: one tick per member, a whole delegation at once, leave with its reason."""

from collections import Counter
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_
from openrenda.meetings import actions, selectors
from openrenda.meetings.models import Meeting
from openrenda.meetings.selectors.meetings import RollRow
from openrenda.meetings.states import MeetingState, Presence
from openrenda.orgs.states import Role
from openrenda.ui.filters import t
from openrenda.ui.render import is_htmx, page, see_other
from openrenda.ui.shapes import Link

from .meeting import found

DOES = {"sign_in": actions.sign_in, "leave": actions.leave}


@needs_role(Role.SC_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: ActorRequest, key: str) -> HttpResponse:
    """GET shows the list, POST ticks."""
    row = found(request, key)
    if request.method == "POST":
        _tick(request, row)
        if not is_htmx(request):
            return see_other(_here(row, request.GET.get("group", ""), request.GET.get("q", "")))
    return page(request, "meetings/sign_in.html", _context(request, row), fragment="results")


def _tick(request: ActorRequest, row: Meeting) -> None:
    ids = [int(raw) for raw in request.POST.getlist("id") if raw.isascii() and raw.isdigit() and len(raw) < 16]
    do = request.POST.get("do", "")
    if not ids:
        raise Invalid(fields={"id": N_("请先勾选人员。")})
    if do == "take_leave":
        actions.take_leave(
            meeting_id=row.pk, mandate_ids=ids, reason=request.POST.get("reason", ""), actor=request.actor
        )
    elif do in DOES:
        DOES[do](meeting_id=row.pk, mandate_ids=ids, actor=request.actor)
    else:
        raise Invalid
    if not is_htmx(request):
        messages.success(request, t(N_("已登记{n}人。"), n=len(ids)))


def _here(row: Meeting, group: str, text: str) -> str:
    query = urlencode({name: value for name, value in (("group", group), ("q", text)) if value})
    return reverse("meetings:sign_in", args=[row.key]) + (f"?{query}" if query else "")


def _context(request: ActorRequest, row: Meeting) -> dict[str, object]:
    everyone = selectors.roll(row)
    group, text = request.GET.get("group", ""), request.GET.get("q", "").strip()[:40]
    shown = [one for one in everyone if (not group or one.delegation == group) and text in one.name]
    return {
        "meeting": row,
        "counts": selectors.attendance_counts(row),
        "rows": shown,
        "groups": _groups(row, everyone, group),
        "group": group,
        "q": text,
        "here": _here(row, group, text),
        "missing": [one.mandate_id for one in shown if not one.presence],
        "is_over": row.state in (MeetingState.CLOSED, MeetingState.ARCHIVED),
    }


def _groups(row: Meeting, everyone: list[RollRow], group: str) -> list[Link]:
    """Delegations with how many of them are still missing."""
    missing = Counter(one.delegation for one in everyone if _is_missing(one))
    names = dict.fromkeys(one.delegation for one in everyone)
    links = [Link(name, _here(row, name, ""), name == group, missing[name]) for name in names]
    whole = Link(N_("全部"), _here(row, "", ""), not group, missing.total())
    return [whole, *links]


def _is_missing(one: RollRow) -> bool:
    return one.presence not in (Presence.SIGNED_IN, Presence.ON_LEAVE)
