"""Who brings in the registers of the institution."""

from typing import Any

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Verdict, deny
from openrenda.orgs.states import Role

KEEPERS = (Role.SC_REP, Role.SYSADMIN)
IMPORTERS = (*KEEPERS, Role.SC_OFFICE)
"""Whoever may bring in any kind at all; each kind says which of them."""
_NOT_KEEPER = deny(
    "exchange.not_keeper", N_("单位、代表名册由代表工委或系统管理员导入。"), N_("如您有其他职务，请先切换身份。")
)


def keeps_the_register(actor: Actor, target: Any) -> Verdict:
    """The deputies' committee keeps the rolls, the system's administrator sets a district up."""
    return ALLOWED if actor.has(*KEEPERS) else _NOT_KEEPER
