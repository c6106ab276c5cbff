"""A table with errors comes in, is mended by the error workbook, and comes in again; on a phone, on a desk."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from openrenda.accounts.tenancy import forget_congress
from openrenda.exchange.actions import imports, writing_in
from openrenda.exchange.models import ImportRun
from openrenda.orgs.models import Unit
from openrenda.orgs.states import Role
from tests.browser.conftest import Axe, Open
from tests.makers import orgs
from tests.makers.imports import an_xlsx
from tests.makers.stations import signed_in

SHOTS = os.environ.get("EXCHANGE_SHOTS", "")
LINES = [
    ("云汀区承办单位一览表",),
    ("单位编号", "单位名称", "简称", "性质", "上级单位"),
    ("B08", "区财政局", "财政局", "政府部门", "G00"),
    ("B09", "区水务局", "水务局", "衙门", "G00"),
    ("B10", "区文化和旅游局", "文旅局", "政府部门", "没有的单位"),
    ("B03", "区住房城乡建设局", "住建局", "政府部门", "G00"),
]


@pytest.fixture(autouse=True)
def _fresh_congress() -> None:
    """The congress of the test before is gone."""
    forget_congress()


def look(page: Page, axe: Axe, name: str) -> None:
    """Keep a picture when asked to, then let axe look."""
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=str(Path(SHOTS) / f"x_{name}-{width}.png"), full_page=True)
    axe(page)


def bring(page: Page, file: Path) -> None:
    page.goto("/manage/imports/new/")
    page.locator('input[value="orgs.units"]').check()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_text("正在读取和核对")).to_be_visible()


def worker(job: Callable[..., object]) -> None:
    """What the queue's worker does meanwhile."""
    job(run_id=ImportRun.objects.latest("pk").pk)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_errors_are_mended_and_the_table_comes_in(
    open_page: Open, axe: Axe, tmp_path: Path, width: int, height: int
) -> None:
    page = open_page(width, height)
    cookie = signed_in(orgs.a_staff_member(Role.SC_REP, "R02")).cookies["sessionid"].value
    base = page.context._impl_obj._options["baseURL"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])
    file = tmp_path / "承办单位.xlsx"
    file.write_bytes(an_xlsx({"单位": LINES}, merged={"单位": ["A1:E1"]}))

    page.goto("/manage/imports/new/")
    look(page, axe, "new")
    bring(page, file)
    look(page, axe, "checking")
    worker(imports.check)
    expect(page.get_by_text("有 2 行有问题，现在什么都没有写入")).to_be_visible()  # the page looked again by itself
    look(page, axe, "preview")
    page.get_by_role("link", name="有问题 2").click()
    expect(page.get_by_text("没有编号或名称是“没有的单位”的单位")).to_be_visible()
    expect(page.get_by_text("区财政局")).to_have_count(0)

    with page.expect_download() as download:
        page.get_by_role("link", name="Excel", exact=True).click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book["单位"]
    assert sheet["D4"].comment.text.startswith("“衙门”")
    sheet["D4"].value, sheet["E5"].value = "政府部门", "G00"
    mended = tmp_path / "改好.xlsx"
    book.save(mended)

    bring(page, mended)
    worker(imports.check)
    button = page.get_by_role("button", name="导入 4 行")
    expect(button).to_be_visible()
    expect(page.locator("del", has_text="区住房和城乡建设局")).to_be_visible()
    look(page, axe, "mended")
    page.get_by_role("link", name="改列的对应关系").first.click()
    look(page, axe, "mapping")
    page.go_back()
    button.click()
    expect(page.get_by_text("正在写入")).to_be_visible()
    worker(writing_in.write)
    expect(page.get_by_text("新增 3，更新 1，无变化 0，没有导入 0")).to_be_visible()
    look(page, axe, "done")
    page.goto("/manage/imports/")
    look(page, axe, "runs")
    assert set(Unit.objects.filter(code__in=["B08", "B09", "B10"]).values_list("code", flat=True)) == {
        "B08",
        "B09",
        "B10",
    }
    assert orgs.a_unit("B03").name == "区住房城乡建设局"
