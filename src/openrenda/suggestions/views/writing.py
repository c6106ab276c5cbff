"""A deputy's own pages: writing, changing, inviting, what I filed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.suggestions import actions, selectors
from openrenda.suggestions.actions.once import write_draft_once
from openrenda.suggestions.forms.writing import CosignersForm, DraftForm, draft_initial
from openrenda.suggestions.selectors import cosigning
from openrenda.suggestions.workflow import SUGGESTION
from openrenda.ui.filters import t
from openrenda.ui.forms import attempt
from openrenda.ui.render import see_other

from . import queries
from .answer import page

FORM_METHODS = ["GET", "HEAD", "POST"]


@needs_role(Role.DEPUTY)
@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """All I lead or co-sign, drafts first."""
    rows = cosigning.my_suggestions(request.actor)
    return page(
        request, "suggestions/mine.html", {"drafts": cosigning.in_the_making(rows), "filed": cosigning.filed(rows)}
    )


@needs_role(Role.DEPUTY)
@require_http_methods(FORM_METHODS)
def write(request: ActorRequest) -> HttpResponse:
    """A new draft, perhaps begun from an opinion."""
    lead_id, opinions = cosigning.own_mandate(request.actor), cosigning.opinions_to_start_from(request.actor)
    if request.method != "POST":
        initial = cosigning.begun_from(opinions, queries.small(request, "opinion"))
        return _paper(request, DraftForm(actor=request.actor, opinions=opinions, initial=initial))
    form = DraftForm(request.POST, actor=request.actor, opinions=opinions)
    if (
        not form.is_valid()
        or (draft := attempt(form, write_draft_once, lead_id=lead_id, actor=request.actor, **form.values())) is None
    ):
        return _paper(request, form, status=422)
    messages.success(request, t(N_("草稿已保存。接下来可以添加附件、邀请联名，或者直接提交。")))
    return see_other(reverse("suggestions:work", args=[draft.pk]))


@needs_role(Role.DEPUTY)
@require_http_methods(FORM_METHODS)
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Change the text; whoever confirmed must confirm again."""
    draft = selectors.suggestion_for(request.actor, pk)
    SUGGESTION.take("edit", request.actor, draft)
    units, chosen, phone = cosigning.draft_fields(draft)
    opinions = cosigning.opinions_for_edit(request.actor, chosen)
    initial = draft_initial(draft, units, chosen, phone)
    form = DraftForm(
        *([request.POST] if request.method == "POST" else []), actor=request.actor, opinions=opinions, initial=initial
    )
    if request.method != "POST":
        return _paper(request, form, draft=draft)
    if (
        not form.is_valid()
        or attempt(form, actions.edit_draft, suggestion_id=pk, actor=request.actor, **form.values()) is None
    ):
        return _paper(request, form, draft=draft, status=422)
    messages.success(request, t(N_("修改已保存。已确认的联名代表需要重新确认。")))
    return see_other(reverse("suggestions:work", args=[pk]))


def _paper(request: HttpRequest, form: DraftForm, draft: Any = None, status: int = 200) -> HttpResponse:
    confirmed = cosigning.confirmed_names(draft) if draft else []
    return page(
        request, "suggestions/write.html", {"form": form, "draft": draft, "confirmed": confirmed}, status=status
    )


@needs_role(Role.DEPUTY)
@require_http_methods(FORM_METHODS)
def cosigners(request: ActorRequest, pk: int) -> HttpResponse:
    """Search deputies by name or initials and ask them to co-sign."""
    draft = selectors.suggestion_for(request.actor, pk)
    SUGGESTION.take("invite", request.actor, draft)
    q = queries.text(request, "q")
    found = [(row.pk, f"{row.person.name}（{row.delegation}）") for row in cosigning.deputies_to_invite(draft, q)]
    form = CosignersForm(*([request.POST] if request.method == "POST" else []), found=found)
    context = {"form": form, "draft": draft, "q": q, "found": found, "invited": list(cosigning.invited(draft))}
    if request.method != "POST":
        return page(request, "suggestions/cosigners.html", context, fragment="found")
    if (
        not form.is_valid()
        or attempt(form, actions.invite_cosigners, suggestion_id=pk, actor=request.actor, **form.values()) is None
    ):
        return page(request, "suggestions/cosigners.html", context, status=422)
    messages.success(request, t(N_("邀请已发出。")))
    return see_other(reverse("suggestions:cosigners", args=[pk]))
