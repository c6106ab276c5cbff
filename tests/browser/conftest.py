"""Real Chromium against the site in a thread of the test process, on the test database."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from openrenda.kernel import clock as kernel_clock
from tests.conftest import ON_CI, START

# Playwright's synchronous interface runs an event loop in this thread; Django would refuse queries beside one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent
IMAGES = HERE.parents[1] / "docs" / "images"
KEEP_SHOTS = os.environ.get("OPENRENDA_SHOTS") == "1"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
INSTALL = "browser tests need Chromium; run: apt-get install chromium fonts-noto-cjk"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
RUN_AXE = """async () => {
    const {violations} = await axe.run(document, {resultTypes: ["violations"]});
    const line = node => `    ${node.target.join(" ")}: ${node.html}`;
    return violations.map(v => `${v.id} (${v.impact}): ${v.help}\\n${v.nodes.map(line).join("\\n")}`);
}"""
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""

Axe = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Open = Callable[[int, int], Page]


class RunningClock:
    """The server's threads see no frozen clock: here it runs, from where the test sets it."""

    @property
    def now(self) -> datetime:
        return kernel_clock.now()

    @property
    def today(self) -> date:
        return kernel_clock.today()

    def at(self, moment: datetime | date) -> datetime:
        """Set it; a date means nine in the morning."""
        wanted = moment if isinstance(moment, datetime) else kernel_clock.at_time(moment)
        kernel_clock.set_offset(timedelta())
        kernel_clock.set_offset(wanted - kernel_clock.now())
        return kernel_clock.now()

    def forward(self, **distance: float) -> datetime:
        """`forward(days=3)`."""
        return self.at(self.now + timedelta(**distance))


@pytest.fixture(scope="session", autouse=True)
def _server_on_database(django_db_setup: None) -> None:
    """The server's thread begins after the database and so ends before it, whichever test comes first."""


@pytest.fixture(autouse=True)
def clock() -> Iterator[RunningClock]:
    """From Monday 10 March 2025, nine o'clock in Shanghai, on."""
    running = RunningClock()
    running.at(START)
    yield running
    kernel_clock.set_offset(timedelta())


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium: nothing is downloaded. Its event loop would be in the way of tests after the module."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        (pytest.fail if ON_CI else pytest.skip)(INSTALL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Opens a fresh visitor's page; at the end, no page may have had an error of script or content policy."""
    contexts = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A refused form (422), a page not found (404), a line that the test itself cuts: its own business.
        if message.type == "error" and not re.search(r"status of 4\d\d|net::ERR_FAILED", message.text):
            complaints.append(f"{message.text} ({message.location.get('url')})")

    def opened(width: int, height: int) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            is_mobile=width < 600,
            has_touch=width < 600,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.on("console", heard)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page390(open_page: Open) -> Page:
    """A phone."""
    return open_page(390, 844)


@pytest.fixture
def page1280(open_page: Open) -> Page:
    """A desk."""
    return open_page(1280, 900)


@pytest.fixture
def axe() -> Axe:
    """`axe(page)`: no violation, and nothing wider than the window."""
    source = (HERE / "vendor" / "axe.min.js").read_text("utf-8")

    def check(page: Page) -> None:
        page.evaluate(source)  # not a script element: the site's content policy would refuse it, and rightly
        violations = page.evaluate(RUN_AXE)
        assert not violations, f"{page.url}\n" + "\n".join(violations)
        overflow = page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth + 1")
        assert not overflow, f"{page.url} scrolls sideways: {page.evaluate(TOO_WIDE)}"

    return check


@pytest.fixture
def shot() -> Shot:
    """`shot(page, "case-390")` keeps a picture for the docs when OPENRENDA_SHOTS=1."""

    def take(page: Page, name: str) -> None:
        if KEEP_SHOTS:
            IMAGES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=IMAGES / f"{name}.png", full_page=True)

    return take
