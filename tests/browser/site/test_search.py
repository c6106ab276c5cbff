"""Find a deputy by initials, on a phone and at a desk; what appears below the box is reached by keys alone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from openrenda.accounts.tenancy import forget_congress
from openrenda.orgs.states import Role
from tests.browser.conftest import Axe, Open
from tests.makers import stations
from tests.makers.orgs import a_deputy

SHOTS = os.environ.get("SITE_SHOTS", "")


@pytest.fixture
def scene() -> Iterator[stations.Scene]:
    """周延庆 (D001) and others; a published opinion."""
    forget_congress()
    made = stations.a_scene()
    a_deputy("周元清", code="D777", station="S02")
    made.published("桐荫路路灯不亮")
    yield made
    forget_congress()


def look(page: Page, axe: Axe, name: str) -> None:
    """Keep a picture when asked to, then let axe look."""
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"))
    axe(page)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_a_resident_finds_her_deputy_by_initials(
    scene: stations.Scene, open_page: Open, axe: Axe, width: int, height: int
) -> None:
    page = open_page(width, height)
    page.goto("/")
    box = page.get_by_role("searchbox", name="搜索")
    look(page, axe, "search-home")
    box.press_sequentially("zyq", delay=40)
    hint = page.locator("#site-hints").get_by_role("link", name="周延庆")
    expect(hint).to_be_visible()
    expect(page.locator(".site-search [role=status]")).to_contain_text("个可以直接打开的")
    look(page, axe, "search-hints")
    box.press("ArrowDown")
    expect(page.locator("#site-hints a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#site-hints")).to_be_hidden()
    expect(box).to_be_focused()
    box.press("Enter")
    expect(page.get_by_role("heading", name="直接打开")).to_be_visible()
    look(page, axe, "search-results")
    page.get_by_role("main").get_by_role("link", name="周延庆").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("周延庆")
    # From any page on: the box in the header.
    page.get_by_role("searchbox", name="搜索").fill("路灯")
    page.get_by_role("searchbox", name="搜索").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("桐荫路路灯不亮")
    look(page, axe, "search-words")
    page.goto("/search/?q=没有的词&year=2019")
    look(page, axe, "search-nothing")


def entered(page: Page, scene: stations.Scene, role: Role, place: str) -> Page:
    """The page of somebody who has signed in."""
    cookie = stations.entering(scene, role, place).cookies["sessionid"].value
    base = page.context._impl_obj._options["baseURL"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])
    return page


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_the_workbench_searches_by_key(
    scene: stations.Scene, open_page: Open, axe: Axe, width: int, height: int
) -> None:
    scene.classified("文苑路路灯不亮")
    page = entered(open_page(width, height), scene, Role.STATION_HEAD, "S01")
    page.goto("/work/opinions/")
    look(page, axe, "search-work-header")
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="搜索工作台")
    expect(box).to_be_focused()
    page.keyboard.type("路灯")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("文苑路路灯不亮")
    look(page, axe, "search-work")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_an_office_keeps_other_names(scene: stations.Scene, open_page: Open, axe: Axe, width: int, height: int) -> None:
    page = entered(open_page(width, height), scene, Role.SC_REP, "R02")
    page.goto("/manage/search/synonyms/")
    look(page, axe, "synonyms")
    page.get_by_label("互相代替的叫法").fill("桐荫路、法桐路")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("heading", name="效果")).to_be_visible()
    look(page, axe, "synonym-group")
