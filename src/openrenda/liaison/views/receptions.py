"""Reception days: the public's appointment, the station's planning."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.accounts.gates import needs_role, public
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.errors import NotFound
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import Verdict
from openrenda.liaison import actions, selectors
from openrenda.liaison.forms import station as f
from openrenda.liaison.forms.opinion import BookingForm, CancelBookingForm
from openrenda.liaison.selectors import asked, desks
from openrenda.liaison.states import Attendance, ReceptionState
from openrenda.orgs.states import Role
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

from . import queries
from .gates import visitor
from .work import for_desks

for_reception = needs_role(Role.STATION_STAFF, Role.STATION_HEAD, Role.STREET_NPC, Role.SC_REP, Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class Spec:
    """Form and action behind a move of the reception's table."""

    label: str
    form: type[f.ReceptionMoveForm]
    action: Callable[..., Any]

    @property
    def asks(self) -> bool:
        return bool(self.form.base_fields)


@dataclass(frozen=True, slots=True)
class Choice:
    """A move as the page shows it."""

    name: str
    spec: Spec
    verdict: Verdict


SPECS: Mapping[str, Spec] = {
    "announce": Spec(N_("发布公告"), f.AnnounceForm, actions.announce_reception),
    "start": Spec(N_("开始接待"), f.ReceptionMoveForm, actions.start_reception),
    "finish": Spec(N_("结束并登记到场"), f.FinishForm, actions.finish_reception),
    "postpone": Spec(N_("顺延"), f.PostponeForm, actions.postpone_reception),
    "cancel": Spec(N_("取消"), f.CancelForm, actions.cancel_reception),
    "excuse": Spec(N_("代表请假"), f.ExcuseForm, actions.excuse_deputy),
    "substitute": Spec(N_("安排替补"), f.SubstituteForm, actions.substitute_deputy),
    "notify_bookers": Spec(N_("通知预约群众"), f.TellForm, actions.notify_bookers),
}


# -- the public ----------------------------------------------------------------------------------------------------


@never_cache
@public
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: ActorRequest, code: str, event_id: int) -> HttpResponse:
    """An appointment; walk-ins remain welcome."""
    about = selectors.station_page(congress_id=request.actor.congress_id, code=code)
    event = selectors.public_reception(congress_id=request.actor.congress_id, event_id=event_id)
    form = BookingForm(request.POST) if request.method == "POST" else BookingForm.fresh()
    if form.is_valid():
        made = attempt(form, actions.book_reception, event_id=event_id, actor=visitor(request), **form.values())
        if made is not None:
            return page(
                request, "liaison/booked.html", {"about": about, "event": event, "booking": made[0], "code": made[1]}
            )
    context = {"about": about, "event": event, "form": form}
    return page(request, "liaison/book.html", context, status=422 if form.is_bound else 200)


@never_cache
@public
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_booking(request: ActorRequest, booking_id: int) -> HttpResponse:
    """With the code given when the appointment was made."""
    form = CancelBookingForm(request.POST or None)
    if form.is_valid():
        done = attempt(form, actions.cancel_booking, booking_id=booking_id, actor=visitor(request), **form.cleaned_data)
        if done is not None:
            messages.success(request, N_("预约已取消，谢谢您告诉我们。"))
            return see_other(reverse("liaison:stations"))
    context = {"form": form, "booking_id": booking_id}
    return page(request, "liaison/booking_cancel.html", context, status=422 if form.is_bound else 200)


# -- the station ---------------------------------------------------------------------------------------------------


@require_safe
@for_desks
def my_receptions(request: ActorRequest) -> HttpResponse:
    """Straight to the station's own list when there is but one desk."""
    mine = desks.desks(request.actor)
    if len(mine) == 1:
        return see_other(reverse("liaison:receptions", args=[mine[0].code]))
    return page(request, "liaison/work/reception_desks.html", {"desks": mine})


@require_safe
@for_desks
def receptions(request: ActorRequest, code: str) -> HttpResponse:
    """Days to come, or gone by."""
    desk = desks.desk(request.actor, code)
    is_past = asked.is_past(request.GET.dict())
    found = desks.station_receptions(station_id=desk.station_id, is_past=is_past, after=queries.token(request))
    about = selectors.station_page(congress_id=request.actor.congress_id, code=code)
    context = {
        "desk": desk,
        "found": found,
        "upcoming": not is_past,
        "older": queries.older(request, found.next),
        "about": about,
        "generate": f.GenerateForm(),
    }
    return page(request, "liaison/work/receptions.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@for_desks
def plan(request: ActorRequest, code: str) -> HttpResponse:
    """A day beside those of the rule."""
    desk = desks.desk(request.actor, code)
    about = selectors.station_page(congress_id=request.actor.congress_id, code=code)
    form = f.PlanForm(
        request.POST or None, desk=desk, congress_id=request.actor.congress_id, place=about.station.address
    )
    if form.is_valid():
        new = attempt(form, actions.plan_reception, station_id=desk.station_id, actor=request.actor, **form.values())
        if new is not None:
            messages.success(request, N_("已排好。到期前请发布公告。"))
            return see_other(reverse("liaison:reception", args=[code, new.pk]))
    context = {"desk": desk, "form": form, "about": about}
    return page(request, "liaison/work/reception_plan.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_desks
def generate(request: ActorRequest, code: str) -> HttpResponse:
    """The days of the station's rule for some weeks; what is there already is left alone."""
    desk = desks.desk(request.actor, code)
    form = f.GenerateForm(request.POST)
    made = None
    if form.is_valid():
        made = attempt(
            form, actions.generate_receptions, station_id=desk.station_id, actor=request.actor, **form.cleaned_data
        )
    sentence = N_("已按规则排好。") if made else N_("没有新的日子要排：都已排好，或本站没有固定的接待日。")
    messages.success(request, sentence)
    return see_other(reverse("liaison:receptions", args=[code]))


@require_safe
@for_reception
def reception(request: ActorRequest, code: str, event_id: int) -> HttpResponse:
    """One day: deputies, appointments, moves."""
    return page(request, "liaison/work/reception.html", _context(request, event_id))


@require_http_methods(["GET", "HEAD", "POST"])
@for_reception
def reception_move(request: ActorRequest, code: str, event_id: int, name: str) -> HttpResponse:
    """Any move of a reception day."""
    about = desks.reception_case(actor=request.actor, event_id=event_id)
    spec = SPECS.get(name)
    if spec is None:
        raise NotFound
    is_sent = request.method == "POST"
    form = spec.form(request.POST if is_sent else None, about=about)
    done = (
        attempt(form, spec.action, event_id=event_id, actor=request.actor, **form.values()) if form.is_valid() else None
    )
    if done is not None:
        messages.success(request, N_("已办好。"))
        return see_other(reverse("liaison:reception", args=[code, done.pk]))
    context = {"about": about, "spec": spec, "form": form, "name": name}
    return page(request, "liaison/work/reception_move.html", context, status=422 if is_sent else 200)


def _context(request: ActorRequest, event_id: int) -> dict[str, Any]:
    about = desks.reception_case(actor=request.actor, event_id=event_id)
    choices = [
        Choice(offer.move.name, SPECS[offer.move.name], offer.verdict)
        for offer in about.offers
        if offer.move.name in SPECS
    ]
    labels = {one.value: one.label for one in Attendance}
    return {
        "about": about,
        "choices": choices,
        "labels": labels,
        "state_label": ReceptionState(about.event.state).label,
    }
