"""Fragments for htmx, pages of slots, empty lists, and the same bill for two rows or forty."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openrenda.suggestions.models import Suggestion
from tests.http.suggestions import walk
from tests.http.suggestions.conftest import Enter
from tests.http.suggestions.walk import Scene

HTMX = {"HX-Request": "true"}


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(f"suggestions:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "name", "args"),
    [
        ("visitor", "index", ()), ("lead", "inbox", ()), ("rep", "register", ()), ("rep", "promises", ()),
    ],
)  # fmt: skip
def test_htmx_gets_the_list_only(who: str, name: str, args: tuple[str, ...], scene: Scene, enter: Enter) -> None:
    walk.to(scene, "feedback")
    answer = enter(who).get(reverse(f"suggestions:{name}", args=args), headers=HTMX)
    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith('<div id="results">')
    assert answer.headers["Vary"] == "HX-Request" or "HX-Request" in answer.headers["Vary"]


def test_found_deputies_come_as_a_fragment(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "draft")
    url = reverse("suggestions:cosigners", args=[row.pk])
    found = enter("lead").get(url, {"q": "欧阳·"}, headers=HTMX).content.decode()
    assert found.lstrip().startswith('<div id="found">')
    assert "欧阳·娜日苏" in found


@pytest.mark.parametrize(
    ("who", "name", "args", "words"),
    [
        ("visitor", "index", (), "没有符合条件的建议"), ("lead", "inbox", (), "现在没有等您办的建议"),
        ("lead", "mine", (), "没有草稿"), ("rep", "register", (), "没有符合条件的建议"),
        ("rep", "bulk", ("assign",), "没有等待交办的建议"), ("hub", "promises", (), "没有这样的承诺"),
        ("rep", "look_backs", (), "还没有抽取过"),
    ],
)  # fmt: skip
def test_an_empty_page_says_what_will_be_here(
    who: str, name: str, args: tuple[str, ...], words: str, scene: Scene, enter: Enter
) -> None:
    assert words in page(enter(who), name, *args)


def test_filters_narrow_and_nonsense_is_ignored(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "released")
    assert row.title in page(enter("visitor"), "index", q="路灯", year="2025")
    assert row.title not in page(enter("visitor"), "index", q="停车")
    assert row.title not in page(enter("visitor"), "index", state="rejected")
    nonsense = {"year": "x", "unit": "9" * 40, "state": "burnt", "after": "-1", "session": "²", "category": "\x00"}
    assert row.title in page(enter("visitor"), "index", **nonsense)


def test_the_public_page_tells_the_whole_story(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "released")
    shown = page(enter("visitor"), "case", row.key)
    for words in (
        "住建局",
        "法定答复期限",
        "这个日期怎么算的",
        "按期办结",
        "修好桐花里北街全部路灯",
        "对办理结果",
        "内部办理环节，不公开",
    ):
        assert words in shown
    assert enter("visitor").get(reverse("suggestions:case", args=["JY-16-5-999"])).status_code == 404


def test_a_confidential_lead_is_not_named(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "accepted")
    Suggestion.objects.filter(pk=row.pk).update(is_confidential=True)
    assert scene.lead.person.name not in page(enter("visitor"), "case", row.key)
    assert scene.lead.person.name not in page(enter("visitor"), "index")


def test_home_and_workbench_show_what_is_new_and_what_waits(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "released")
    waiting = walk.to(scene, "submitted", title="关于另一件事的建议")
    home = enter("visitor").get("/").content.decode()
    assert row.title in home
    assert "已接收的建议" in home
    bench = enter("rep").get("/work/").content.decode()
    assert waiting.title in bench
    assert "等您办的建议" in bench


def count(client: Client, url: str) -> int:
    client.get(url)  # caches and the session's idle clock are the first visitor's bill
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("who", "stage", "name", "args", "most"),
    [
        ("visitor", "accepted", "index", (), 12), ("rep", "accepted", "inbox", (), 22),
        ("rep", "accepted", "register", (), 12), ("rep", "planned", "bulk", ("assign",), 14),
        ("lead", "draft", "mine", (), 10), ("lead", "draft", "inbox", (), 22),
    ],
)  # fmt: skip
def test_the_bill_is_the_same_for_two_rows_and_forty(
    who: str, stage: str, name: str, args: tuple[str, ...], most: int, scene: Scene, enter: Enter
) -> None:
    url = reverse(f"suggestions:{name}", args=args)
    for n in range(2):
        walk.to(scene, stage, title=f"关于第{n}件事的建议")
    two = count(enter(who), url)
    for n in range(2, 40):
        walk.to(scene, stage, title=f"关于第{n}件事的建议")
    assert count(enter(who), url) == two <= most


@pytest.mark.parametrize(
    ("stage", "who", "act"),
    [
        ("submitted", "rep", "accept"),
        ("distributed", "clerk", "sign_for"),
        ("signed", "hub", "pass_reply"),
        ("feedback", "lead", "confirm_contact"),  # whether they met is asked before the rating
    ],
)
def test_the_first_button_of_a_case_leads_on(stage: str, who: str, act: str, scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, stage)
    shown = page(enter(who), "work", row.pk)
    first = re.search(r'class="next-step"><a class="button is-primary" href="([^"]+)"', shown)
    assert first is not None
    assert f"/{act}/" in first[1]


def test_a_deputy_who_opens_the_case_has_read_the_reply(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "feedback")
    assert "周延庆（未阅）" in page(enter("rep"), "work", row.pk)
    page(enter("lead"), "work", row.pk)
    assert "周延庆（2025年3月10日已阅）" in page(enter("rep"), "work", row.pk)
