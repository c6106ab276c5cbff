"""What votes add to other pages: navigation, the workbench's first page, the home page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.ui import nav, slots

from . import selectors
from .selectors.polls import OFFICES
from .states import ENDED, State

LATEST = 3


def _actor(request: HttpRequest | None) -> Actor | None:
    return getattr(request, "actor", None)


def work_tasks(request: HttpRequest | None, **_: Any) -> Mapping[str, Any] | None:
    """Votes under way in which this actor has a part."""
    actor = _actor(request)
    if actor is None or not actor.has(*OFFICES, Role.DEPUTY):
        return None
    rows = list(selectors.work_polls(actor).exclude(state__in=ENDED)[:10])
    return {"rows": [(row, State(row.state).label) for row in rows]} if rows else None


def home_recent(request: HttpRequest | None, **_: Any) -> Mapping[str, Any] | None:
    """The newest published results."""
    actor = _actor(request)
    if actor is None:
        return None
    rows = list(selectors.polls(actor.congress_id).filter(state=State.PUBLISHED)[:LATEST])
    return {"rows": rows} if rows else None


def fill() -> None:
    """Called once in AppConfig.ready."""
    slots.fill("site.work.tasks", "voting/slots/work_tasks.html", work_tasks, order=10)
    slots.fill("site.home.recent", "voting/slots/home_recent.html", home_recent, order=40)
    nav.register("public", N_("表决结果"), "voting:index", 50)
    nav.register("work", N_("表决"), "voting:work_index", 310, _takes_part, N_("会议和表决"))


def _takes_part(actor: Actor | None) -> bool:
    return actor is not None and actor.has(*OFFICES, Role.DEPUTY)
