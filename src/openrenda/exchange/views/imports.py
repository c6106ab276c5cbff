"""Registers come in: choose a file, see the verdict on every row, decide, watch, read what became of it."""

import io
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.exchange import kinds
from openrenda.exchange.actions import error_files, imports
from openrenda.exchange.forms import MappingForm, UploadForm
from openrenda.exchange.import_errors import SameFileOpen
from openrenda.exchange.incoming.plan import BadMapping
from openrenda.exchange.keepers import IMPORTERS
from openrenda.exchange.models import ImportRun
from openrenda.exchange.reading import FileUnreadable
from openrenda.exchange.selectors import import_pages
from openrenda.exchange.selectors import imports as selectors
from openrenda.exchange.states import Format
from openrenda.exchange.values import Outcome
from openrenda.exchange.writing import blank
from openrenda.kernel import asked
from openrenda.kernel.errors import NotFound
from openrenda.kernel.text import N_
from openrenda.ui.filters import t
from openrenda.ui.render import confirm as ask_once_more
from openrenda.ui.render import page, see_other

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEW = "exchange/imports/new.html"


def _run_url(pk: int) -> str:
    return reverse("exchange:import", args=[pk])


@needs_role(*IMPORTERS)
@require_safe
def runs(request: ActorRequest) -> HttpResponse:
    """What was brought in, newest first."""
    found = selectors.runs(request.actor, before=asked.number(request.GET.dict(), "before"))
    context = {
        "rows": [import_pages.run_face(run) for run in found.rows],
        "older": f"{request.path}?before={found.before}" if found.before else "",
    }
    return page(request, "exchange/imports/runs.html", context)


@needs_role(*IMPORTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Choose what and from which file; large files are thrown away while they arrive."""
    open_kinds = kinds.open_to(request.actor)
    if request.method != "POST":
        asked_for = request.GET.get("kind", "") or (open_kinds[0].name if len(open_kinds) == 1 else "")
        return _new(request, UploadForm(kinds=open_kinds, initial={"kind": asked_for}))
    form = UploadForm(request.POST, request.FILES, kinds=open_kinds)
    if not form.is_valid():
        return _new(request, form, status=422)
    upload = form.cleaned_data["file"]
    try:
        run = imports.take_in(
            kind_name=form.cleaned_data["kind"], file=upload.file, size=upload.size, name=upload.name,
            actor=request.actor,
        )  # fmt: skip
    except FileUnreadable as refusal:
        form.add_error("file", f"{t(refusal.message, **refusal.params)}{t(refusal.remedy)}")
        return _new(request, form, status=422)
    except SameFileOpen as same:
        form.add_error("file", f"{t(same.message, **same.params)}{t(same.remedy)}")
        return _new(request, form, status=409, same=same.run_id)
    return see_other(_run_url(run.pk))


def _new(request: ActorRequest, form: UploadForm, *, status: int = 200, same: int = 0) -> HttpResponse:
    open_kinds = kinds.open_to(request.actor)
    context = {
        "form": form,
        "kinds": open_kinds,
        "hints": {kind.name: kind.hint for kind in open_kinds},
        "same": _run_url(same) if same else "",
    }
    return page(request, NEW, context, status=status)


@needs_role(*IMPORTERS)
@require_safe
def template(request: ActorRequest, name: str) -> HttpResponseBase:
    """An empty workbook with the right headers."""
    kind = kinds.kind(name)
    if not kind.may(request.actor):
        raise NotFound("exchange.no_kind")
    file = io.BytesIO()
    blank.write(file, kind)
    return _download(file, f"{t(kind.label)}-{t(N_('模板'))}.xlsx", XLSX)


def _download(file: io.BytesIO, name: str, content_type: str) -> HttpResponseBase:
    file.seek(0)
    response = FileResponse(file, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


# -- one run -----------------------------------------------------------------------------------------------------------


@needs_role(*IMPORTERS)
@never_cache
@require_safe
def run(request: ActorRequest, pk: int) -> HttpResponse:
    """How far it is, the verdict on every row, what became of it."""
    return _run(request, selectors.run_for(request.actor, pk))


def _run(request: ActorRequest, run: ImportRun) -> HttpResponse:
    given = request.GET.dict()
    outcome, kind, here = asked.member(given, "only", Outcome), kinds.kind(run.kind), _run_url(run.pk)
    rows = selectors.rows_page(run, outcome=outcome, after=asked.number(given, "after"))
    query = {**({"only": outcome.value} if outcome else {}), "after": rows.after}
    plans = imports.plans_of(run)
    context = {
        "it": import_pages.run_face(run),
        "sheets": import_pages.sheet_faces(plans, kind),
        "several": sum(plan.is_taken for plan in plans) > 1,
        "rows": [import_pages.row_face(row, kind) for row in rows.rows],
        "tabs": import_pages.tabs(run, here, outcome),
        "only": outcome,
        "older": f"{here}?{urlencode(query)}" if rows.after else "",
        "here": request.get_full_path(),
        "refusal": imports.refusal_of(run) if run.fault else None,
    }
    return page(request, "exchange/imports/run.html", context, fragment="results")


@needs_role(*IMPORTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: ActorRequest, pk: int) -> HttpResponse:
    """Which column is what; kept for the next table with the same header."""
    run = selectors.run_for(request.actor, pk)
    kind = kinds.kind(run.kind)
    form = MappingForm(request.POST or None, plans=imports.plans_of(run), kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            imports.remap(run_id=pk, plans=form.chosen(), actor=request.actor)
        except BadMapping as refusal:
            form.add_error(None, t(refusal.message, **refusal.params))
        else:
            return see_other(_run_url(pk))
    context = {"it": import_pages.run_face(run), "form": form, "kind": kind}
    return page(request, "exchange/imports/mapping.html", context, status=422 if request.method == "POST" else 200)


@needs_role(*IMPORTERS)
@require_POST
def confirm(request: ActorRequest, pk: int) -> HttpResponse:
    """Have it written: all rows, or all but the bad ones if that was said."""
    selectors.run_for(request.actor, pk)
    imports.confirm(run_id=pk, leave_out=request.POST.get("leave_out") == "1", actor=request.actor)
    return see_other(_run_url(pk))


@needs_role(*IMPORTERS)
@require_POST
def cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Give it up, after asking once more."""
    run = selectors.run_for(request.actor, pk)
    if request.POST.get("confirmed") != "1":
        return ask_once_more(
            request,
            title=N_("取消这次导入"),
            what=[N_("正在写入的会停下来，已经写的全部撤回。"), N_("系统里的数据和导入之前一样，之后可以重新导入。")],
            action_url=reverse("exchange:import-cancel", args=[pk]),
            confirm_label=N_("取消导入"),
            cancel_url=_run_url(pk),
            danger=True,
        )
    imports.cancel(run_id=run.pk, actor=request.actor)
    return see_other(_run_url(pk))


@needs_role(*IMPORTERS)
@never_cache
@require_safe
def errors(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The rows as they came, with what is wrong in the cells that are wrong."""
    run, form = selectors.run_for(request.actor, pk), asked.member(request.GET.dict(), "as", Format) or Format.XLSX
    file = error_files.taken_out(run=run, form=form, actor=request.actor)
    charset = {Format.CSV: "text/csv; charset=utf-8", Format.CSV_GBK: "text/csv; charset=gb18030"}
    name = f"{run.file_name.rsplit('.', 1)[0]}-{t(N_('问题'))}.{form.suffix}"
    return _download(file, name, charset.get(form, XLSX))
