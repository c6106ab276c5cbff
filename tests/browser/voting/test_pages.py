"""Pages of votes and meetings at the width of a phone and of a desk: axe finds nothing, nothing is cut off."""

import pytest
from playwright.sync_api import Page, expect

from openrenda.accounts.tenancy import forget_congress
from openrenda.orgs.models import Person
from openrenda.orgs.states import Role
from openrenda.voting import actions as voting_actions
from openrenda.voting.selectors import forget_elections
from tests.browser.conftest import Axe, Open, Shot
from tests.http.voting.conftest import client_of
from tests.makers import orgs, voting
from tests.makers.meetings import a_sitting, an_item

SIZES = ((390, 844), (1280, 900))


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget_congress()
    forget_elections()


def become(page: Page, base: str, person: Person) -> None:
    """Give the browser that person's session."""
    cookie = client_of(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])


def names() -> list[str]:
    """Projects as long as real ones."""
    return ["老旧小区加装电梯三十部", "新建改造口袋公园十二处", "社区食堂和老年助餐点", "中小学校园周边道路安全提升"]


def options() -> list[voting.OptionSpec]:
    return [voting.OptionSpec(f"K{n:02}", name, "牵头单位：区住房和城乡建设局") for n, name in enumerate(names(), 1)]


def look(page: Page, axe: Axe, shot: Shot, url: str, name: str, width: int) -> None:
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 200, url
    axe(page)
    shot(page, f"{name}-{width}")


def test_pages_of_a_paper_vote_and_its_meeting(open_page: Open, axe: Axe, shot: Shot, live_server: object) -> None:
    base = str(live_server.url)  # type: ignore[attr-defined]
    office = orgs.a_staff_member(Role.SC_OFFICE, "R01")
    people = [orgs.a_deputy(name) for name in ("王建国", "李秀英", "陈志强", "赵敏", "孙丽华", "周海燕", "吴桂兰")]
    sitting = a_sitting(deputies=people)
    item, key = an_item(sitting), sitting.meeting.key
    done = voting.a_published_poll(6, 5, 2, 1, deputies=people, options=options()).poll
    closed = voting.a_closed_poll(deputies=people, options=options())
    running = voting.an_open_poll(deputies=people, options=options()).poll
    voting_actions.enter_count(poll_id=closed.pk, figures=voting.figures(6, 5, 2, 1), actor=voting.teller("R01"))
    voting_actions.enter_count(poll_id=closed.pk, figures=voting.figures(6, 5, 1, 1), actor=voting.teller("R02"))
    teller = orgs.a_staff_member(Role.TELLER, "R03")
    public = (
        ("/votes/", "votes"), (f"/votes/{done.key}/", "vote-paper"), (f"/votes/{running.key}/", "vote-running"),
        (f"/hall/{done.key}/", "hall-done"),
    )  # fmt: skip
    desk = (
        (f"/work/votes/{closed.poll.key}/", "work-vote"), (f"/work/votes/{running.key}/roll/", "work-roll"),
        (f"/work/meetings/{key}/", "meeting"), (f"/work/meetings/{key}/sign-in/", "sign-in"),
        (f"/work/meetings/{key}/items/{item.pk}/put_to_vote/", "put-to-vote"),
    )  # fmt: skip
    for width, height in SIZES:
        page = open_page(width, height)
        for url, name in public[:: 1 if width == 390 else 3]:
            look(page, axe, shot, url, name, width)
        become(page, base, office)
        for url, name in desk[:: 1 if width == 390 else 2]:
            look(page, axe, shot, url, name, width)
        become(page, base, teller)
        look(page, axe, shot, f"/work/votes/{closed.poll.key}/act/enter_count/", "work-count", width)


def test_a_tick_changes_the_list_without_leaving_it_and_the_hall_counts_by_itself(
    open_page: Open, live_server: object
) -> None:
    people = [orgs.a_deputy() for _ in range(7)]
    walk = voting.a_poll(deputies=people)
    voting_actions.open_poll(poll_id=walk.pk, actor=voting.office())
    hall, desk = open_page(1280, 720), open_page(1280, 900)
    hall.goto(f"/hall/{walk.poll.key}/")
    issued = hall.locator(".hall-figures div", has_text="已领票").locator("dd")
    expect(issued).to_have_text("0")
    become(desk, str(live_server.url), orgs.a_staff_member(Role.SC_OFFICE, "R01"))  # type: ignore[attr-defined]
    desk.goto(f"/work/votes/{walk.poll.key}/roll/")
    for count in (1, 2):
        desk.locator(".tick-list button").first.click()
        expect(desk.locator(".tick-list .chip.is-done")).to_have_count(count)
    expect(issued).to_have_text("2")
    expect(hall.locator(".hall-state")).to_have_text("正在投票")
