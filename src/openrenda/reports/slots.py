"""Ways to maps and boards from the pages of others."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.liaison.models import Station
from openrenda.orgs.states import Role
from openrenda.ui import nav
from openrenda.ui import slots as ui

from .selectors.boards import READERS


def station(request: HttpRequest | None, *, station: Station, **_: Any) -> Mapping[str, Any] | None:
    """A station's place on the map; nothing where none is known."""
    if station.lng is None:
        return None
    street = f"?street={station.street_id}" if station.street_id else ""
    return {"map_url": f"{reverse('reports:map')}{street}#station-{station.unit.code}"}


def _for(*roles: Role) -> nav.VisibleFn:
    def visible(actor: Actor | None) -> bool:
        return actor is not None and actor.has(*roles)

    return visible


def register() -> None:
    """Called once in ready."""
    nav.register("footer", N_("地图"), "reports:map", 4)  # the header has no room for a tenth on a phone
    nav.register("footer", N_("数据看板"), "reports:board", 5)
    nav.register("work", N_("数据看板"), "reports:work_board", 5, _for(*READERS))
    nav.register("manage", N_("街道图"), "reports:drawing", 60, _for(Role.SC_REP))
    ui.fill("liaison.station.where", "reports/slots/station.html", station)
    ui.fill("liaison.stations.more", "reports/slots/stations.html")
    ui.fill("site.home.more", "reports/slots/home.html", order=10)
