"""Every page of the slice on a phone and on a desk: nothing for axe to find, nothing that scrolls sideways."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from openrenda.orgs.states import Role
from tests.browser.conftest import Axe, Open
from tests.browser.liaison.conftest import Enter
from tests.makers.stations import Scene

SHOTS = os.environ.get("LIAISON_SHOTS", "")


def look(page: Page, axe: Axe, name: str) -> None:
    """Keep a picture when asked to, then let axe look."""
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)
    axe(page)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_public_pages(scene: Scene, open_page: Open, axe: Axe, width: int, height: int) -> None:
    scene.reception()
    number = scene.receipts[scene.published("桐荫路路灯不亮")].number
    page = open_page(width, height)
    paths = {
        "stations": "/stations/",
        "station": "/stations/S01/",
        "poster": "/stations/S01/poster/",
        "deputies": "/deputies/",
        "deputy": "/deputies/D001/",
        "where": "/opinions/new/",
        "new": "/opinions/new/?deputy=D001",
        "track": "/opinions/track/",
        "published": "/opinions/",
        "opinion": f"/opinions/{number}/",
        "home": "/",
        "book": f"/stations/S01/receptions/{scene.reception(days=8).pk}/book/",
    }
    for name, path in paths.items():
        page.goto(path)
        look(page, axe, name)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_a_resident_writes_and_follows(scene: Scene, open_page: Open, axe: Axe, width: int, height: int) -> None:
    page = open_page(width, height)
    page.goto(f"/s/{scene.stations['S01'].qr_token}/")
    page.get_by_label("什么事").fill("我家门口路灯三天不亮了。我的身份证是110101199003078515，请尽快修。")
    page.get_by_label("在哪里").fill("桐荫路口")
    page.get_by_label("怎么称呼您").fill("王女士")
    page.get_by_role("textbox", name="电话").fill("13800001234")
    page.get_by_label("我同意公开这件事的摘要").check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_text("文字里有个人号码").wait_for()
    look(page, axe, "preview")
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_text("已经收到").wait_for()
    look(page, axe, "receipt")
    number, code = page.locator(".receipt .copy-text").all_inner_texts()
    page.get_by_role("button", name="我记下了").click()
    page.get_by_label("受理编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.locator("form .button.is-primary").click()
    page.get_by_text("现在到哪一步").wait_for()
    look(page, axe, "track-case")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_the_workbench(scene: Scene, open_page: Open, enter: Enter, axe: Axe, width: int, height: int) -> None:
    fresh, known = scene.submit("垃圾桶满了没人收"), scene.classified("垃圾桶满了没人收拾")
    scene.submit("公园长椅坏了")
    handled = scene.fed_back("桐荫路路灯不亮")
    event = scene.reception(announced=False)
    page = open_page(width, height)
    enter(page, Role.STATION_HEAD, "S01")
    paths = {
        "work": "/work/",
        "inbox": "/work/opinions/",
        "case": f"/work/opinions/{known}/",
        "case-done": f"/work/opinions/{handled}/",
        "move-refuse": f"/work/opinions/{fresh}/not_accept/",
        "move-refer": f"/work/opinions/{known}/refer/",
        "walk-in": "/work/opinions/new/",
        "receptions": "/work/stations/S01/receptions/",
        "reception": f"/work/stations/S01/receptions/{event.pk}/",
        "reception-announce": f"/work/stations/S01/receptions/{event.pk}/announce/",
        "plan": "/work/stations/S01/receptions/plan/",
        "reset": f"/work/opinions/{known}/code/",
    }
    for name, path in paths.items():
        page.goto(path)
        look(page, axe, name)
