"""The workbench for opinions: whose turn it is, one case with its moves, a walk-in's words."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.errors import NotFound
from openrenda.kernel.text import N_
from openrenda.liaison import actions, selectors
from openrenda.liaison.forms.moves import ReasonForm
from openrenda.liaison.forms.station import WalkInForm
from openrenda.liaison.rules import who
from openrenda.liaison.rules.who import DESK_ROLES, HANDLERS
from openrenda.liaison.selectors import asked, desks
from openrenda.liaison.selectors.holding import LANES, holder
from openrenda.liaison.states import OpinionState
from openrenda.routing.prefill import prefill
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other
from openrenda.ui.shapes import Link

from . import faces, moves, queries
from .gates import keep_receipt, kept_receipt

LONGEST = 200
for_handlers = needs_role(*HANDLERS)
for_desks = needs_role(*DESK_ROLES)


@require_safe
@for_handlers
def inbox(request: ActorRequest) -> HttpResponse:
    """My turn by urgency, waiting for others, done lately."""
    narrowed = asked.inbox(request.GET.dict())
    found = selectors.inbox(actor=request.actor, **narrowed, after=queries.token(request))
    counts = selectors.lane_counts(actor=request.actor)
    tabs = [
        Link(label, f"{request.path}?lane={name}", current=name == narrowed["lane"], count=counts.get(name))
        for name, label in LANES.items()
    ]
    context = {
        "found": found,
        "holder": holder,
        "tabs": tabs,
        **narrowed,
        "states": list(OpinionState),
        "older": queries.older(request, found.next),
        "at_desk": request.actor.has(*DESK_ROLES),
    }
    return page(request, "liaison/work/inbox.html", context, fragment="results")


@require_safe
@for_handlers
def case(request: ActorRequest, opinion_id: int) -> HttpResponse:
    """One opinion, and beside it the moves open to me."""
    about = selectors.case_page(actor=request.actor, opinion_id=opinion_id)
    handling, publishing = moves.of_case(about)
    context = {
        "about": about,
        "handling": handling,
        "publishing": publishing,
        "may_reset": bool(who.is_station_staff(request.actor, about.opinion)),
        **faces.case_context(about),
    }
    return page(request, "liaison/work/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_handlers
def move(request: ActorRequest, opinion_id: int, key: str) -> HttpResponse:
    """Any move: its own small page when it asks something; refused, the page keeps what was typed."""
    about = selectors.case_page(actor=request.actor, opinion_id=opinion_id)
    spec = moves.BY_KEY.get(key)
    if spec is None:
        raise NotFound
    is_sent = request.method == "POST"
    form = spec.form(request.POST if is_sent else None, about=about, initial=_asked_for(request, spec))
    prefill(form, request.GET)
    if form.is_valid() and attempt(form, spec.action, opinion_id=opinion_id, actor=request.actor, **form.values()):
        messages.success(request, N_("已办好，并记入办理经过。"))
        return see_other(reverse("liaison:work_case", args=[opinion_id]))
    context = {"about": about, "spec": spec, "form": form, "choice": moves.choice_of(about, key)}
    return page(request, "liaison/work/move.html", context, status=422 if is_sent else 200, fragment="ask")


@require_safe
@for_handlers
def beside(request: ActorRequest, opinion_id: int, other_id: int) -> HttpResponse:
    """Two opinions side by side, with what they say alike, before anybody merges them."""
    found = selectors.beside(actor=request.actor, opinion_id=opinion_id, other_id=other_id)
    return page(request, "liaison/work/beside.html", {"found": found})


def _asked_for(request: ActorRequest, spec: moves.Spec) -> dict[str, str]:
    """What a link has filled in already; a choice that is not offered stays unchosen."""
    return {name: request.GET[name][:LONGEST] for name in spec.form.base_fields if name in request.GET}


@require_POST
@for_handlers
def reveal(request: ActorRequest, opinion_id: int) -> HttpResponse:
    """The writer's name and telephone, for a reason that is recorded; shown on this answer only."""
    about = selectors.case_page(actor=request.actor, opinion_id=opinion_id)
    form = ReasonForm(request.POST, about=about)
    contact = (
        attempt(form, actions.reveal_contact, opinion_id=opinion_id, actor=request.actor, **form.values())
        if form.is_valid()
        else None
    )
    context = {"about": about, "form": form, "contact": contact}
    return page(request, "liaison/work/contact.html", context, status=200 if contact else 422)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desks
def reset_code(request: ActorRequest, opinion_id: int) -> HttpResponse:
    """A lost code is never told again; a new one is made for whoever proved at the counter to be the writer."""
    about = selectors.case_page(actor=request.actor, opinion_id=opinion_id)
    form = ReasonForm(request.POST or None, about=about)
    if form.is_valid():
        new = attempt(form, actions.reset_query_code, opinion_id=opinion_id, actor=request.actor, **form.values())
        if new is not None:
            keep_receipt(request, new)
            return see_other(reverse("liaison:work_receipt"))
    return page(
        request, "liaison/work/reset_code.html", {"about": about, "form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_desks
def walk_in(request: ActorRequest) -> HttpResponse:
    """Taken down for somebody; the station is the desk's own, or chosen first when there are several."""
    mine, code = desks.desks(request.actor), queries.text(request, "station")
    if not code and len(mine) != 1:
        return page(request, "liaison/work/desks.html", {"desks": mine})
    desk = desks.desk(request.actor, code or mine[0].code)
    form = WalkInForm(request.POST or None, desk=desk, congress_id=request.actor.congress_id)
    if form.is_valid() and (new := attempt(form, _register, request, desk.station_id, form)) is not None:
        keep_receipt(request, new)
        return see_other(reverse("liaison:work_receipt"))
    return page(
        request, "liaison/work/walk_in.html", {"form": form, "desk": desk}, status=422 if form.is_bound else 200
    )


def _register(request: ActorRequest, station_id: int, form: WalkInForm) -> actions.Receipt:
    speaker = request.actor.speaking_for(N_("来访群众"))
    return actions.register_walk_in(actor=speaker, station_id=station_id, **form.values())


@never_cache
@require_safe
@for_desks
def receipt(request: ActorRequest) -> HttpResponse:
    """To print and hand over the counter; number and code are shown for a quarter of an hour."""
    kept = kept_receipt(request)
    if kept is None:
        return see_other(reverse("liaison:inbox"))
    link = f"{settings.BASE_URL}{reverse('liaison:track')}?number={kept[0]}"
    return page(request, "liaison/receipt.html", {"number": kept[0], "code": kept[1], "link": link, "at_desk": True})
