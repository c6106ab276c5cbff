"""The small district, and browsers of those who look at it."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from openrenda.accounts.tenancy import forget_congress
from openrenda.orgs.states import Role
from tests.makers.stations import Scene, a_scene, entering

Enter = Callable[[str], Client]
HATS = {
    "visitor": (None, ""), "deputy": (Role.DEPUTY, "D001"), "staff": (Role.STATION_STAFF, "S01"),
    "head": (Role.STATION_HEAD, "S01"), "street": (Role.STREET_NPC, "J01"), "rep": (Role.SC_REP, "R02"),
    "office": (Role.SC_OFFICE, "R01"), "committee": (Role.SC_COMMITTEE, "R04"), "leader": (Role.SC_LEADER, "R01"),
    "hub": (Role.GOV_HUB, "G01"), "unit_admin": (Role.UNIT_ADMIN, "B03"), "clerk": (Role.UNIT_CLERK, "B03"),
    "unit_leader": (Role.UNIT_LEADER, "B03"), "teller": (Role.TELLER, "R01"), "sysadmin": (Role.SYSADMIN, "R01"),
    "secadmin": (Role.SECADMIN, "R01"), "auditor": (Role.AUDITOR, "R01"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> None:
    """The congress and the figures of the test before are gone."""
    forget_congress()
    cache.clear()


@pytest.fixture
def scene() -> Scene:
    return a_scene()


@pytest.fixture
def enter(scene: Scene) -> Enter:
    """`enter("rep")`, `enter("visitor")`."""
    known: dict[str, Client] = {}

    def door(who: str) -> Client:
        if who not in known:
            role, where = HATS[who]
            known[who] = entering(scene, role, where)
        return known[who]

    return door
