"""Other names of places and things, kept by the offices."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.search import actions
from openrenda.site import effects
from openrenda.site.forms import SynonymsForm
from openrenda.site.slots import SYNONYM_READERS
from openrenda.ui.filters import t
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

KEEPERS = (Role.SYSADMIN, Role.SC_OFFICE, Role.SC_REP)


@needs_role(*SYNONYM_READERS)
@require_http_methods(["GET", "HEAD"])
def synonyms(request: ActorRequest) -> HttpResponse:
    """All groups, and a form for one more."""
    return _all(request, SynonymsForm())


def _all(request: ActorRequest, form: SynonymsForm, status: int = 200) -> HttpResponse:
    context = {
        "groups": effects.groups(request.actor.congress_id),
        "form": form,
        "may_keep": request.actor.has(*KEEPERS),
    }
    return page(request, "site/manage/synonyms.html", context, status=status)


@needs_role(*KEEPERS)
@require_POST
def add(request: ActorRequest) -> HttpResponse:
    """One more group; its page shows what it does."""
    form = SynonymsForm(request.POST)
    made = attempt(form, actions.add_synonyms, actor=request.actor, **form.values()) if form.is_valid() else None
    if made is None:
        return _all(request, form, status=422)
    messages.success(request, t(N_("已添加，从下一次搜索起生效。")))
    return see_other(reverse("site:synonym_group", args=[made.pk]))


@needs_role(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: ActorRequest, pk: int) -> HttpResponse:
    """One group: what each word finds alone and what all find together, and its words to change."""
    found = effects.group(request.actor.congress_id, pk)
    given = {"words": "、".join(found.words), "kind": found.kind, "note": found.note}
    form = SynonymsForm(request.POST if request.method == "POST" else None, initial=given)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, actions.change_synonyms, group_id=pk, actor=request.actor, **form.values()) is not None
    ):
        messages.success(request, t(N_("已修改，从下一次搜索起生效。")))
        return see_other(reverse("site:synonym_group", args=[pk]))
    context = {"group": found, "form": form, "effect": effects.effect(request.actor.congress_id, found)}
    return page(request, "site/manage/synonym_group.html", context, status=422 if request.method == "POST" else 200)


@needs_role(*KEEPERS)
@require_POST
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Each word stands for itself again."""
    actions.remove_synonyms(group_id=pk, actor=request.actor)
    messages.success(request, t(N_("已删除，从下一次搜索起不再互相代替。")))
    return see_other(reverse("site:synonyms"))
