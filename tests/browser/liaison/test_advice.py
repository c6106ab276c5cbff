"""A station head takes the advice with one press, or leaves it; the office looks at how good it is."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from openrenda.orgs.states import Role
from openrenda.routing import teaching
from tests.browser.conftest import Axe, Open
from tests.browser.liaison.conftest import Enter
from tests.makers.orgs import a_unit
from tests.makers.routing import a_source, cases
from tests.makers.stations import Scene

SHOTS = os.environ.get("LIAISON_SHOTS", "")
SIZES = pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])


def look(page: Page, axe: Axe, name: str) -> None:
    """Keep a picture when asked to, then let axe look."""
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)
    axe(page)


@SIZES
def test_advice_is_taken(scene: Scene, open_page: Open, enter: Enter, axe: Axe, width: int, height: int) -> None:
    with a_source(cases(a_unit("B04").pk, a_unit("B03").pk, a_unit("F01").pk)):
        teaching.teach(scene.congress.pk)
        pk = scene.classified("东街梧桐枝叶遮住窗户，请剪枝")
        page = open_page(width, height)
        enter(page, Role.STATION_HEAD, "S01")
        page.goto(f"/work/opinions/{pk}/")
        look(page, axe, "advice")
        page.locator("#advice").get_by_role("link", name=re.compile("填入表单.*城管局")).click()
        assert page.get_by_label("交给谁").input_value() == f"department:{a_unit('B04').pk}"
        look(page, axe, "advice-taken")
        enter(page, Role.SC_REP, "R02")
        page.goto("/manage/routing/")
        look(page, axe, "routing")
