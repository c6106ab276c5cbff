"""What accounts puts on every page: whose house it is, the hat, the way out, the demo's banner; and where it leads."""

from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.ui import nav
from openrenda.ui import slots as ui
from openrenda.ui.house import House, supply

from .http import ActorRequest
from .tenancy import current_congress


def house(request: HttpRequest | None) -> House:
    """The congress's own name on every page; before it is set up, the product's."""
    congress = getattr(request, "congress", None) or current_congress()
    if congress is None:
        return House(is_demo=settings.DEMO)
    return House(name=congress.name, organ=congress.name, phone=congress.phone, is_demo=settings.DEMO)


def account(request: HttpRequest | None, **given: Any) -> Mapping[str, Any] | None:
    """Hat switcher and way out, for somebody signed in."""
    known = cast("ActorRequest | None", request)
    if known is None or getattr(known, "sign_in", None) is None:
        return None
    return {"hat": known.hat, "hats": known.hats, "here": known.get_full_path()}


def demo_banner(request: HttpRequest | None, **given: Any) -> Mapping[str, Any] | None:
    """Every page of the demonstration says that it is one, and which day it plays."""
    return {} if settings.DEMO else None


def _for(*roles: Role) -> nav.VisibleFn:
    def visible(actor: Actor | None) -> bool:
        return actor is not None and actor.has(*roles)

    return visible


MANAGE = (
    (N_("人员与账号"), "accounts:people", 10, (Role.SYSADMIN, Role.SECADMIN)),
    (N_("登录与锁定"), "accounts:security", 20, (Role.SECADMIN,)),
    (N_("工作日历"), "accounts:calendar", 30, (Role.SYSADMIN, Role.SC_OFFICE, Role.SC_REP)),
    (N_("参数设置"), "accounts:settings", 40, (Role.SYSADMIN, Role.SECADMIN, Role.SC_OFFICE, Role.SC_REP)),
    (N_("操作记录"), "accounts:audit", 50, (Role.AUDITOR,)),
)


def register() -> None:
    """Called once in ready."""
    supply(house)
    ui.fill("ui.header.account", "accounts/slots/account.html", account)
    ui.fill("ui.head", "accounts/slots/head.html")
    ui.fill("ui.banner", "accounts/slots/demo_banner.html", demo_banner, order=10)
    for label, name, order, roles in MANAGE:
        nav.register("manage", label, name, order, _for(*roles))
