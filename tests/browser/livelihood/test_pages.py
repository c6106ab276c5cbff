"""The pages of projects on a phone and on a desk: nothing for axe to find, nothing that scrolls sideways."""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from openrenda.orgs.states import Role
from tests.browser.conftest import Axe, Open, RunningClock
from tests.browser.livelihood.conftest import Enter
from tests.http.livelihood import scene

SHOTS = os.environ.get("LIVELIHOOD_SHOTS", "")
SIZES = pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])


def look(page: Page, axe: Axe, name: str) -> None:
    """Keep a picture when asked to, then let axe look."""
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=str(Path(SHOTS) / f"p_{name}-{width}.png"), full_page=True)
    axe(page)


@SIZES
def test_a_year_its_projects_and_the_workbench(
    open_page: Open, axe: Axe, enter: Enter, clock: RunningClock, width: int, height: int
) -> None:
    works = scene.running()
    clock.at(date(2025, 4, 3))
    page = open_page(width, height)
    public = {
        "year": "/projects/2025/",
        "project": f"/projects/2025/{works.chosen.serial}/",
        "idea": f"/projects/ideas/{works.idea.key}/",
        "ideas": "/projects/2025/ideas/",
        "home": "/",
        "closed": "/projects/ideas/new/",
    }
    for name, path in public.items():
        page.goto(path)
        look(page, axe, name)
    enter(page, Role.UNIT_LEADER, "B03")
    work = {
        "work_year": f"/work/projects/years/{works.year.pk}/",
        "pool": f"/work/projects/years/{works.year.pk}/ideas/",
        "work_project": f"/work/projects/{works.chosen.pk}/",
        "report": f"/work/projects/{works.chosen.pk}/report/",
        "adjust": f"/work/projects/{works.chosen.pk}/request_adjustment/",
        "own": "/work/projects/own/",
    }
    for name, path in work.items():
        page.goto(path)
        look(page, axe, name)


@SIZES
def test_a_resident_proposes_and_follows(
    open_page: Open, axe: Axe, clock: RunningClock, width: int, height: int
) -> None:
    scene.call()
    page = open_page(width, height)
    page.goto("/projects/ideas/new/")
    look(page, axe, "new")
    page.get_by_label("一句话说清楚办什么").fill("在汝桥社区建一个助餐点")
    page.get_by_label("为什么要办、办成什么样").fill("楼里老人多，吃饭不方便。我的手机是13800001234。")
    page.get_by_role("button", name="下一步").click()
    page.get_by_text("文字里有个人号码").wait_for()
    look(page, axe, "preview")
    page.get_by_role("button", name="提交").click()
    page.get_by_role("heading", name="已经收到").wait_for()
    number, code = page.locator(".idea-receipt .copy-text").all_inner_texts()
    look(page, axe, "receipt")
    page.get_by_role("button", name="我记下了").click()
    page.get_by_label("建议编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查结果").click()
    page.get_by_text("等区政府研究").wait_for()
    look(page, axe, "tracked")
