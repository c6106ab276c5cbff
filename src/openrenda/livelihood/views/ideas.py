"""A resident proposes a project: a few fields, "as the public sees it", the receipt."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest
from openrenda.livelihood import actions
from openrenda.livelihood.forms.idea import ConfirmIdeaForm, ResidentIdeaForm
from openrenda.livelihood.models import Year
from openrenda.livelihood.selectors import places
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other

from .gates import forget_receipt, keep_receipt, kept_receipt, visitor

ASK, PREVIEW, CLOSED = ("livelihood/idea_new.html", "livelihood/idea_preview.html", "livelihood/idea_closed.html")


@never_cache
@public
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """One address, three steps; the step stands in the form."""
    year = places.open_call(request.actor.congress_id)
    if year is None:
        return page(request, CLOSED, {"last": places.last_call(request.actor.congress_id)})
    step = {"preview": _preview, "send": _send, "edit": _edit}.get(request.POST.get("step", ""), _ask)
    return step(request, year)


def _ask(request: ActorRequest, year: Year) -> HttpResponse:
    return _form(request, year, ResidentIdeaForm.fresh())


def _edit(request: ActorRequest, year: Year) -> HttpResponse:
    return _form(request, year, ResidentIdeaForm(initial=request.POST.dict()))


def _form(request: ActorRequest, year: Year, form: ResidentIdeaForm, status: int = 200) -> HttpResponse:
    form.offer(places.categories(year.congress_id))
    return page(request, ASK, {"form": form, "year": year}, status=status)


def _preview(request: ActorRequest, year: Year) -> HttpResponse:
    form = ResidentIdeaForm(request.POST)
    form.offer(places.categories(year.congress_id))
    if not form.is_valid() or form.is_machine():
        return _form(request, year, form, status=422)
    confirm = ConfirmIdeaForm(initial=request.POST.dict())
    return page(request, PREVIEW, {"form": confirm, "year": year, **_as_seen(form)})


def _send(request: ActorRequest, year: Year) -> HttpResponse:
    form = ConfirmIdeaForm(request.POST)
    form.offer(places.categories(year.congress_id))
    if not form.is_valid() or form.is_machine():
        return _form(request, year, ResidentIdeaForm(request.POST), status=422)
    receipt = attempt(form, actions.submit_idea, year_id=year.pk, actor=visitor(request), **form.values())
    if receipt is None:
        return page(request, PREVIEW, {"form": form, "year": year, **_as_seen(form)}, status=422)
    keep_receipt(request, receipt)
    return see_other(reverse("livelihood:receipt"))


def _as_seen(form: ResidentIdeaForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {"seen": actions.preview_idea(title=given["title"], content=given["content"]), "given": given}


@never_cache
@public
@require_safe
def receipt(request: ActorRequest) -> HttpResponse:
    """Number and code, for a quarter of an hour in the browser that sent the form."""
    kept = kept_receipt(request)
    if kept is None:
        return see_other(reverse("livelihood:track"))
    link = f"{settings.BASE_URL}{reverse('livelihood:track')}?number={kept[0]}"
    return page(request, "livelihood/receipt.html", {"number": kept[0], "code": kept[1], "link": link})


@require_POST
@public
def receipt_done(request: ActorRequest) -> HttpResponse:
    """Written down: the code is shown no more."""
    forget_receipt(request)
    return see_other(reverse("livelihood:track"))
