"""A suggestion on the workbench, and the one view behind every act on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openrenda.accounts.gates import signed_in
from openrenda.accounts.http import ActorRequest
from openrenda.documents.selectors import files_of
from openrenda.kernel.subject import SubjectRef
from openrenda.liaison.selectors import opinion_brief
from openrenda.routing.prefill import prefill
from openrenda.suggestions import actions, selectors
from openrenda.suggestions.forms.base import ActForm, Ask
from openrenda.suggestions.selectors import alike
from openrenda.ui.filters import t
from openrenda.ui.forms import attempt
from openrenda.ui.render import see_other

from . import faces, moves, once
from .answer import page


@signed_in
@require_safe
def case(request: ActorRequest, pk: int) -> HttpResponse:
    """The case with its story, and beside it the moves open to this actor; a signatory's first look is kept."""
    found = selectors.work_case(request.actor, pk)
    for reply in faces.unread_by(request.actor, found):
        actions.mark_read(reply_id=reply.pk, actor=request.actor)
    groups = moves.groups(found, request.actor)
    context = {
        "case": found,
        "face": faces.work_face(found),
        "groups": groups,
        "first": moves.first_of(groups),
        "opinions": list(opinion_brief(found.opinion_ids).values()),
        "files": files_of(SubjectRef("suggestions.suggestion", pk)),
        "alike": alike.alike(request.actor, found.suggestion),
    }
    return page(request, "suggestions/work_case.html", context)


@signed_in
@require_safe
def beside(request: ActorRequest, pk: int, other: int) -> HttpResponse:
    """Two suggestions side by side, with what they say alike, before anybody groups them."""
    found = alike.beside(actor=request.actor, pk=pk, other_id=other)
    return page(request, "suggestions/beside.html", {"found": found})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: ActorRequest, pk: int, name: str, part: int = 0) -> HttpResponse:
    """One act of the table: GET asks, POST does."""
    row = moves.act_of(name, part)
    found = selectors.work_case(request.actor, pk)
    about = moves.part_of(found, row, part)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = row.form(*sent, ask=Ask(found, about, request.actor))
    prefill(form, request.GET)
    form.take_along(request.GET)
    if request.method != "POST":
        moves.check_open(found, request.actor, name, part)
        return _asked(request, form, row, found, about)
    if once.was_taken(request):
        return see_other(reverse("suggestions:work", args=[pk]))
    target = moves.target(row, about, pk)
    if not form.is_valid() or attempt(form, row.action, actor=request.actor, **target, **form.values()) is None:
        return _asked(request, form, row, found, about, status=422)
    return _done(request, row.done, pk)


def _asked(request: HttpRequest, form: ActForm, row: Any, found: Any, about: Any, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "act": row,
        "case": found,
        "about": about,
        "face": faces.work_face(found),
        "once": once.token(),
        "back": reverse("suggestions:work", args=[found.suggestion.pk]),
    }
    return page(request, row.template, context, status=status)


def _done(request: HttpRequest, words: str, pk: int) -> HttpResponse:
    once.take(request)
    messages.success(request, t(words))
    return see_other(reverse("suggestions:work", args=[pk]))
