"""Where routing stands in the menus."""

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.ui import nav


def _sees(actor: Actor | None) -> bool:
    return actor is not None and actor.has(Role.SYSADMIN, Role.SC_OFFICE, Role.SC_REP)


def register() -> None:
    """Called once in ready."""
    nav.register("manage", N_("分派参考"), "routing:standing", 45, _sees)
