"""Polls on the workbench, and the one view behind every act on them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openrenda.accounts.gates import needs_role, signed_in
from openrenda.accounts.http import ActorRequest
from openrenda.documents.selectors import files_of
from openrenda.kernel.actor import Actor
from openrenda.kernel.subject import SubjectRef
from openrenda.orgs.states import Role
from openrenda.ui.filters import t
from openrenda.ui.forms import attempt
from openrenda.ui.render import see_other
from openrenda.voting import selectors
from openrenda.voting.forms.base import ActForm, Ask
from openrenda.voting.models import Poll
from openrenda.voting.rules import who
from openrenda.voting.selectors.polls import OFFICES
from openrenda.voting.states import Duty, State

from . import faces, moves
from .act import Act
from .answer import page

SHOWN = 100
SHEETS = "tally_sheet"
COUNTED = (State.COUNTED, State.CONFIRMED, State.PUBLISHED)
KNOWN_TO_ALL = (State.CONFIRMED, State.PUBLISHED)


@needs_role(*OFFICES, Role.DEPUTY)
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The polls in which this actor has something to do or to vote."""
    return page(request, "voting/work_index.html", {"rows": selectors.work_polls(request.actor)[:SHOWN]})


@signed_in
@require_safe
def poll(request: ActorRequest, key: str) -> HttpResponse:
    """A poll with all that stands of it, and beside it the moves open to this actor."""
    row = selectors.work_poll(request.actor, key)
    context = {
        **whole(row, request.actor),
        "moves": moves.rows(row, request.actor),
        "turn": faces.turn(row),
        "stages": faces.stages(row),
        "sheets": files_of(SubjectRef("voting.poll", row.pk), purpose=SHEETS) if watches(row, request.actor) else [],
        "counts": selectors.count_state(row, request.actor) if watches(row, request.actor) else None,
        "setup": faces.setup(row) if row.is_electronic else None,
        "followers": row.followers.all(),
    }
    return page(request, "voting/work_poll.html", context)


def watches(row: Poll, actor: Actor) -> bool:
    """Who prepares, counts or watches this vote sees figures before they are confirmed; nobody else does."""
    duties = (Duty.CHIEF, Duty.SCRUTINEER, Duty.TELLER)
    return actor.has(Role.SC_OFFICE, Role.TELLER) or who.on_duty(actor, row, duties)


def whole(row: Poll, actor: Actor) -> dict[str, Any]:
    """What the poll's page and the pages of its acts have in common."""
    may_see = row.state in KNOWN_TO_ALL or (row.state in COUNTED and watches(row, actor))
    return {
        "poll": row,
        "rules": faces.rules(row),
        "prints": faces.prints(row),
        "hall": selectors.hall(row),
        "by_hands": faces.is_by_hands(row),
        "options": list(row.options.all()),
        "result": faces.result(row) if may_see else None,
        "decisions": list(row.decisions.all()) if may_see else [],
        "confirmed": list(row.confirmations.select_related("scrutineer")),
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: ActorRequest, key: str, name: str) -> HttpResponse:
    """One act of the table: GET asks, POST does."""
    row, one = selectors.work_poll(request.actor, key), moves.act_of(name)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    if request.method != "POST":
        moves.check_open(row, request.actor, name)
        return _asked(request, one.form(*sent, ask=Ask(row, request.actor)), one, row)
    form = one.form(*sent, ask=Ask(row, request.actor))
    if not form.is_valid() or attempt(form, one.action, poll_id=row.pk, actor=request.actor, **form.values()) is None:
        return _asked(request, form, one, row, status=422)
    messages.success(request, t(one.done))
    return see_other(reverse("voting:work", args=[key]))


def _asked(request: ActorRequest, form: ActForm, one: Act, row: Poll, status: int = 200) -> HttpResponse:
    context = {**whole(row, request.actor), "form": form, "act": one, "back": reverse("voting:work", args=[row.key])}
    return page(request, one.template, context, status=status)
