"""A small year of projects, behind a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from openrenda.accounts.tenancy import forget_congress
from openrenda.orgs.states import Role
from tests.makers import orgs
from tests.makers.stations import signed_in

Enter = Callable[[Page, Role, str], None]


@pytest.fixture(autouse=True)
def _fresh_congress() -> None:
    """The congress of the test before is gone."""
    forget_congress()


@pytest.fixture
def enter() -> Enter:
    """Hands a signed-in session to the page's browser."""

    def give(page: Page, role: Role, where: str) -> None:
        cookie = signed_in(orgs.a_staff_member(role, where)).cookies["sessionid"].value
        base = page.context._impl_obj._options["baseURL"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])

    return give
