"""Offices' tables: the workbench, bulk acts, the register, promises, look-backs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openrenda.accounts.gates import needs_role, signed_in
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.suggestions import actions, selectors
from openrenda.suggestions.actions.in_bulk import in_bulk
from openrenda.suggestions.errors import BulkRefused
from openrenda.suggestions.forms.base import ActForm
from openrenda.suggestions.forms.desk import DrawForm, ReleaseAllForm, SignForAllForm
from openrenda.suggestions.forms.plain import Plain
from openrenda.suggestions.rules import readers
from openrenda.suggestions.rules.readers import OFFICES, READERS
from openrenda.suggestions.selectors import asked, desk
from openrenda.ui.filters import t
from openrenda.ui.forms import attempt
from openrenda.ui.render import see_other

from . import once, queries, tables
from .answer import page


@needs_role(*READERS)
@require_safe
def inbox(request: ActorRequest) -> HttpResponse:
    """My turn, waiting for others, done lately."""
    found = selectors.inbox(request.actor)
    lane = asked.lane(request.GET.dict())
    context = {
        "found": found,
        "lane": lane,
        "rows": getattr(found, lane),
        "tabs": tables.lanes(request, found),
        "desks": tables.desks(request.actor),
    }
    return page(request, "suggestions/inbox.html", context, fragment="results")


@needs_role(*OFFICES)
@require_safe
def register(request: ActorRequest) -> HttpResponse:
    """Everything this office may open."""
    narrowed = asked.register(request.GET.dict())
    found = desk.register(request.actor, **narrowed, after=queries.number(request, "after"))
    context = {
        "found": found,
        "asked": narrowed,
        "facets": tables.state_facet(request, desk.state_counts(request.actor)),
        "older": queries.here_with(request, after=found.next_after) if found.next_after else "",
        "kept": queries.kept(request),
    }
    return page(request, "suggestions/register.html", context, fragment="results")


@dataclass(frozen=True, slots=True)
class Bulk:
    """One kind of bulk act: who, what is asked, which action, in which words."""

    title: str
    lead: str
    label: str
    done: str
    empty: str
    roles: tuple[Role, ...]
    run: Callable[..., Any]
    form: type[ActForm] = Plain


def _assign(ids: list[int], **given: Any) -> Any:
    return actions.assign_in_bulk(suggestion_ids=ids, **given)


BULK: Mapping[str, Bulk] = {
    "assign": Bulk(
        N_("交办日"),
        N_("已接收编号、等待交办的建议。全部能办才交办，有一件不能办就一件也不交办。"),
        N_("交办所选"),
        N_("已交办{n}件，法定期限从今天开始计算。"),
        N_("没有等待交办的建议。"),
        readers.BULK["assign"],
        _assign,
    ),
    "distribute": Bulk(
        N_("分办"),
        N_("人大交来、等待分办到承办单位的建议。默认按拟办单位分办；需要调整的，请打开单独分办。"),
        N_("分办所选"),
        N_("已分办{n}件，等待单位签收。"),
        N_("没有等待分办的建议。"),
        readers.BULK["distribute"],
        partial(in_bulk, actions.distribute, "assignment_id"),
    ),
    "sign_for": Bulk(
        N_("签收"),
        N_("交给本单位、还没有签收的建议。"),
        N_("签收所选"),
        N_("已签收{n}件，请尽快联系代表。"),
        N_("没有等待签收的建议。"),
        readers.BULK["sign_for"],
        partial(in_bulk, actions.sign_for, "assignment_id"),
        SignForAllForm,
    ),
    "release": Bulk(
        N_("公开"),
        N_("已答复、还没有决定是否公开的建议。批量只作全文公开；其他方式请打开单独决定。"),
        N_("全文公开所选"),
        N_("已公开{n}件。"),
        N_("没有等待公开的建议。"),
        readers.BULK["release"],
        partial(in_bulk, actions.release, "suggestion_id"),
        ReleaseAllForm,
    ),
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: ActorRequest, name: str) -> HttpResponse:
    """A table with check boxes; POST shows what will happen to each row; confirmed POST does all or none."""
    kind = tables.open_bulk(BULK, name, request.actor)
    rows = desk.BULK[name](request.actor)
    ids = tables.chosen(request)
    form = kind.form(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not ids or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page(
            request,
            "suggestions/bulk.html",
            {
                "kind": kind,
                "name": name,
                "rows": rows,
                "form": form,
                "ids": ids,
                "none_chosen": status == 422 and not ids,
            },
            status=status,
        )
    if "confirmed" not in request.POST:
        return _preview(request, name, kind, tables.preview(rows, ids))
    return _run(request, name, kind, rows, ids, form)


def _preview(
    request: HttpRequest, name: str, kind: Bulk, rows: list[Any], refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "kind": kind,
        "name": name,
        "rows": rows,
        "refused": refused,
        "fields": tables.sent(request),
        "can_confirm": all(row.ok for row in rows),
    }
    return page(request, "suggestions/bulk_preview.html", context, status=status)


def _run(
    request: ActorRequest, name: str, kind: Bulk, rows: list[desk.BulkRow], ids: list[int], form: ActForm
) -> HttpResponse:
    back = see_other(reverse("suggestions:bulk", args=[name]))
    if once.was_taken(request):
        return back
    try:
        done = kind.run(ids, actor=request.actor, **form.values())
    except BulkRefused as refusal:
        words = t(refusal.message, **refusal.params)
        return _preview(request, name, kind, tables.preview(rows, ids, refusal.rows), words, refusal.status)
    once.take(request)
    messages.success(request, t(kind.done, n=len(done)))
    return back


@needs_role(*READERS)
@require_safe
def promises(request: ActorRequest) -> HttpResponse:
    """The promise ledger, by deadline."""
    narrowed = asked.ledger(request.actor, request.GET.dict())
    rows = selectors.promise_ledger(
        request.actor.congress_id, **narrowed, after=tables.ledger_cursor(request), size=tables.LEDGER + 1
    )
    shown = rows[: tables.LEDGER]
    context = {
        "rows": shown,
        "facets": tables.ledger_facets(request),
        "older": tables.ledger_next(request, shown) if len(rows) > tables.LEDGER else "",
    }
    return page(request, "suggestions/promises.html", context, fragment="results")


@needs_role(*readers.LOOK_BACK)
@require_http_methods(["GET", "HEAD", "POST"])
def look_backs(request: ActorRequest) -> HttpResponse:
    """The yearly look-back: drawn by a published seed, then checked one by one."""
    form = DrawForm(*([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        drawn = attempt(form, actions.draw_look_back, actor=request.actor, **form.values())
        if drawn is not None:
            messages.success(request, t(N_("已抽取。")))
            return see_other(reverse("suggestions:look_backs"))
    context = {
        "form": form,
        "batches": desk.look_back_batches(request.actor),
        "may_draw": request.actor.has(Role.SC_REP),
    }
    return page(request, "suggestions/look_backs.html", context, status=422 if form.is_bound else 200)
