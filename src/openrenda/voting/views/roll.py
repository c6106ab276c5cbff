"""The roll of a poll: tick who took a ballot, who came late, whose slip was taken back for a paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openrenda.accounts.gates import signed_in
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.errors import Invalid, NotAllowed
from openrenda.kernel.text import N_
from openrenda.ui.filters import t
from openrenda.ui.render import is_htmx, see_other
from openrenda.voting import actions, selectors
from openrenda.voting.models import Poll
from openrenda.voting.rules import who
from openrenda.voting.states import Issued, State

from .answer import page


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: ActorRequest, key: str) -> HttpResponse:
    """GET shows the list, POST ticks one person, several, or all who are present."""
    row = selectors.work_poll(request.actor, key)
    if not who.office_or_watcher(request.actor, row):
        raise NotAllowed
    if request.method == "POST":
        count = _tick(request, row)
        if not is_htmx(request):
            messages.success(request, t(N_("已登记{n}人。"), n=count))
            return see_other(reverse("voting:roll", args=[key]))
    return page(request, "voting/roll.html", _context(request, row), fragment="results")


def _tick(request: ActorRequest, row: Poll) -> int:
    ids = [int(raw) for raw in request.POST.getlist("id") if raw.isascii() and raw.isdigit() and len(raw) < 16]
    do = request.POST.get("do", "")
    if do == "issue_all":
        return actions.issue_ballots(poll_id=row.pk, actor=request.actor)
    if not ids:
        raise Invalid(fields={"id": N_("请先选择人员。")})
    if do == "mark_present":
        return actions.mark_present(poll_id=row.pk, mandate_ids=ids, actor=request.actor)
    if do in ("issue", "issue_paper"):
        for one in ids:
            actions.issue_ballot(poll_id=row.pk, mandate_id=one, actor=request.actor, as_paper=do == "issue_paper")
        return len(ids)
    raise Invalid


def _context(request: ActorRequest, row: Poll) -> dict[str, object]:
    text = request.GET.get("q", "").strip()[:40]
    entries = row.roll.order_by("delegation", "name")
    return {
        "poll": row,
        "hall": selectors.hall(row),
        "rows": entries.filter(name__contains=text) if text else entries,
        "q": text,
        "is_open": row.state == State.OPEN,
        "may_mark": bool(who.is_office(request.actor, row)),
        "Issued": Issued,
    }
