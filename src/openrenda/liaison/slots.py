"""What the slice puts on pages of others: my tasks, lately solved, figures; its places in the header."""

from collections.abc import Mapping
from typing import Any, cast

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse

from openrenda.accounts.http import ActorRequest
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.liaison import selectors
from openrenda.liaison.indicators import Indicator, indicators
from openrenda.liaison.rules.who import DESK_ROLES, HANDLERS
from openrenda.liaison.selectors import routing
from openrenda.orgs.states import Role
from openrenda.routing import selectors as routing_selectors
from openrenda.routing import sources
from openrenda.ui import nav
from openrenda.ui import slots as ui
from openrenda.ui.shapes import Stat

RECENT = 5
FIGURES = ("accepted", "reply_rate", "satisfied_or_mostly_rate", "median_days")
FIGURES_LAST = 300
PUBLIC = (
    (N_("提意见"), "liaison:opinion_new", 10),
    (N_("查进度"), "liaison:track", 20),
    (N_("找代表"), "liaison:deputies", 30),
    (N_("联络站"), "liaison:stations", 40),
    (N_("群众意见"), "liaison:published", 50),
)
GROUP = N_("联络站")


def tasks(request: HttpRequest | None, **given: Any) -> Mapping[str, Any] | None:
    """How many opinions wait for this hat; nothing for those who never have any. One query."""
    actor = _actor(request)
    if actor is None or not actor.has(*HANDLERS):
        return None
    mine = selectors.inbox(actor=actor, lane="mine", size=RECENT)
    return {"counts": selectors.lane_counts(actor=actor), "rows": mine.rows, "inbox_url": reverse("liaison:inbox")}


def recent(request: HttpRequest | None, **given: Any) -> Mapping[str, Any] | None:
    """What was made public lately."""
    actor = _actor(request)
    if actor is None:
        return None
    found = selectors.published(congress_id=actor.congress_id, size=RECENT)
    return {"rows": found.rows} if found.rows else None


def figures(request: HttpRequest | None, **given: Any) -> Mapping[str, Any] | None:
    """This year's figures, each with what it means; counted anew every few minutes, not at each visit."""
    actor = _actor(request)
    if actor is None:
        return None
    year = clock.today().year
    key = f"liaison.figures.{actor.congress_id}.{year}"
    chosen: list[Indicator] | None = cache.get(key)
    if chosen is None:
        chosen = [one for one in indicators(congress_id=actor.congress_id, year=year) if one.key in FIGURES]
        cache.set(key, chosen, FIGURES_LAST)
    return {"stats": [_stat(one, year) for one in chosen]} if any(one.value for one in chosen) else None


def _stat(one: Indicator, year: int) -> Stat:
    rate = one.denominator is not None
    kind = "days" if one.key.endswith("_days") else "percent" if rate else "number"
    part, whole = (int(one.numerator), one.denominator) if kind == "percent" else (None, None)
    return Stat(one.label, one.value, kind, part, whole, period=f"{year}年", definition=one.definition)


ADVISED_MOVES = {
    "classify": "classify",
    "refer_community": "refer",
    "propose_referral": "refer",
    "refer_street": "approve_referral",
    "forward_referral": "approve_referral",
    "refer_department": "approve_referral",
    "refer_organ": "approve_referral",
}
"""Moves that choose a category or a unit, and the form that asks for it."""


def advice(request: HttpRequest | None, *, opinion: selectors.CasePage, **given: Any) -> Mapping[str, Any] | None:
    """Category and units, for whoever may choose them now; else nothing."""
    actor = _actor(request)
    open_forms = {ADVISED_MOVES.get(one.move.name) for one in opinion.offers if one.verdict} - {None}
    if actor is None or not open_forms:
        return None
    subject = routing.routing_subject(opinion.opinion)

    def form(key: str) -> str:
        return reverse("liaison:move", args=[opinion.opinion.pk, key])

    choosing = next((key for key in ("approve_referral", "refer") if key in open_forms), "")
    return {
        "advice": routing_selectors.advise(actor.congress_id, subject, actor=actor),
        "category_url": form("classify") if "classify" in open_forms else "",
        "unit_url": form(choosing) if choosing else "",
    }


def register() -> None:
    """Called once in ready."""
    for label, name, order in PUBLIC:
        nav.register("public", label, name, order)
    nav.register("work", N_("群众意见"), "liaison:inbox", 20, _for(*HANDLERS), GROUP)
    nav.register("work", N_("接待日"), "liaison:my_receptions", 30, _for(*DESK_ROLES), GROUP)
    ui.fill("liaison.opinion.advice", "routing/advice.html", advice, order=20)
    ui.fill("site.work.tasks", "liaison/slots/tasks.html", tasks, order=20)
    ui.fill("site.home.figures", "liaison/slots/figures.html", figures, order=10)
    ui.fill("site.home.recent", "liaison/slots/recent.html", recent, order=20)
    sources.register(routing.KIND, label=N_("群众意见"), examples=routing.routing_examples, open=routing.routing_open)
    sources.register_map(routing.routing_map)


def _actor(request: HttpRequest | None) -> Actor | None:
    return cast("ActorRequest", request).actor if request is not None else None


def _for(*roles: Role) -> nav.VisibleFn:
    def visible(actor: Actor | None) -> bool:
        return actor is not None and actor.has(*roles)

    return visible
