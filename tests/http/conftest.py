"""Browsers of those who work in the small district. A slice with a scene of its own puts it in place of this one."""

from collections.abc import Callable

import pytest
from django.test import Client

from openrenda.accounts.tenancy import forget_congress
from openrenda.orgs.states import Role
from tests.makers.stations import Scene, a_scene, entering

SignedIn = Callable[[Role | None, str], Client]


@pytest.fixture(autouse=True)
def _fresh_congress() -> None:
    """The congress of the test before is gone."""
    forget_congress()


@pytest.fixture
def scene() -> Scene:
    """Stations, deputies, categories."""
    return a_scene()


@pytest.fixture
def client_as(scene: Scene) -> SignedIn:
    """`client_as(Role.STATION_HEAD, "S01")`, `client_as(Role.DEPUTY, "D001")`."""

    def enter(role: Role | None, where: str) -> Client:
        return entering(scene, role, where)

    return enter
