"""The main job, walked in a real browser by everybody in turn: from the code on the station's door to the story's end.

Each step is what a person does: open the desk, open the case, press the button, fill in the form. axe looks at each
page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page

from openrenda.accounts.tenancy import forget_congress
from openrenda.orgs.states import Role
from openrenda.suggestions.models import Suggestion
from tests.browser.conftest import Axe, Open, RunningClock, Shot
from tests.makers import orgs
from tests.makers.stations import Scene, a_scene, entering

WHAT = "桐花里北街从菜场到小学一段有五盏路灯不亮，孩子晚上放学看不见路，前天有老人摔倒。请尽快修好。"
PROBLEM = (
    "桐花里北街菜场至小学段共有路灯十二盏，其中五盏自元旦后不亮，沿线有小学一所、菜场一处，晚间人流大，已发生摔伤。"
)
PROPOSAL = "1. 请城市管理局三十日内修复五盏路灯；2. 请建立路灯巡查台账，每月公布一次。"
REPLY = (
    "您提出的建议收悉。我局已会同街道现场查看，五盏路灯因电缆老化停用，"
    "其中两盏已修复，其余三盏须更换电缆，已列入本年度维修计划。"
)
PROMISE = "更换桐花里北街电缆并修复其余三盏路灯"


@dataclass
class Walk:
    """One page of the browser, handed from person to person."""

    page: Page
    scene: Scene
    axe: Axe
    shot: Shot
    width: int
    seen: list[str] = field(default_factory=list)

    def become(self, role: Role, where: str) -> None:
        """Sign in as somebody else: the browser gets that person's session."""
        cookie = entering(self.scene, role, where).cookies["sessionid"].value
        url = self.page.url.split("/", 3)
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": "/".join(url[:3])}])

    def look(self, name: str = "") -> None:
        """axe finds nothing; a picture for the docs when there is a name."""
        self.axe(self.page)
        self.seen.append(self.page.url)
        if name:
            self.shot(self.page, f"{name}-{self.width}")

    def open(self, path: str, name: str = "") -> None:
        self.page.goto(path)
        self.look(name)

    def follow(self, label: str) -> None:
        """Click the first link or button of that name."""
        wanted = self.page.get_by_role("link", name=label, exact=True).or_(
            self.page.get_by_role("button", name=label, exact=True)
        )
        wanted.first.click()

    def fill(self, **values: str | bool) -> None:
        """Fill fields by name: texts, choices, ticks."""
        for name, value in values.items():
            box = self.page.locator(f"main [name='{name}']")
            kind = box.first.get_attribute("type") or box.first.evaluate("e => e.tagName.toLowerCase()")
            if kind == "radio":
                self.page.locator(f"main [name='{name}'][value='{value}']").check(force=True)
            elif kind == "checkbox":
                box.first.set_checked(bool(value), force=True)
            elif kind == "select":
                box.select_option(str(value))
            else:
                box.fill(str(value))

    @property
    def button(self) -> Locator:
        """The form's own button."""
        return self.page.locator("main form .form-actions button[type=submit]:visible").first

    def send(self) -> None:
        self.button.click()

    def press(self, label: str) -> None:
        """A move that asks nothing."""
        before = self.page.locator("main").inner_html()
        self.follow(label)
        self.page.wait_for_function("was => document.querySelector('main').innerHTML !== was", arg=before)
        self.page.wait_for_load_state()
        self.look()

    def act(self, label: str, name: str = "", **values: str | bool) -> None:
        """Press a move on the case page, fill in what it asks, send."""
        self.follow(label)
        self.page.locator(f"main [name='{next(iter(values), 'once')}']").first.wait_for(state="attached")
        self.fill(**values)
        self.look(name)
        address = self.page.url
        self.send()
        self.page.wait_for_load_state()
        assert not self.page.locator(".error-summary").count(), self.page.locator(".error-summary").inner_text()
        self.seen.append(address)


def tell(walk: Walk) -> tuple[str, str]:
    """The resident scans the code, writes, sees what the public would see, and takes number and code home."""
    page = walk.page
    walk.open("/", "home")
    walk.open(f"/s/{walk.scene.stations['S01'].qr_token}/", "opinion-form")
    walk.fill(content=WHAT, place="桐花里北街", name="王女士", phone="13800001234", may_share=True, may_publish=True)
    walk.send()
    page.get_by_text("公众看到的样子").first.wait_for()
    walk.look("opinion-preview")
    walk.fill(title="桐花里北街五盏路灯不亮")
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_text("已经收到").wait_for()
    walk.look("receipt")
    number, code = page.locator(".receipt .copy-text").all_inner_texts()
    return number, code


def register(walk: Walk) -> None:
    """Staff register, the head classifies."""
    walk.become(Role.STATION_STAFF, "S01")
    walk.open("/work/", "workbench-station")
    walk.open("/work/opinions/")
    walk.follow("桐花里北街五盏路灯不亮")
    walk.look()
    walk.press("登记受理")
    walk.become(Role.STATION_HEAD, "S01")
    walk.open("/work/opinions/")
    walk.follow("桐花里北街五盏路灯不亮")
    walk.act("分类", category_id=str(walk.scene.category_id), deputy_id=str(walk.scene.deputy.pk), nature="problem")
    walk.look("opinion-case")


def convert(walk: Walk) -> int:
    """The deputy makes it a suggestion and files it."""
    walk.become(Role.DEPUTY, "D001")
    walk.open("/work/opinions/")
    walk.follow("桐花里北街五盏路灯不亮")
    walk.look()
    walk.follow("转为代表建议")
    walk.fill(
        title="关于修复桐花里北街路灯的建议",
        problem=PROBLEM,
        proposal=PROPOSAL,
        category_id=str(walk.scene.category_id),
        publicity_wish="full",
    )
    walk.look("suggestion-form")
    walk.send()
    walk.page.get_by_text("草稿").first.wait_for()
    suggestion = Suggestion.objects.get()
    walk.open(f"/work/suggestions/{suggestion.pk}/")
    walk.act("提交建议", one_matter=True, no_secret=True)
    return suggestion.pk


def assign(walk: Walk, pk: int) -> None:
    """The deputies' office accepts, plans and assigns; the dispatch office distributes."""
    unit = str(orgs.a_unit("B04").pk)
    walk.become(Role.SC_REP, "R02")
    walk.open("/work/suggestions/", "workbench-office")
    walk.follow("关于修复桐花里北街路灯的建议")
    walk.act("接收并编号")
    walk.act("拟定承办单位", mode="single", unit_1=unit, part_1="sole")
    walk.act("交办", "assign")
    walk.become(Role.GOV_HUB, "G01")
    walk.open("/work/suggestions/")
    walk.follow("关于修复桐花里北街路灯的建议")
    walk.act("分办到承办单位")


def handle(walk: Walk, pk: int) -> None:
    """The unit signs, meets the deputy, answers B with a promise; the leader signs, the dispatch office checks."""
    case = f"/work/suggestions/{pk}/"
    walk.become(Role.UNIT_CLERK, "B04")
    walk.open(case)
    walk.act("签收")
    today = walk.page.evaluate("() => document.querySelector('html').lang") and RunningClock().today
    walk.act(
        "登记面商",
        way="meeting",
        on=today.isoformat(),
        place="桐花里北街",
        notes="在现场与代表一起数了路灯，代表同意分两步修。",
    )
    walk.become(Role.DEPUTY, "D001")
    walk.open(case)
    walk.act("确认面商属实")
    walk.become(Role.UNIT_CLERK, "B04")
    walk.open(case)
    walk.act(
        "拟写答复",
        "reply-form",
        doc_no="云城管函〔2025〕15号",
        reply_class="B",
        body=REPLY,
        contact_name="李工",
        contact_phone="55550011",
        publicity="full",
        secrecy_checked_by="办公室",
        promise_1=PROMISE,
        deadline_1=today.replace(month=today.month + 3).isoformat(),
        responsible_1="市政设施科",
    )
    walk.become(Role.UNIT_LEADER, "B04")
    walk.open(case)
    walk.act("签发", signer="周局长", signer_title="局长", is_chief=True)
    walk.become(Role.GOV_HUB, "G01")
    walk.open(case, "case-desk")
    walk.act("审核通过，答复代表")


def rate(walk: Walk, pk: int) -> None:
    """The deputy rates attitude and result; the station tells the resident; the office publishes."""
    case = f"/work/suggestions/{pk}/"
    walk.become(Role.DEPUTY, "D001")
    walk.open(case)
    walk.act("评价办理情况", "rate", attitude="good", result="fair", was_met="yes", met_way="meeting")
    walk.become(Role.SC_REP, "R02")
    walk.open(case)
    walk.act("决定公开方式", decision="full", checked_by="代表工委")
    walk.become(Role.STATION_HEAD, "S01")
    walk.open("/work/opinions/")
    walk.follow("桐花里北街五盏路灯不亮")
    walk.act("审核并反馈群众", text="城管局已修好两盏，其余三盏换电缆后六月前修好。")


def read(walk: Walk, pk: int, number: str, code: str) -> None:
    """The resident sees the end of the story, and so does everybody."""
    walk.page.context.clear_cookies()
    walk.open("/opinions/track/")
    walk.page.get_by_label("受理编号").fill(number)
    walk.page.get_by_label("查询码").fill(code)
    walk.page.locator("main form button[type=submit]").first.click()
    walk.page.get_by_text("现在到哪一步").wait_for()
    walk.page.get_by_text("其余三盏换电缆").first.wait_for()
    walk.look("track")
    walk.open("/suggestions/", "suggestions")
    walk.open(f"/suggestions/{Suggestion.objects.get(pk=pk).key}/", "case")
    assert walk.page.get_by_text(PROMISE).count() > 0


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_from_the_door_to_the_promise(
    open_page: Open, axe: Axe, shot: Shot, clock: RunningClock, width: int, height: int
) -> None:
    forget_congress()
    page = open_page(width, height)
    page.goto("/")
    walk = Walk(page, a_scene(), axe, shot, width)
    number, code = tell(walk)
    register(walk)
    pk = convert(walk)
    steps: list[Callable[[Walk, int], None]] = [assign, handle, rate]
    for step in steps:
        step(walk, pk)
    read(walk, pk, number, code)
    assert len(set(walk.seen)) > 20
