"""The map and its list say the same and lead to each other, with a script and without, by keyboard and by finger."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Axe, Open
from tests.makers.stations import Scene


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_map_and_board_at_a_width(scene: Scene, open_page: Open, axe: Axe, width: int, height: int) -> None:
    page = open_page(width, height)
    page.goto("/map/")
    expect(page.locator(".atlas-live .atlas-mark")).to_have_count(5)
    expect(page.locator(".atlas-drawing")).to_be_hidden()
    axe(page)
    _mark_and_row(page)
    axe(page)
    if width < 600:
        _a_finger_moves_the_page(page)
    else:
        _by_keyboard(page)
    page.goto("/board/?period=2025")
    expect(page.get_by_role("table", name="哪些街道、哪一类意见多")).to_be_visible()
    page.get_by_text("用表格看").first.click()
    axe(page)


def _mark_and_row(page: Page) -> None:
    """A mark opens its row; the row lights its mark."""
    row = page.locator(".atlas-row", has_text="桐荫路井盖松动")
    expect(row).to_be_hidden()  # folded away with its street
    mark = page.locator(".atlas-mark:has(circle)").last
    mark.evaluate("element => element.dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    popup = page.locator(".leaflet-popup")
    expect(popup).to_contain_text("群众意见")
    expect(popup.get_by_role("button", name="关闭")).to_be_visible()
    lit = page.locator(".atlas-row.is-lit")
    expect(lit).to_have_count(1)
    expect(lit).to_be_visible()
    assert popup.locator("a").first.inner_text() == lit.locator("a").inner_text()
    page.keyboard.press("Escape")


def _by_keyboard(page: Page) -> None:
    """The street unfolds with Enter, a focused row lights its mark, Enter opens the matter."""
    page.goto("/map/")
    page.locator("summary", has_text="桐荫街道").focus()
    page.keyboard.press("Enter")
    row = page.locator(".atlas-row", has_text="桐荫路路灯不亮")
    expect(row).to_be_visible()
    row.get_by_role("link").focus()
    expect(page.locator(".atlas-mark.is-lit")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/opinions/*/")
    page.go_back()
    stops = page.evaluate("document.querySelectorAll('.atlas-live [tabindex=\"0\"]').length")
    assert stops <= 1, "marks are no stops of their own"


def _a_finger_moves_the_page(page: Page) -> None:
    box = page.locator(".atlas-live")
    assert "none" not in box.evaluate("element => getComputedStyle(element).touchAction")
    switch = page.get_by_role("button", name="用手指拖动地图")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    assert box.evaluate("element => getComputedStyle(element).touchAction") == "none"


def test_without_a_script_the_drawing_and_the_list_do(scene: Scene, open_page: Open) -> None:
    page = open_page(1280, 900)
    page.context.route("**/*.js", lambda route: route.abort())
    page.goto("/map/")
    expect(page.locator(".atlas-drawing")).to_be_visible()
    page.locator('.atlas-drawing a[href^="#opinion-"]').first.dispatch_event("click")
    expect(page.locator(".atlas-row:target")).to_be_visible()
    page.locator('.atlas-drawing a[href*="street="]').first.dispatch_event("click")
    page.wait_for_url("**street=*")
    expect(page.locator(".atlas-section")).to_have_count(1)
