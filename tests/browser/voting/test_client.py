"""The ballot client against the Python side, in Chromium, under the site's policy: what one makes the other takes."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from ballotcrypt import archive, ballot, credentials, tally, trustees
from ballotcrypt.election import Election, Question, new_uuid
from tests.browser.conftest import Axe, Open, Shot
from tests.browser.voting.conftest import ADDRESS, Serve, answer
from tests.makers import ballot_vectors

SIZE, THRESHOLD = 3, 2
PROJECTS = tuple(f"项目{number:02d}" for number in range(1, 13))
QUESTIONS = (
    Question("民生实事项目票决", PROJECTS, 0, 10),
    Question("任命张三为副区长", ("赞成", "反对", "弃权"), 1, 1),
)
SEEDS = ("QgEb651AjqS49t1xApXs3Z", "7aRkTmZ4cWpYxVnBhLqDs2", "Hn3JpWvTzK8uQxRbYcGfM5")
ALREADY = {"code": "voting.already_voted", "message": "这张凭证已经投过票。", "remedy": ""}


class Hall:
    """The server's part: the ceremony's transcript and the board."""

    def __init__(self, uuid: str) -> None:
        self.slips = credentials.generate(uuid, 4)
        self.uuid = uuid
        self.ceremony: dict[str, list[str | None]] = {
            "cert": [None] * SIZE,
            "polynomial": [None] * SIZE,
            "key": [None] * SIZE,
        }
        self.partials: dict[int, str] = {}
        self.election: Election | None = None
        self.tally: bytes | None = None
        self.board: dict[str, ballot.CheckedBallot] = {}
        self.cuts: list[str] = []  # for each coming request: "before" or "after" it arrives, the network goes away

    def given(self, kind: str) -> list[str]:
        return [message for message in self.ceremony[kind] if message is not None]

    # --- the scrutineers' side

    def trustee(self, index: int, route: Route) -> None:
        *_, kind = route.request.url.rstrip("/").split("/")
        if kind == "transcript.json":
            return answer(route, self.transcript(index))
        body = route.request.post_data or ""
        certs, polynomials = self.given("cert"), self.given("polynomial")
        if kind == "cert":
            trustees.check_certificate(index, SIZE, THRESHOLD, body)
        elif kind == "polynomial":
            trustees.check_polynomial(index, certs, body)
        elif kind == "key":
            trustees.check_key(index, certs, polynomials, body)
        else:
            assert self.election
            assert self.tally
            record, _ = trustees.assemble(certs, polynomials, self.given("key"))
            trustees.check_partial(self.election, record, index, self.tally, body)
            self.partials[index] = body
        if kind in self.ceremony:
            self.ceremony[kind][index - 1] = body
        assert route.request.headers["x-csrftoken"]
        return answer(route, {}, 201)

    def transcript(self, index: int) -> dict[str, Any]:
        return {
            "uuid": self.uuid,
            "size": SIZE,
            "threshold": THRESHOLD,
            "index": index,
            "certs": self.ceremony["cert"],
            "polynomials": self.ceremony["polynomial"],
            "keys": self.ceremony["key"],
            "election": self.election.raw.decode() if self.election else None,
            "encrypted_tally": self.tally.decode() if self.tally else None,
            "partials": {str(owner): partial for owner, partial in self.partials.items()},
        }

    # --- the voters' side

    def open(self, questions: tuple[Question, ...] = QUESTIONS) -> Election:
        """Keys made beforehand, the election written."""
        ceremony = json.loads(ballot_vectors.PATH.read_text("utf-8"))["ceremony"]
        self.election = Election(self.uuid, "票决", "", questions, ceremony["public_key"])
        return self.election

    def write(self, questions: tuple[Question, ...] = QUESTIONS) -> Election:
        _, key = trustees.assemble(self.given("cert"), self.given("polynomial"), self.given("key"))
        self.election = Election(self.uuid, "票决", "", questions, key)
        return self.election

    def ballots(self, route: Route) -> None:
        """POST takes a ballot, GET says whether one is on the board; each may be lost on its way."""
        assert self.election
        cut = self.cuts.pop(0) if self.cuts else ""
        if cut == "before":
            return route.abort()
        if route.request.method == "GET":
            found = self.board.get(route.request.url.rstrip("/").split("/")[-1])
            return answer(route, {"tracker": found.tracker, "height": 1} if found else {}, 200 if found else 404)
        assert "cookie" not in route.request.all_headers(), "a ballot must not say who is signed in"
        checked = ballot.check(self.election, (route.request.post_data or "").encode())
        other = next((one for one in self.board.values() if one.credential == checked.credential), None)
        if other and other.tracker != checked.tracker:
            return answer(route, {**ALREADY, "tracker": other.tracker}, 409)
        self.board[checked.tracker_hex] = checked
        return route.abort() if cut == "after" else answer(route, {"tracker": checked.tracker, "height": 1}, 201)

    def archive(self) -> bytes:
        """Everything so far, with the result."""
        assert self.election
        assert self.tally
        certs, polynomials = self.given("cert"), self.given("polynomial")
        record, _ = trustees.assemble(certs, polynomials, self.given("key"))
        writer = archive.Writer(1741568400, self.election.raw, record, [slip.public for slip in self.slips])
        for one in self.board.values():
            writer.add_ballot(one.raw)
        writer.end_ballots()
        writer.add_encrypted_tally(self.tally)
        for owner, partial in self.partials.items():
            writer.add_partial(owner, partial)
        writer.add_result(tally.result(self.election, record, self.tally, self.partials))
        return writer.bytes()


@pytest.fixture
def hall() -> Hall:
    """Nothing has happened yet."""
    return Hall(new_uuid())


def at_the_booth(page: Page, serve: Serve, hall: Hall, slip: int = 0, *, elder: bool = False) -> None:
    """The voter's page, opened by the slip's QR code."""
    assert hall.election
    raw = hall.election.raw.decode()
    urls = {"election": "/e.json", "ballots": "/ballots/", "board": "/board/"}
    serve(page, "cast", urls=urls, elder=elder, uuid=hall.uuid)
    page.route("**/e.json", lambda route: answer(route, raw))
    page.route("**/ballots/**", hall.ballots)
    page.context.add_cookies(
        [{"name": "sessionid", "value": "hers", "url": page.context._impl_obj._options["baseURL"]}]
    )
    page.goto(f"{ADDRESS}#{hall.slips[slip].private}")
    page.get_by_role("heading", name="填写选票").wait_for()


def mark(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_label(name).check()


def to_review(page: Page) -> str:
    """On to the review; the full tracker once the ballot is sealed."""
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_text("选票已加密").wait_for()
    return page.locator("[data-sealed-tracker]").inner_text()


def test_a_deputy_votes_and_finds_her_ballot(open_page: Open, serve: Serve, hall: Hall, axe: Axe, shot: Shot) -> None:
    hall.open()
    page = open_page(390, 844)
    at_the_booth(page, serve, hall)
    assert "#" not in page.url, "the slip's words stay out of the address bar"
    mark(page, *PROJECTS[:10])
    page.get_by_label(PROJECTS[10]).click()
    expect(page.get_by_text("“项目11”没有选上")).to_be_visible()
    assert page.get_by_label(PROJECTS[10]).is_checked() is False
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_text("这一题还没有选够")).to_be_visible()
    mark(page, "赞成")
    axe(page)
    shot(page, "vote-mark-390")
    first = to_review(page)
    axe(page)
    shot(page, "vote-review-390")

    page.get_by_text("抽查：").click()
    page.get_by_role("button", name="拆开这张选票看看").click()
    expect(page.get_by_role("heading", name="拆开的选票里是这样")).to_be_focused()
    assert page.locator("[data-opened] li").all_inner_texts() == [*PROJECTS[:10], "赞成"]
    axe(page)
    page.get_by_role("button", name="重新加密一张").click()
    page.get_by_text("选票已加密").wait_for()
    assert page.locator("[data-sealed-tracker]").inner_text() != first, "an opened ballot is never cast"

    page.get_by_role("button", name="投出选票").click()
    page.get_by_role("heading", name="投票成功").wait_for()
    (cast,) = hall.board.values()
    assert page.locator("[data-cast-tracker]").inner_text() == cast.tracker
    page.get_by_role("button", name="查我的票在不在").click()
    expect(page.get_by_text("您的选票就在公示板上")).to_be_visible()
    axe(page)
    shot(page, "vote-done-390")
    assert cast.credential == hall.slips[0].public


def test_a_lost_network_does_not_lose_the_ballot_or_count_it_twice(open_page: Open, serve: Serve, hall: Hall) -> None:
    """Once the answer is lost; once the network is away for long, and the page is loaded anew meanwhile."""
    hall.open(QUESTIONS[1:])
    trackers = []
    for slip, cuts in enumerate((["after"], ["before"] * 4)):
        page = open_page(390, 844)
        at_the_booth(page, serve, hall, slip)
        mark(page, "反对")
        trackers.append(to_review(page))
        hall.cuts = cuts
        page.clock.install()
        page.get_by_role("button", name="投出选票").click()
        page.get_by_role("heading", name="正在投出").wait_for()
        page.clock.fast_forward(1600)
        page.clock.fast_forward(4100)
    page.get_by_role("heading", name="网络不通").wait_for()
    hall.cuts = []
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(ADDRESS)
    for one in page.context.browser.contexts if page.context.browser else ():
        one.pages[0].get_by_role("heading", name="投票成功").wait_for()
    assert [one.tracker for one in hall.board.values()] == trackers


def test_voting_again_is_refused_with_what_stands_on_the_board(
    open_page: Open, serve: Serve, hall: Hall, axe: Axe
) -> None:
    election = hall.open(QUESTIONS[:1])
    marks = [1, *[0] * 11]
    earlier = ballot.check(election, ballot.cast(election, hall.slips[0].private, [marks]))
    hall.board[earlier.tracker_hex] = earlier
    page = open_page(390, 844)
    at_the_booth(page, serve, hall, elder=True)
    heights = page.locator(".vote-choice").evaluate_all("list => list.map(one => one.getBoundingClientRect().height)")
    assert len(heights) == 12
    assert min(heights) >= 60
    axe(page)
    to_review(page)
    page.get_by_role("button", name="投出选票").click()
    expect(page.get_by_text("请先勾选“我要投空白票”")).to_be_visible()
    page.get_by_label("我要投空白票").check()
    page.get_by_role("button", name="投出选票").click()
    page.get_by_role("heading", name="这张凭证已经投过票了").wait_for()
    assert page.locator("[data-refused-tracker]").inner_text() == earlier.tracker
    axe(page)
    assert [*hall.board] == [earlier.tracker_hex]


def test_twelve_projects_are_sealed_within_a_second_on_a_slow_phone(open_page: Open, serve: Serve, hall: Hall) -> None:
    hall.open(QUESTIONS[:1])
    page = open_page(390, 844)
    at_the_booth(page, serve, hall)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    mark(page, *PROJECTS[:2])
    to_review(page)
    took = page.evaluate("() => performance.getEntriesByName('openrenda.seal').at(-1).duration")
    assert took < 1000, f"12 projects, at most 10, on a processor four times slower: {took:.0f} ms"


def test_a_scrutineers_browser_takes_part_and_anyone_recounts(
    open_page: Open, serve: Serve, hall: Hall, axe: Axe
) -> None:
    """One scrutineer by browser, two by our command; one of these disappears before the count."""
    for at in (2, 3):
        hall.ceremony["cert"][at - 1] = trustees.certificate(SEEDS[at - 1], at, SIZE, THRESHOLD)
    page = open_page(1280, 900)
    seed = enter_ceremony(page, serve, hall, axe)
    page.get_by_text("正在等其他监票人交换份额").wait_for()
    for at in (2, 3):
        hall.ceremony["polynomial"][at - 1] = trustees.polynomial(SEEDS[at - 1], hall.given("cert"))
    page.clock.fast_forward(5000)
    page.get_by_text("正在等其他监票人确认公钥").wait_for()
    for at in (2, 3):
        key = trustees.verification_key(SEEDS[at - 1], at, hall.given("cert"), hall.given("polynomial"))
        hall.ceremony["key"][at - 1] = key
    election = hall.write(QUESTIONS[1:])
    for slip, choice in zip(hall.slips[:3], (0, 0, 1), strict=True):
        cast = ballot.cast(election, slip.private, [[int(choice == one) for one in range(3)]])
        hall.board[ballot.check(election, cast).tracker_hex] = ballot.check(election, cast)
    hall.tally = tally.encrypted_tally(election, list(hall.board.values()))
    page.goto(ADDRESS)  # on another day: the seed is typed again
    page.get_by_label("密钥种子", exact=True).fill(seed)
    page.get_by_role("button", name="继续").click()
    page.get_by_role("heading", name="您的部分解密已提交").wait_for()
    given = hall.given("cert"), hall.given("polynomial")
    hall.partials[3] = trustees.partial_decryption(SEEDS[2], 3, *given, election, hall.tally)
    recount(open_page(390, 844), serve, hall, axe)


def enter_ceremony(page: Page, serve: Serve, hall: Hall, axe: Axe) -> str:
    """The first round: the seed is made, written down and asked back."""
    serve(page, "trustee", urls={"transcript": "/keys/transcript.json", "trustee": "/keys/"})
    page.route("**/keys/**", lambda route: hall.trustee(1, route))
    page.clock.install()
    page.goto(ADDRESS)
    page.get_by_role("button", name="生成密钥种子").click()
    seed = page.locator("[data-seed]").inner_text()
    page.get_by_role("button", name="已经抄好").click()
    page.get_by_label("照着您抄下的输入").fill(seed[:-1] + "?")
    page.get_by_role("button", name="核对并提交").click()
    expect(page.get_by_text("与刚才生成的不一样")).to_be_visible()
    axe(page)
    page.get_by_label("照着您抄下的输入").fill(seed)
    page.get_by_role("button", name="核对并提交").click()
    return seed


def recount(page: Page, serve: Serve, hall: Hall, axe: Axe) -> None:
    """The check page takes the archive and refuses it with one byte flipped."""
    data = hall.archive()
    final, unused = archive.read(data).final_event_hash, hall.slips[3].public
    said = {"ballots": 3, "credential_count": 4, "final_event": final, "withdrawn": [unused]}
    serve(page, "check", urls={"archive": "/a.bel", "proof": "/proof.json"}, uuid=hall.uuid)
    page.route("**/proof.json", lambda route: answer(route, {"electronic": {"expect": said}}))
    page.route("**/a.bel", lambda route: route.fulfill(body=data, content_type="application/octet-stream"))
    page.goto(ADDRESS)
    page.get_by_role("button", name="开始复核").click()
    page.get_by_text("全部检查通过").wait_for()
    assert page.locator(".vote-check").count() == 10
    counts = [int(text) for text in page.locator("td[data-count]").all_inner_texts()]
    assert counts == [2, 1, 0]
    tracker = next(iter(hall.board.values())).tracker
    page.get_by_label("追踪号").fill(tracker[:12])
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_text("在：第 1 张，共 3 张。")).to_be_visible()
    axe(page)
    flipped = bytearray(data)
    flipped[data.index(b'"choices"') + 40] ^= 1
    page.locator("[data-file]").set_input_files(
        {"name": "x.bel", "mimeType": "application/octet-stream", "buffer": bytes(flipped)}
    )
    expect(page.get_by_text("检查没有通过")).to_be_visible()
    expect(page.get_by_text("entry_altered")).to_be_visible()


def test_slips_are_made_in_the_browser_and_withdrawn_by_it(open_page: Open, serve: Serve, hall: Hall, axe: Axe) -> None:
    page = open_page(1280, 900)
    sent: list[Any] = []
    page.route("**/slips/**", lambda route: (sent.append(route.request.post_data_json), answer(route, {}, 201)))
    serve(page, "credentials", urls={"credentials": "/slips/", "vote": "/vote/2025-01/"}, uuid=hall.uuid)
    page.goto(ADDRESS)
    page.get_by_role("button", name="生成凭证").click()
    page.get_by_text("已生成 6 张").wait_for()
    slips = page.locator(".slip-code").all_inner_texts()
    assert page.locator(".slip svg path").count() == 6
    axe(page)
    page.get_by_role("button", name="提交公开清单").click()
    expect(page.get_by_text("请先打印并清点")).to_be_visible()
    page.get_by_label("已打印并清点").check()
    page.get_by_role("button", name="提交公开清单").click()
    page.get_by_role("heading", name="公开清单已提交").wait_for()
    publics = {slip: credentials.public_of(hall.uuid, slip) for slip in slips}
    assert sent == [sorted(publics.values(), key=int)]

    serve(page, "withdraw", urls={"withdraw": "/slips/"}, uuid=hall.uuid)
    page.goto(ADDRESS)
    for typed in (f"https://example.test/vote/x/#{slips[0]}", slips[1].replace("-", "")):
        page.get_by_label("扫描或者输入凭证").fill(typed)
        page.get_by_label("扫描或者输入凭证").press("Enter")
    page.get_by_text("清单中有 2 张").wait_for()
    page.get_by_label("改投纸质票").check()
    page.get_by_role("button", name="停用清单中的凭证").click()
    expect(page.get_by_text("已停用 2 张凭证")).to_be_visible()
    axe(page)
    assert sent[1] == {"credentials": [publics[slips[0]], publics[slips[1]]], "reason": "paper"}
