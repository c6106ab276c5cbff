"""The small district's stations, behind a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from openrenda.accounts.tenancy import forget_congress
from openrenda.orgs.states import Role
from tests.makers.stations import Scene, a_scene, entering

Enter = Callable[[Page, Role, str], None]


@pytest.fixture
def scene() -> Scene:
    """Stations, deputies, categories."""
    forget_congress()
    return a_scene()


@pytest.fixture
def enter(scene: Scene) -> Enter:
    """Hands a signed-in session to the page's browser."""

    def give(page: Page, role: Role, where: str) -> None:
        cookie = entering(scene, role, where).cookies["sessionid"].value
        base = page.context._impl_obj._options["baseURL"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])

    return give
