"""Which hats find which tables on the workbench; what of them each sees is up to the selectors."""

from collections.abc import Mapping

from openrenda.orgs.states import Role

from .who import UNIT_ROLES

OFFICES = (Role.SC_REP, Role.SC_OFFICE, Role.SC_COMMITTEE, Role.SC_LEADER, Role.GOV_HUB, *UNIT_ROLES)
READERS = (Role.DEPUTY, *OFFICES)
LOOK_BACK = (Role.SC_REP, Role.SC_COMMITTEE, Role.SC_LEADER)
BULK: Mapping[str, tuple[Role, ...]] = {
    "assign": (Role.SC_REP,),
    "distribute": (Role.GOV_HUB,),
    "sign_for": UNIT_ROLES,
    "release": (Role.SC_REP, Role.GOV_HUB),
}
"""Whose each bulk act is."""
