"""The search box in the header of every page but those that have it larger in their middle."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from openrenda.accounts.gates import PRIVATE
from openrenda.kernel.actor import Actor
from openrenda.orgs.states import Role
from openrenda.ui import slots as ui
from openrenda.ui.memo import address
from openrenda.ui.nav import VisibleFn, signed_in

from .sides import INSIDE, PUBLIC

SYNONYM_READERS = (Role.SYSADMIN, Role.SECADMIN, Role.SC_OFFICE, Role.SC_REP)
HAVE_THEIR_OWN = ("site:home", PUBLIC.results, INSIDE.results)


def box(request: HttpRequest | None, **given: Any) -> Mapping[str, Any] | None:
    """The public search in front, that of the workbench behind the counter. No query."""
    if request is None or request.path in map(address, HAVE_THEIR_OWN):
        return None
    if not request.path.startswith(PRIVATE):
        return {"side": PUBLIC, "value": ""}
    return {"side": INSIDE, "value": ""} if signed_in(getattr(request, "actor", None)) else None


def worn(*roles: Role) -> VisibleFn:
    """The page is for those who wear one of these hats."""

    def visible(actor: Actor | None) -> bool:
        return actor is not None and actor.has(*roles)

    return visible


def register() -> None:
    """Called once, from the app's ready."""
    ui.fill("ui.header.search", "site/slots/search.html", box)
