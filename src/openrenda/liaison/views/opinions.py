"""A resident writes: choose a station, three fields, "as the public sees it", the receipt; and what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openrenda.accounts.http import ActorRequest
from openrenda.documents.actions import store
from openrenda.kernel.text import N_
from openrenda.liaison import actions, selectors
from openrenda.liaison.forms.opinion import ConfirmForm, OpinionForm, sign_photos
from openrenda.liaison.selectors import asked, facets
from openrenda.liaison.selectors.rows import OtherVoice, PublishedRow
from openrenda.liaison.states import Channel
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other
from openrenda.ui.shapes import FacetGroup

from . import queries
from .gates import forget_receipt, keep_receipt, kept_receipt, visitor

ASK, PREVIEW = "liaison/opinion_new.html", "liaison/opinion_preview.html"


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom the form goes: a station, perhaps by way of one of its deputies."""

    station_id: int
    station_name: str
    street: str
    deputy_id: int | None = None
    deputy_name: str = ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """One address, three steps; the addressee stands in the query, the step in the form."""
    addressee = _addressee(request)
    if addressee is None:
        return _choose(request)
    asked_for = request.POST.get("step") or ("send" if "join" in request.POST else "")  # buttons of the second page
    step = {"preview": _preview, "send": _send, "edit": _edit}.get(asked_for, _ask)
    return step(request, addressee)


def _sent(request: ActorRequest) -> QueryDict:
    """What was typed; a pressed "me too" (or "on its own") says which matter the form joins."""
    typed = request.POST.copy()
    if "join" in typed:
        typed["joins"] = typed.pop("join")[-1]
    return typed


def _addressee(request: ActorRequest) -> Addressee | None:
    congress_id = request.actor.congress_id
    deputy_code, code = queries.text(request, "deputy"), queries.text(request, "station")
    deputy = selectors.deputy_row(congress_id=congress_id, code=deputy_code) if deputy_code else None
    code = code or (deputy.station_code if deputy else "")
    if not code:
        return None
    station = selectors.station_by_code(congress_id=congress_id, code=code)
    street = str(station.street or "")
    if deputy is None:
        return Addressee(station.unit_id, station.unit.name, street)
    return Addressee(station.unit_id, station.unit.name, street, deputy.mandate_id, deputy.name)


def _choose(request: ActorRequest) -> HttpResponse:
    q = queries.text(request)
    found = selectors.stations(congress_id=request.actor.congress_id, q=q, after=queries.token(request))
    context = {"found": found, "q": q, "older": queries.older(request, found.next)}
    return page(request, "liaison/opinion_where.html", context, fragment="results")


def _ask(request: ActorRequest, to: Addressee) -> HttpResponse:
    via = Channel.QR if request.GET.get("via") == "qr" else Channel.ONLINE
    joined = selectors.open_matter(congress_id=request.actor.congress_id, number=queries.text(request, "join"))
    form = OpinionForm.fresh(via, joined.number if joined else "")
    return page(request, ASK, {"form": form, "to": to, "joined": joined})


def _edit(request: ActorRequest, to: Addressee) -> HttpResponse:
    form = OpinionForm(initial=_typed(request.POST))
    return page(request, ASK, {"form": form, "to": to, "joined": _joined(request, request.POST.get("joins", ""))})


def _joined(request: ActorRequest, number: str) -> PublishedRow | None:
    """The matter that the form joins, as the public sees it; none if it is over or not public any more."""
    return selectors.open_matter(congress_id=request.actor.congress_id, number=number.replace("\0", "")[:40])


def _preview(request: ActorRequest, to: Addressee) -> HttpResponse:
    sent = _sent(request)
    form = OpinionForm(sent, request.FILES)
    kept = _keep_photos(request, form) if form.is_valid() else None
    if kept is None:
        joined = _joined(request, sent.get("joins", ""))
        return page(request, ASK, {"form": form, "to": to, "joined": joined}, status=422)
    typed = {**_typed(sent), "title": form.cleaned_data["title"], "kept": sign_photos(kept)}
    return page(request, PREVIEW, {"form": ConfirmForm(initial=typed), "to": to, **_as_seen(request, to, form, kept)})


def _keep_photos(request: ActorRequest, form: OpinionForm) -> list[str] | None:
    """The photos sent now join those kept from an earlier look; None when one of them was refused."""
    kept: list[str] = list(form.cleaned_data["kept"])
    for photo in form.cleaned_data["photos"]:
        stored = attempt(
            form, store, upload=photo, subject=None, actor=visitor(request), purpose="photo", field="photos"
        )
        if stored is None:
            return None
        kept.append(stored.token)
    return kept


def _send(request: ActorRequest, to: Addressee) -> HttpResponse:
    sent = _sent(request)
    form = ConfirmForm(sent)
    if not form.is_valid():
        context = {"form": OpinionForm(sent), "to": to, "joined": _joined(request, sent.get("joins", ""))}
        return page(request, ASK, context, status=422)
    receipt = attempt(
        form, actions.submit, actor=visitor(request), station_id=to.station_id, deputy_id=to.deputy_id, **form.values()
    )
    if receipt is None:
        seen = _as_seen(request, to, form, form.cleaned_data["kept"])
        return page(request, PREVIEW, {"form": form, "to": to, **seen}, status=422)
    keep_receipt(request, receipt)
    return see_other(reverse("liaison:receipt"))


def _typed(data: QueryDict) -> dict[str, Any]:
    return {name: data[name] for name in data if name not in ("csrfmiddlewaretoken", "step")}


def _as_seen(request: ActorRequest, to: Addressee, form: OpinionForm, photos: Sequence[str]) -> dict[str, Any]:
    given = form.cleaned_data
    seen = actions.preview(title=given["title"], content=given["content"])
    joined = _joined(request, given["joins"])
    others = [] if joined else _others(request, to, given["title"], given["content"])
    return {"seen": seen, "given": given, "photos": photos, "joined": joined, "others": others}


def _others(request: ActorRequest, to: Addressee, title: str, content: str) -> list[OtherVoice]:
    return selectors.others_said(
        congress_id=request.actor.congress_id, title=title, content=content, station_id=to.station_id
    )


@never_cache
@require_POST
def others(request: ActorRequest) -> HttpResponse:
    """While a resident types: open matters of the neighbourhood that others have told. A part of the form's page."""
    to = _addressee(request)
    content = request.POST.get("content", "").replace("\0", "")[:2000]
    found = _others(request, to, "", content) if to is not None else []
    return page(request, "liaison/opinion_others.html", {"others": found}, fragment="others")


@never_cache
@require_safe
def receipt(request: ActorRequest) -> HttpResponse:
    """Number and code, for a quarter of an hour in the browser that sent the form."""
    kept = kept_receipt(request)
    if kept is None:
        return see_other(reverse("liaison:track"))
    link = f"{settings.BASE_URL}{reverse('liaison:track')}?number={kept[0]}"
    return page(request, "liaison/receipt.html", {"number": kept[0], "code": kept[1], "link": link, "at_desk": False})


@require_POST
def receipt_done(request: ActorRequest) -> HttpResponse:
    """Written down: the code is shown no more."""
    forget_receipt(request)
    return see_other(reverse("liaison:track"))


@require_safe
def published(request: ActorRequest) -> HttpResponse:
    """Opinions the public may read, newest first."""
    narrowed = asked.published(request.GET.dict())
    found = selectors.published(congress_id=request.actor.congress_id, **narrowed, after=queries.token(request))
    context = {
        "found": found,
        "q": narrowed["q"],
        "facets": _facets(request),
        "older": queries.older(request, found.next),
        "clear": request.path if set(request.GET) - {"q", "after"} else "",
    }
    return page(request, "liaison/published.html", context, fragment="results")


def _facets(request: ActorRequest) -> list[FacetGroup]:
    congress_id = request.actor.congress_id
    return [
        FacetGroup(N_("年份"), queries.facet(request, "year", facets.years())),
        FacetGroup(N_("状态"), queries.facet(request, "state", [(s.value, s.label) for s in facets.PUBLIC_STATES])),
        FacetGroup(N_("街道"), queries.facet(request, "street", facets.streets(congress_id))),
        FacetGroup(N_("类别"), queries.facet(request, "category", facets.categories(congress_id))),
    ]


@require_safe
def opinion(request: ActorRequest, number: str) -> HttpResponse:
    """One published opinion and its life story."""
    about = selectors.published_opinion(congress_id=request.actor.congress_id, number=number)
    return page(request, "liaison/opinion.html", {"about": about})
