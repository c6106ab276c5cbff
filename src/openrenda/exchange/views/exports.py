"""A list is taken out; what I took out."""

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.accounts.gates import ask_to_sign_in, public, signed_in
from openrenda.accounts.http import ActorRequest
from openrenda.exchange import actions, selectors, shelf
from openrenda.exchange.actions.composing import file_name, filters_in_words
from openrenda.exchange.errors import FileGone, NoExport, TooLong
from openrenda.exchange.forms import ReasonForm
from openrenda.exchange.models import Export
from openrenda.exchange.selectors.subjects import label_of
from openrenda.exchange.states import OPEN_EXPORTS, ExportState, Format
from openrenda.kernel import asked
from openrenda.kernel.errors import NotFound
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
CURSORS = ("after", "before", "as")
LONGEST, MOST_PARAMS = 200, 30


@never_cache
@public
@require_http_methods(["GET", "POST"])  # no HEAD: what is not sent must not be written down as taken
def export(request: ActorRequest, name: str) -> HttpResponseBase:
    """The list with the filters of this address. GET answers what is small and harmless; POST is for what needs a
    reason, and for what takes a while. What is not open to a hat looks like what does not exist."""
    try:
        table = selectors.table_for(request.actor, name)
    except NotFound:
        if request.actor.is_anonymous:
            return ask_to_sign_in(request)
        raise
    wanted = actions.Wanted(table, _params(request), asked.member(request.GET.dict(), "as", Format) or Format.XLSX)
    if request.actor.is_anonymous:
        return _to_visitor(request, wanted)
    return _taken(request, wanted) if request.method == "POST" else _begun(request, wanted)


def _params(request: ActorRequest) -> dict[str, str]:
    """The filters as they are kept: what no list of ours could ask is cut (and a NUL, which no database holds)."""
    given = [(key, value) for key, value in request.GET.dict().items() if key not in CURSORS and value]
    return {key.replace("\x00", "")[:40]: value.replace("\x00", "")[:LONGEST] for key, value in given[:MOST_PARAMS]}


def _begun(request: ActorRequest, wanted: actions.Wanted) -> HttpResponseBase:
    if wanted.table.personal:
        return _ask(request, wanted, ReasonForm(is_asked=True))
    try:
        return _sent(actions.answer(wanted=wanted, actor=request.actor), wanted.form)
    except TooLong:
        return _ask(request, wanted, ReasonForm(is_asked=False), is_long=True)


def _taken(request: ActorRequest, wanted: actions.Wanted) -> HttpResponseBase:
    form = ReasonForm(request.POST, is_asked=wanted.table.personal)
    if not form.is_valid():
        return _ask(request, wanted, form, status=422)
    reasoned = actions.Wanted(wanted.table, wanted.params, wanted.form, form.reason_given)
    if "later" not in request.POST:  # it has not yet proved to be long
        try:
            return _sent(actions.answer(wanted=reasoned, actor=request.actor), wanted.form)
        except TooLong:
            pass
    made = attempt(form, actions.ask_for, wanted=reasoned, actor=request.actor)
    if made is None:
        return _ask(request, wanted, form, status=422)
    return see_other(f"{reverse('exchange:exports')}#export-{made.pk}")


def _ask(
    request: ActorRequest, wanted: actions.Wanted, form: ReasonForm, *, is_long: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "wanted": wanted,
        "filters": filters_in_words(wanted, request.actor),
        "form": form,
        "is_long": is_long,
    }
    return page(request, "exchange/ask.html", context, status=status)


def _to_visitor(request: ActorRequest, wanted: actions.Wanted) -> HttpResponseBase:
    actions.check_visits(request.actor)
    if wanted.form is Format.XLSX:
        return _sent(actions.answer_visitor(wanted=wanted, actor=request.actor), wanted.form)
    sent = StreamingHttpResponse(actions.stream(wanted=wanted, actor=request.actor), content_type=_kind(wanted.form))
    return _as_download(sent, file_name(wanted))


def _sent(answer: actions.Answer, form: Format) -> HttpResponseBase:
    return _as_download(FileResponse(answer.file, content_type=_kind(form)), answer.name)


def _kind(form: Format) -> str:
    kind = KINDS[form.suffix]
    return kind if form is Format.XLSX else f"{kind}; charset={'gb18030' if form is Format.CSV_GBK else 'utf-8'}"


def _as_download(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# -- mine --------------------------------------------------------------------------------------------------------------


@signed_in
@require_safe
def exports(request: ActorRequest) -> HttpResponse:
    """What I took out and what is being written, newest first."""
    before = asked.number(request.GET.dict(), "before")
    found = selectors.my_exports(request.actor, before=before)
    context = {
        "rows": [_face(row) for row in found.rows],
        "older": f"{request.path}?before={found.before}" if found.before else "",
        "is_moving": any(row.state in OPEN_EXPORTS for row in found.rows),
        "here": request.get_full_path(),
    }
    return page(request, "exchange/exports.html", context, fragment="results")


def _face(row: Export) -> dict[str, object]:
    state = ExportState(row.state)
    return {
        "row": row,
        "label": label_of(row.table),
        "form": Format(row.format).label,
        "state": state.label,
        "is_ready": state is ExportState.READY,
        "is_open": state in OPEN_EXPORTS,
        "tone": {ExportState.READY: "done", ExportState.FAILED: "stop"}.get(state, "neutral"),
    }


@never_cache
@signed_in
@require_safe
def file(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The file, to whoever asked for it and still holds the post for which it was written."""
    row = selectors.export_for(request.actor, pk)
    if not _still_holds(request, row):
        raise NoExport
    if row.state != ExportState.READY:
        raise FileGone
    form = Format(row.format)
    name = f"{label_of(row.table)}-{row.asked_at:%Y%m%d-%H%M}.{form.suffix}"
    return _as_download(FileResponse(shelf.opened(row.token), content_type=_kind(form)), name)


def _still_holds(request: ActorRequest, row: Export) -> bool:
    held = {tuple(pair) for hat in request.hats for pair in hat.roles}
    return {(role, scope) for role, scope in row.roles} <= held


@signed_in
@require_POST
def cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """I no longer want it."""
    actions.cancel(export_id=pk, actor=request.actor)
    return see_other(reverse("exchange:exports"))
