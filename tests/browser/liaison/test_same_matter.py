"""One matter, told by several: a resident joins while she types, an office merges and takes apart again."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from openrenda.liaison import actions
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import OpinionState
from openrenda.orgs.states import Role
from tests.browser.conftest import Axe, Open
from tests.browser.liaison.conftest import Enter
from tests.makers.orgs import actor_of
from tests.makers.stations import Scene

SHOTS = os.environ.get("LIAISON_SHOTS", "")
HERS = "桐荫路的路灯好几天不亮了，晚上接孩子一路摸黑，盼望早点修好。"


def look(page: Page, axe: Axe, name: str) -> None:
    """Keep a picture when asked to, then let axe look."""
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)
    axe(page)


def an_open_public_matter(scene: Scene) -> Opinion:
    pk = scene.handling("桐荫路路灯不亮")
    for office, unit in ((Role.STATION_HEAD, "S01"), (Role.STREET_NPC, "J01")):
        actions.approve_publication(opinion_id=pk, actor=actor_of(office, unit))
    return Opinion.objects.get(pk=pk)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_she_sees_who_else_said_so_and_joins(scene: Scene, open_page: Open, axe: Axe, width: int, height: int) -> None:
    matter = an_open_public_matter(scene)
    page = open_page(width, height)
    page.goto("/opinions/new/?station=S01")
    page.get_by_label("什么事").press_sequentially(HERS)
    page.get_by_role("heading", name="别人也反映过").wait_for()
    look(page, axe, "others")
    page.get_by_label("怎么称呼您").fill("王女士")
    page.get_by_role("textbox", name="电话").fill("13800001234")
    page.get_by_role("button", name="我也是，加入这件").click()
    page.get_by_text("您将加入这件事").wait_for()
    look(page, axe, "joining")
    page.get_by_role("button", name="加入并提交").click()
    page.get_by_text("已经收到").wait_for()
    number, code = page.locator(".receipt .copy-text").all_inner_texts()
    mine = Opinion.objects.get(number=number)
    assert (mine.state, mine.merged_into_id, mine.content) == (OpinionState.MERGED, matter.pk, HERS)
    page.get_by_role("button", name="我记下了").click()
    page.get_by_label("受理编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.locator("form .button.is-primary").click()
    page.get_by_text(matter.number).first.wait_for()
    look(page, axe, "joined-case")
    page.goto(f"/opinions/{matter.number}/")
    assert "2位群众" in page.inner_text("main")


def test_an_office_lays_two_side_by_side_merges_and_takes_apart(
    scene: Scene, open_page: Open, enter: Enter, axe: Axe
) -> None:
    child, parent = scene.registered("桐荫路垃圾桶满了没人收"), scene.classified("桐荫路的垃圾桶满了没有人收拾")
    page = open_page(1280, 900)
    enter(page, Role.STATION_HEAD, "S01")
    page.goto(f"/work/opinions/{child}/")
    page.locator("#alike").get_by_role("link", name="桐荫路的垃圾桶满了没有人收拾").click()
    page.get_by_role("heading", name="是同一件事吗？").wait_for()
    look(page, axe, "beside")
    page.get_by_role("link", name="把这一件并入另一件").click()
    look(page, axe, "merge")
    page.get_by_role("button", name="并件").click()
    page.get_by_text("已办好").wait_for()
    assert Opinion.objects.get(pk=child).merged_into_id == parent
    page.goto(f"/work/opinions/{parent}/")
    look(page, axe, "umbrella")
    page.goto(f"/work/opinions/{child}/split/")
    page.get_by_label("理由").fill("说的是另一栋楼")
    page.get_by_role("button", name="撤销并件").click()
    page.get_by_text("已办好").wait_for()
    assert Opinion.objects.get(pk=child).state == OpinionState.REGISTERED
