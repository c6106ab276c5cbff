"""Every component in a real browser, at a phone's and a desk's width, and in elder mode."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Axe, Open, Shot

FRAMES = ["/ui/", "/ui/work/", "/ui/confirm/", "/about/", "/no/such/page/"]
SMALL_TARGETS = """(least) => [...document.querySelectorAll("a.button, button, .choice, .mainnav a, select, input")]
    .filter(e => e.checkVisibility() && e.type !== "hidden" && !e.closest(".visually-hidden"))
    .filter(e => e.matches(".choice") || !e.closest(".choice, .check"))
    .filter(e => e.getBoundingClientRect().height < least)
    .map(e => e.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", FRAMES)
def test_nothing_bars_anyone(open_page: Open, axe: Axe, path: str, width: int) -> None:
    page = open_page(width, 844)
    page.goto(path)
    axe(page)


@pytest.mark.parametrize(("width", "least"), [(390, 44), (1280, 44)])
def test_targets_are_large_enough(open_page: Open, width: int, least: int) -> None:
    page = open_page(width, 844)
    page.goto("/ui/")
    assert page.evaluate(SMALL_TARGETS, least) == []


def test_elder_mode(page390: Page, axe: Axe, shot: Shot) -> None:
    page390.goto("/ui/")
    page390.get_by_role("button", name="长辈版").click()
    expect(page390.get_by_role("button", name="退出长辈版")).to_be_visible()
    assert page390.evaluate("getComputedStyle(document.body).fontSize") == "22px"
    assert page390.evaluate(SMALL_TARGETS, 60) == []
    assert page390.locator("details:not([open])").count() == 0
    axe(page390)
    shot(page390, "elder-390")


@pytest.mark.parametrize(("frame", "size"), [("/ui/", "18px"), ("/ui/work/", "15px")])
def test_type_sizes_of_the_two_frames(page1280: Page, frame: str, size: str) -> None:
    page1280.goto(frame)
    assert page1280.evaluate("getComputedStyle(document.body).fontSize") == size


def test_a_table_is_two_lines_on_a_phone(page390: Page) -> None:
    page390.goto("/ui/")
    row = page390.get_by_role("table", name="待交办的建议").locator("tbody tr").first
    title, deputy = row.locator("th").bounding_box(), row.locator("td").nth(1).bounding_box()
    assert title is not None
    assert deputy is not None
    assert deputy["y"] >= title["y"] + title["height"]
    assert title["width"] > 300


def test_the_language_switch_stays_on_the_page(page1280: Page) -> None:
    page1280.goto("/ui/?tab=mine")
    page1280.get_by_role("button", name="English").click()
    expect(page1280).to_have_url(re.compile(r"/ui/\?tab=mine$"))
    expect(page1280.locator("html")).to_have_attribute("lang", "en")


def test_the_skip_link_leads_to_the_content(page1280: Page) -> None:
    page1280.goto("/ui/confirm/")
    page1280.keyboard.press("Tab")
    expect(page1280.get_by_role("link", name="跳到正文")).to_be_focused()
    page1280.keyboard.press("Enter")
    assert page1280.evaluate("document.activeElement.id") == "main"


def test_all_of_a_case_prints_folds_included(page1280: Page) -> None:
    page1280.goto("/ui/")
    page1280.emulate_media(media="print")
    expect(page1280.get_by_text("换单位不重新起算。")).to_be_visible()
    expect(page1280.locator(".header-tools")).to_be_hidden()
    expect(page1280.locator(".moves").first).to_be_hidden()
    steps = page1280.locator(".clock-steps").first.bounding_box()
    assert steps is not None
    assert steps["height"] > 20
