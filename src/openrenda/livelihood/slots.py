"""What the slice puts on pages of others: this year's projects on the home page, my tasks; its places in the header."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.ui import nav
from openrenda.ui import slots as ui

from .models import Project
from .selectors import desks, pages, places
from .selectors.desks import INSIDERS, STATIONS, UNITS
from .states import Lamp, LampReason, ProjectState

GROUP = N_("民生实事")
OWN = (Role.DEPUTY, *UNITS, Role.STREET_NPC, Role.SC_COMMITTEE, Role.SC_REP)
LATE = (Lamp.YELLOW, Lamp.RED)


def _actor(request: HttpRequest | None) -> Actor | None:
    return getattr(request, "actor", None)


def home(request: HttpRequest | None, **_: Any) -> Mapping[str, Any] | None:
    """This year's projects with their lamps; the call for ideas while it is open. Up to five queries."""
    actor = _actor(request)
    if actor is None:
        return None
    call, year = places.open_call(actor.congress_id), pages.latest_year(actor.congress_id)
    rows = pages.chosen(year) if year is not None else []
    if not rows and call is None:
        return None
    return {
        "call": call,
        "year": year.year if year else 0,
        "rows": [
            {
                "name": p.name,
                "url": reverse("livelihood:project", args=[year.year, p.serial]) if year else "",
                "number": p.final_no or "",
                "lamp": Lamp(p.lamp) if p.lamp else None,
                "actual": p.actual_percent,
                "state": ProjectState(p.state).label,
            }
            for p in rows
        ],
    }


def tasks(request: HttpRequest | None, **_: Any) -> Mapping[str, Any] | None:
    """What waits for this hat: ideas without an outcome, late projects, adjustments. Up to four queries."""
    actor = _actor(request)
    if actor is None or not actor.has(*INSIDERS):
        return None
    late = list(_waiting(actor).select_related("year")[:10])
    rows = [
        {
            "name": p.name,
            "url": reverse("livelihood:work_project", args=[p.pk]),
            "state": ProjectState(p.state).label,
            "lamp": Lamp(p.lamp) if p.lamp else None,
            "why": [LampReason(reason).label for reason in p.lamp_reasons],
        }
        for p in late
    ]
    waiting = desks.unsettled(actor) if actor.has(Role.GOV_HUB) else None
    if not rows and waiting is None:
        return None
    pool = f"{reverse('livelihood:pool', args=[waiting[0].pk])}?state=new" if waiting else ""
    return {
        "rows": rows,
        "all_url": reverse("livelihood:work_index"),
        "ideas": waiting[1] if waiting else 0,
        "pool_url": pool,
    }


def _waiting(actor: Actor) -> Any:
    rows = desks.visible_projects(actor)
    if actor.has(*UNITS):
        mine = rows.filter(lead_unit__in=actor.scopes(*UNITS))
        return mine.filter(
            Q(state=ProjectState.VOTED_IN) | Q(lamp__in=LATE) | Q(state=ProjectState.RECTIFYING)
        ).order_by("pk")
    if actor.has(Role.GOV_HUB):
        return rows.filter(Q(state=ProjectState.COMPLETED) | Q(lamp__in=LATE, accepted_on=None)).order_by("pk")
    if actor.has(Role.SC_OFFICE):
        return rows.filter(Q(state=ProjectState.ADJUST_REQ) | Q(lamp=Lamp.RED, accepted_on=None)).order_by("pk")
    if actor.has(Role.DEPUTY):
        mandates = actor.scopes(Role.DEPUTY)
        own = Q(group__leader__in=mandates) | Q(group__members__in=mandates)
        return rows.filter(own, lamp__in=LATE).distinct().order_by("pk")
    return Project.objects.none()


def register() -> None:
    """Called once in ready."""
    nav.register("public", N_("民生实事"), "livelihood:index", 47)
    nav.register("work", N_("民生实事项目"), "livelihood:work_index", 300, _for(*INSIDERS), GROUP)
    nav.register("work", N_("本单位的项目"), "livelihood:own", 310, _for(*UNITS), GROUP)
    nav.register("work", N_("提项目建议"), "livelihood:propose", 320, _for(*OWN), GROUP)
    nav.register("work", N_("代录群众建议"), "livelihood:register", 330, _for(*STATIONS), GROUP)
    ui.fill("site.home.recent", "livelihood/slots/home.html", home, order=10)
    ui.fill("site.work.tasks", "livelihood/slots/tasks.html", tasks, order=40)


def _for(*roles: Role) -> nav.VisibleFn:
    return lambda actor: actor is not None and actor.has(*roles)
