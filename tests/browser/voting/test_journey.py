"""A secret vote walked in a real browser: slip, ballot, tracker; once more and told why not; scrutineers decrypt; the
hall screen and the public page show the result."""

import pytest
from playwright.sync_api import Page, expect

from openrenda.accounts.tenancy import forget_congress
from openrenda.orgs.models import Person
from openrenda.voting import actions
from openrenda.voting.models import BoardEvent
from openrenda.voting.selectors import forget_elections
from openrenda.voting.states import EventKind, State
from openrenda.voting.views.limits import refusals
from tests.browser.conftest import Axe, Open, Shot
from tests.http.voting.conftest import client_of
from tests.makers.voting import BALLOTS, Electronic, an_electronic_poll, confirm, office

SLOW = 15_000  # milliseconds: arithmetic in a browser on a busy machine


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget_congress()
    forget_elections()
    refusals.forget()


def become(page: Page, base: str, person: Person) -> None:
    """Give the browser that person's session."""
    cookie = client_of(person).cookies["sessionid"].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])


def vote(page: Page, walk: Electronic, slip: int) -> None:
    """Open the slip's address and mark the first two."""
    page.goto(f"/vote/{walk.poll.key}/#{walk.slips[slip].private}")
    page.get_by_role("heading", name="填写选票").wait_for()
    for box in page.locator(".vote-choice input").all()[:2]:
        box.check(force=True)


def cast(page: Page) -> None:
    page.locator("[data-do='review'] button[type=submit]").click()
    send = page.locator("[data-do='cast']")
    expect(send).to_be_enabled(timeout=SLOW)
    send.click()


def test_a_deputy_votes_on_a_phone_and_everybody_sees_the_result(
    open_page: Open, axe: Axe, shot: Shot, live_server: object
) -> None:
    walk = an_electronic_poll()
    for slip, marks in enumerate(BALLOTS[:5]):
        walk.cast(slip, *marks)
    base = str(live_server.url)  # type: ignore[attr-defined]
    phone, hall = open_page(390, 844), open_page(1280, 720)

    hall.goto(f"/hall/{walk.poll.key}/")
    axe(hall)
    shot(hall, "hall-voting-1280")

    # she votes, and finds her tracker on the board
    vote(phone, walk, 5)
    axe(phone)
    shot(phone, "vote-390")
    cast(phone)
    done = phone.locator("[data-step='done']")
    expect(done).to_be_visible(timeout=SLOW)
    axe(phone)
    shot(phone, "vote-done-390")
    tracker = phone.locator("[data-cast-tracker]").inner_text().replace(" ", "").replace("\n", "")
    phone.locator("[data-do='find']").click()
    expect(phone.locator("[data-find-answer]")).to_contain_text("在")
    assert BoardEvent.objects.filter(poll=walk.poll, kind=EventKind.BALLOT).count() == 6

    # once more: she is told that it counted already, and which ballot it was
    phone.locator("[data-do='next']").click()
    vote(phone, walk, 5)
    cast(phone)
    refused = phone.locator("[data-step='refused']")
    expect(refused).to_be_visible(timeout=SLOW)
    expect(refused).to_contain_text("已经投过票")
    assert tracker in refused.inner_text().replace(" ", "").replace("\n", "")
    axe(phone)
    assert BoardEvent.objects.filter(poll=walk.poll, kind=EventKind.BALLOT).count() == 6

    # the board is public, the result is not yet
    phone.goto(f"/votes/{walk.poll.key}/")
    axe(phone)
    actions.close_poll(poll_id=walk.pk, actor=walk.chief)
    for index in (1, 3):
        become(phone, base, walk.deputies[index - 1].person)
        phone.goto(f"/work/votes/{walk.poll.key}/trustee/")
        expect(phone.locator("[data-step='unlock']")).to_be_visible()
        axe(phone)
        phone.locator("#seed-again").fill(walk.keys.seeds[index - 1])
        phone.locator("[data-do='unlock'] button[type=submit]").click()
        expect(phone.locator("[data-step='decrypted'], [data-step='finished']").locator("visible=true")).to_be_visible(
            timeout=SLOW
        )
    actions.count_poll(poll_id=walk.pk, actor=walk.chief)
    phone.context.clear_cookies()
    phone.goto(f"/votes/{walk.poll.key}/")
    expect(phone.locator("main")).not_to_contain_text("第1项 5")
    confirm(walk)
    actions.publish_poll(poll_id=walk.pk, actor=office())
    assert walk.now.state == State.PUBLISHED

    hall.goto(f"/hall/{walk.poll.key}/")
    expect(hall.locator("main")).to_contain_text("第1项")
    axe(hall)
    shot(hall, "hall-result-1280")
    for page, width in ((phone, 390), (hall, 1280)):
        page.goto(f"/votes/{walk.poll.key}/")
        expect(page.locator("main")).to_contain_text("第1项")
        axe(page)
        shot(page, f"poll-{width}")
    hall.goto(f"/votes/{walk.poll.key}/check/")
    hall.locator("[data-do='check']").click()
    expect(hall.locator("[data-state]")).to_contain_text("全部检查通过", timeout=2 * SLOW)
    axe(hall)
    shot(hall, "check-1280")
