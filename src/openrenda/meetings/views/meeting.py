"""Meetings on the workbench, and the views behind every act on them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openrenda.accounts.gates import needs_role, signed_in
from openrenda.accounts.http import ActorRequest
from openrenda.kernel import clock
from openrenda.kernel.text import N_
from openrenda.meetings import actions, selectors
from openrenda.meetings.errors import NoItem
from openrenda.meetings.forms.base import ActForm, Ask
from openrenda.meetings.forms.meeting import ConveneForm
from openrenda.meetings.models import AgendaItem, Meeting
from openrenda.meetings.selectors.meetings import INSIDE
from openrenda.orgs.selectors import latest_session
from openrenda.orgs.states import Role
from openrenda.ui.filters import t
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

from . import moves
from .act import ITEM_ACTS, MEETING_ACTS, Act
from .labels import words

SHOWN = 50


@needs_role(*INSIDE)
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """All meetings, the newest first."""
    rows = selectors.meetings_of(request.actor.congress_id)[:SHOWN]
    context = {"rows": rows, "words": words, "may_convene": request.actor.has(Role.SC_OFFICE)}
    return page(request, "meetings/index.html", context)


@needs_role(Role.SC_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def convene(request: ActorRequest) -> HttpResponse:
    """Enter a meeting."""
    session = latest_session(request.actor.congress_id, clock.today())
    form = ConveneForm(request.POST if request.method == "POST" else None).offer([session] if session else [])
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.convene, actor=request.actor, **form.values())
        if made is not None:
            messages.success(request, t(MADE))
            return see_other(reverse("meetings:meeting", args=[made.key]))
    return page(request, "meetings/convene.html", {"form": form}, status=422 if form.errors else 200)


MADE = N_("会议已建立。接下来列入议程、登记监票人，开会前打开签到。")


def found(request: ActorRequest, key: str) -> Meeting:
    """The meeting of that key, if it is this reader's to see."""
    return selectors.meeting_for(request.actor, selectors.meeting_by_key(request.actor.congress_id, key).pk)


@signed_in
@require_safe
def meeting(request: ActorRequest, key: str) -> HttpResponse:
    """Who is there, what is on the agenda, who watches the votes; beside it what can be done."""
    row = found(request, key)
    context = {
        "meeting": row,
        "counts": selectors.attendance_counts(row),
        "items": moves.of_items(row.items.select_related("meeting", "poll", "reporter"), request.actor),
        "scrutineers": selectors.scrutineers_of(row),
        "moves": moves.of_meeting(row, request.actor),
        "words": words,
    }
    return page(request, "meetings/meeting.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: ActorRequest, key: str, name: str) -> HttpResponse:
    """One act on the meeting: GET asks, POST does."""
    row, one = found(request, key), moves.act_of(MEETING_ACTS, name)
    if request.method != "POST":
        moves.check_open(moves.of_meeting(row, request.actor), name)
    return _act(request, one, row, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def item_act(request: ActorRequest, key: str, pk: int, name: str) -> HttpResponse:
    """One act on an item: GET asks, POST does."""
    row, one = found(request, key), moves.act_of(ITEM_ACTS, name)
    item = selectors.item_for(request.actor, pk)
    if item.meeting_id != row.pk:
        raise NoItem
    if request.method != "POST":
        moves.check_item_open(item, request.actor, name)
    return _act(request, one, row, item)


def _act(request: ActorRequest, one: Act, row: Meeting, item: AgendaItem | None) -> HttpResponse:
    form = one.form(*_sent(request), ask=Ask(row, item, request.actor))
    target = {"meeting_id": row.pk} if item is None else {"item_id": item.pk}
    if request.method != "POST":
        return _asked(request, form, one, row, item)
    if not form.is_valid() or attempt(form, one.action, actor=request.actor, **target, **form.values()) is None:
        return _asked(request, form, one, row, item, status=422)
    messages.success(request, t(one.done))
    return see_other(reverse("meetings:meeting", args=[row.key]))


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()


def _asked(
    request: HttpRequest, form: ActForm, one: Act, row: Meeting, item: AgendaItem | None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "act": one, "meeting": row, "item": item}
    return page(request, "meetings/act.html", context, status=status)
