"""A list with personal data on a phone and on a desk: the links, the reason, the wait, the file."""

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from openrenda.accounts.tenancy import forget_congress
from openrenda.exchange.export_tasks import write_export
from openrenda.exchange.models import Export
from openrenda.kernel import clock
from openrenda.kernel.models import ParameterValue
from openrenda.orgs.states import Role
from tests.browser.conftest import Axe, Open
from tests.makers import orgs
from tests.makers.stations import a_scene, signed_in

SHOTS = os.environ.get("EXCHANGE_SHOTS", "")


def look(page: Page, axe: Axe, name: str) -> None:
    """Keep a picture when asked to, then let axe look."""
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=str(Path(SHOTS) / f"export-{name}-{width}.png"), full_page=True)
    axe(page)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_a_long_list_with_personal_data(
    open_page: Open, live_server: LiveServer, axe: Axe, width: int, height: int, tmp_path: Path
) -> None:
    forget_congress()
    scene = a_scene()
    for title in ("公园长椅坏了", "路灯不亮"):
        scene.submit(title)
    ParameterValue.objects.create(
        congress_id=scene.congress.pk, key="exchange.at_once_rows", value=1, effective_at=clock.now(),
        reason="试", set_by="cli:test",
    )  # fmt: skip
    page = open_page(width, height)
    cookie = signed_in(orgs.a_staff_member(Role.STATION_STAFF, "S01")).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto("/work/opinions/")
    look(page, axe, "list")
    page.get_by_role("link", name="Excel").click()
    look(page, axe, "ask")
    page.get_by_label("导出理由").fill("站务会核对")
    page.get_by_role("button", name="导出").click()
    page.wait_for_url("**/work/exports/**")
    look(page, axe, "waiting")
    write_export(Export.objects.get().pk)
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载").click()  # the page has asked again by itself
    look(page, axe, "ready")
    path = tmp_path / "list.xlsx"
    taken.value.save_as(path)
    assert load_workbook(path).worksheets[0].max_row == 3
