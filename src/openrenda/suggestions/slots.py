"""What suggestions adds to other pages: liaison's, the workbench's, the home page's; and its navigation."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.routing import selectors as routing_selectors
from openrenda.routing import sources
from openrenda.ui import nav, slots
from openrenda.ui.shapes import Stat

from . import selectors
from .rules import UNIT_ROLES
from .selectors import alike, routing

WORKERS = (Role.DEPUTY, Role.SC_REP, Role.SC_OFFICE, Role.SC_COMMITTEE, Role.SC_LEADER, Role.GOV_HUB, *UNIT_ROLES)
OFFICES = WORKERS[1:]


def _actor(request: HttpRequest | None) -> Actor | None:
    return getattr(request, "actor", None)


def opinion_actions(
    request: HttpRequest | None, *, opinion_id: int, opinion: Any, **_: Any
) -> Mapping[str, Any] | None:
    """The button 转为代表建议, where liaison's own table would let this deputy convert."""
    offer = next((one for one in opinion.offers if one.move.name == "convert"), None)
    if offer is None:
        return None
    return {"write_url": f"{reverse('suggestions:write')}?opinion={opinion_id}", "verdict": offer.verdict}


def opinion_story(request: HttpRequest | None, *, opinion_id: int, **_: Any) -> Mapping[str, Any] | None:
    """The suggestion that grew from an opinion, and its public steps."""
    linked = selectors.suggestion_of_opinions([opinion_id]).get(opinion_id)
    return None if linked is None else {"linked": linked, "story": selectors.story_of_opinion(opinion_id)}


def opinion_alike(request: HttpRequest | None, *, opinion: Any, **_: Any) -> Mapping[str, Any] | None:
    """Suggestions, also of earlier years, that seem to tell of the same."""
    actor = _actor(request)
    rows = alike.alike_to_opinion(actor, opinion) if actor is not None and actor.has(*WORKERS) else []
    return {"rows": rows} if rows else None


def work_tasks(request: HttpRequest | None, **_: Any) -> Mapping[str, Any] | None:
    """My turn, on the workbench's first page."""
    actor = _actor(request)
    if actor is None or not actor.has(*WORKERS):
        return None
    found = selectors.inbox(actor, limit=10)
    return {"rows": found.mine, "total": max(found.mine_total, len(found.mine)), "waiting": len(found.waiting)}


def home_recent(request: HttpRequest | None, **_: Any) -> Mapping[str, Any] | None:
    """The newest ones, on the home page."""
    actor = _actor(request)
    rows = selectors.latest_public(actor.congress_id, 5) if actor is not None else []
    return {"rows": rows} if rows else None


def home_figures(request: HttpRequest | None, **_: Any) -> Mapping[str, Any] | None:
    """How many there are and what the units say came of them; each figure leads to its records."""
    actor = _actor(request)
    found = selectors.facets(actor.congress_id) if actor is not None else None
    if found is None or not found.total:
        return None
    base = reverse("suggestions:index")
    replied = sum(one.count for one in found.classes)
    classes = [
        Stat(
            one.label,
            Fraction(one.count, replied),
            "percent",
            one.count,
            replied,
            url=f"{base}?class={one.value}",
            definition=N_("按承办单位答复时的分类，除以已答复的建议。办结不等于解决；回头看发现不实的会改分类。"),
        )
        for one in found.classes
    ]
    total = Stat(
        N_("已接收的建议"), found.total, url=base, definition=N_("代表工委接收并编号的建议，含闭会期间提出的。")
    )
    return {"figures": [total, *classes], "all_url": base}


def advice(request: HttpRequest | None, *, case: Any, plan_url: str, **_: Any) -> Mapping[str, Any] | None:
    """Units for the plan; the category is the deputy's."""
    actor = _actor(request)
    if actor is None:
        return None
    found = routing_selectors.advise(actor.congress_id, routing.routing_subject(case.suggestion), actor=actor)
    return {"advice": found, "category_url": "", "unit_url": plan_url}


def fill() -> None:
    """Called once in AppConfig.ready."""
    slots.fill("liaison.opinion.actions", "suggestions/slots/opinion_actions.html", opinion_actions)
    slots.fill("liaison.opinion.alike", "suggestions/slots/opinion_alike.html", opinion_alike)
    slots.fill("liaison.opinion.story", "suggestions/slots/opinion_story.html", opinion_story)
    slots.fill("liaison.track.story", "suggestions/slots/opinion_story.html", opinion_story)
    slots.fill("suggestions.plan.advice", "routing/advice.html", advice)
    sources.register(routing.KIND, label=N_("代表建议"), examples=routing.routing_examples, open=routing.routing_open)
    slots.fill("site.work.tasks", "suggestions/slots/work_tasks.html", work_tasks, order=20)
    slots.fill("site.home.recent", "suggestions/slots/home_recent.html", home_recent, order=20)
    slots.fill("site.home.figures", "suggestions/slots/home_figures.html", home_figures, order=20)
    _navigation()


def _for(*roles: Role) -> nav.VisibleFn:
    return lambda actor: actor is not None and actor.has(*roles)


def _navigation() -> None:
    group = N_("代表建议")
    nav.register("public", N_("代表建议"), "suggestions:index", 45)
    nav.register("work", N_("建议办理"), "suggestions:inbox", 200, _for(*WORKERS), group)
    nav.register("work", N_("写建议"), "suggestions:write", 210, _for(Role.DEPUTY), group)
    nav.register("work", N_("我的建议"), "suggestions:mine", 220, _for(Role.DEPUTY), group)
    nav.register("work", N_("全部建议"), "suggestions:register", 230, _for(*OFFICES), group)
    nav.register("work", N_("承诺台账"), "suggestions:promises", 240, _for(*WORKERS), group)
    nav.register(
        "work", N_("回头看"), "suggestions:look_backs", 250, _for(Role.SC_REP, Role.SC_COMMITTEE, Role.SC_LEADER), group
    )
