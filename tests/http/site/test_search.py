"""The search of everybody, that of the workbench, what appears below the box, JSON and the feed."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from openrenda.orgs.states import Role
from tests.makers import liaison, suggestions
from tests.makers.accounts import client_in
from tests.makers.orgs import a_deputy

SEARCH, JSON = "/search/", "/search.json"


@pytest.fixture
def cast() -> liaison.Cast:
    """The people around station S01."""
    return liaison.a_cast()


def html_of(client: Client, path: str, **given: Any) -> str:
    answer = client.get(path, given)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def json_of(client: Client, **given: Any) -> Any:
    return json.loads(client.get(JSON, given).content)


# -- the page ----------------------------------------------------------------------------------------------------------


def test_an_empty_search_says_what_can_be_found(client: Client, cast: liaison.Cast) -> None:
    html = html_of(client, SEARCH)
    assert "写几个字就能找" in html
    assert "zyq" in html


def test_initials_find_the_deputy_first_and_mark_her_name(client: Client, cast: liaison.Cast) -> None:
    a_deputy("周延庆", code="D901")
    liaison.a_published_opinion(cast, title="周延庆代表来过以后路灯还是不亮")
    html = html_of(client, SEARCH, q="zyq")
    assert html.index("直接打开") < html.index("<mark>周延庆</mark>")
    assert 'href="/deputies/D901/"' in html
    assert "代表来过以后" not in html, "pinyin is for names, not for texts"


def test_words_are_marked_and_texts_stay_texts(client: Client, cast: liaison.Cast) -> None:
    liaison.a_published_opinion(cast, title="<b>路灯</b>不亮")
    html = html_of(client, SEARCH, q="路灯")
    assert "&lt;b&gt;<mark>路灯</mark>&lt;/b&gt;不亮" in html


def test_filters_count_and_take_themselves_away(client: Client, cast: liaison.Cast) -> None:
    for _ in range(2):
        liaison.a_published_opinion(cast, title="路灯不亮")
    walk = suggestions.an_accepted(text=suggestions.a_text(title="关于修复路灯的建议"))
    html = html_of(client, SEARCH, q="路灯")
    assert "找到3条" in html
    assert '群众意见 <span class="count">2</span>' in html
    chosen = html_of(client, SEARCH, q="路灯", kind="suggestions.suggestion")
    assert "找到1条" in chosen
    assert walk.suggestion.title not in ("", None)
    assert 'aria-current="true"' in chosen
    assert "清除全部筛选" in chosen


def test_states_and_classes_are_asked_within_one_kind(client: Client, cast: liaison.Cast) -> None:
    title = "关于修复路灯的建议"
    done = suggestions.a_closed(text=suggestions.a_text(title=title))
    suggestions.an_accepted(text=suggestions.a_text(title=title))
    liaison.a_published_opinion(cast, title="路灯不亮")
    assert "答复分类" not in html_of(client, SEARCH, q="路灯"), "two kinds have no states in common"
    within = html_of(client, SEARCH, q="路灯", kind="suggestions.suggestion")
    assert "办结 <span" in within
    chosen = html_of(client, SEARCH, q="路灯", kind="suggestions.suggestion", state="closed", **{"class": "A"})
    assert "找到1条" in chosen
    assert done.suggestion.key is None or done.suggestion.key in chosen
    assert "找到1条" not in html_of(client, SEARCH, q="路灯", kind="suggestions.suggestion", **{"class": "D"})


def test_order_by_relevance_is_a_link_away(client: Client, cast: liaison.Cast) -> None:
    liaison.a_published_opinion(cast, title="路灯不亮")
    liaison.a_published_opinion(cast, title="路灯又不亮了")
    assert "order=relevance" in html_of(client, SEARCH, q="路灯")
    assert "路灯" in html_of(client, SEARCH, q="路灯", order="relevance")


def test_a_long_list_has_pages_and_shows_nothing_twice(client: Client, cast: liaison.Cast) -> None:
    made = {liaison.a_published_opinion(cast, title="路灯不亮").number for _ in range(23)}
    seen: list[str] = []
    after = ""
    for _ in range(3):
        page = json_of(client, q="路灯", after=after)
        seen += [hit["number"] for hit in page["hits"]]
        after = page["next_after"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == 23
    assert set(seen) == made
    assert 'rel="next"' in html_of(client, SEARCH, q="路灯")


@pytest.mark.parametrize(
    ("given", "way"),
    [
        ({"q": "没有的词"}, "换一个说法"),
        ({"q": "没有的词 另一个"}, "少写一个词"),
        ({"q": "没有的词语组合在一起"}, "换个短一点的说法"),
        ({"q": "xqzv"}, "拼音只用来找人名"),
        ({"q": "第9999号"}, "编号可以只打后面的数字"),
        ({"q": "没有的词", "year": "2019"}, "去掉全部筛选"),
    ],
)
def test_finding_nothing_says_what_to_try(client: Client, cast: liaison.Cast, given: Any, way: str) -> None:
    assert way in html_of(client, SEARCH, **given)


@pytest.mark.parametrize(
    "text",
    [
        "' OR 1=1 --",
        "<script>",
        "a & b | !c:*",
        "\x00路灯",
        "😀",
        "%",
        "_",
        "\\",
        "路" * 10_000,
        "\ud800",
        "   ",
        '"',
        "第号",
    ],
)
def test_nothing_that_is_typed_breaks_anything(client: Client, cast: liaison.Cast, text: str) -> None:
    given = {"q": text.encode("utf-8", "surrogatepass")}
    for path in (SEARCH, "/search/hints/", JSON):
        assert client.get(path, given).status_code == 200
    assert (
        client.get(
            SEARCH, {"q": "路灯", "kind": text[:50].encode("utf-8", "replace"), "after": "x" * 500, "year": "9" * 30}
        ).status_code
        == 200
    )


# -- the workbench -----------------------------------------------------------------------------------------------------


def test_the_workbench_finds_what_is_not_public_and_leads_to_the_other_side(cast: liaison.Cast) -> None:
    row = liaison.an_opinion(cast, title="路灯不亮")
    client = client_in(Role.STATION_STAFF, "S01")
    html = html_of(client, "/work/search/", q="路灯")
    assert f'href="/work/opinions/{row.pk}/"' in html
    assert "在公开的内容里搜索" in html
    assert "没有找到" in html_of(client, SEARCH, q="路灯")
    assert "在工作台里搜索" in html_of(client, SEARCH, q="路灯")


def test_the_box_stands_in_every_header_once(client: Client, cast: liaison.Cast) -> None:
    work = client_in(Role.STATION_STAFF, "S01")
    for browser, path, leads in (
        (client, "/", "/search/"),
        (client, "/opinions/", "/search/"),
        (client, "/search/", "/search/"),
        (work, "/work/", "/work/search/"),
        (work, "/work/search/", "/work/search/"),
        (work, "/opinions/", "/search/"),
    ):
        html = html_of(browser, path)
        assert html.count('id="site-search"') == 1, path
        assert f'action="{leads}"' in html, path
    assert 'id="site-search"' not in html_of(client, "/account/sign-in/")


# -- hints, JSON, feed -------------------------------------------------------------------------------------------------


def test_hints_lead_straight_to_what_is_meant(client: Client, cast: liaison.Cast) -> None:
    mandate = a_deputy("周延庆", code="D901")
    row = liaison.a_published_opinion(cast, deputy_id=mandate.pk)
    html = html_of(client, "/search/hints/", q="zyq")
    assert 'href="/deputies/D901/"' in html
    assert row.number not in html, "a name means the person, not what the person did"
    assert row.number in html_of(client, SEARCH, q="zyq"), "which is found all the same"
    assert "<html" not in html
    assert html_of(client, "/search/hints/", q="").strip() == ""


def test_json_says_the_same_as_the_page(client: Client, cast: liaison.Cast) -> None:
    row = liaison.a_published_opinion(cast, title="路灯不亮")
    answer = json_of(client, q="路灯")
    assert answer["count"] == 1
    (hit,) = answer["hits"]
    assert (hit["kind"], hit["number"], hit["title"]) == ("liaison.opinion", row.number, "路灯不亮")
    assert hit["url"].endswith(f"/opinions/{row.number}/")
    assert answer["facets"]["kind"] == [["liaison.opinion", 1]]


def test_the_feed_holds_what_was_made_public(client: Client, cast: liaison.Cast) -> None:
    liaison.a_published_opinion(cast, title="路灯不亮")
    liaison.an_opinion(cast, title="还没有公开的事")
    answer = client.get("/feed/")
    assert answer["Content-Type"].startswith("application/atom+xml")
    text = answer.content.decode()
    assert "路灯不亮" in text
    assert "还没有公开的事" not in text


# -- cost --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [2, 30])
def test_a_page_of_results_costs_the_same_at_any_length(
    rows: int, client: Client, cast: liaison.Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        liaison.a_published_opinion(cast, title="路灯不亮")
    client.get(SEARCH, {"q": "路灯"})  # writes what waits
    with django_assert_max_num_queries(12):
        client.get(SEARCH, {"q": "路灯"})
    with django_assert_max_num_queries(6):
        client.get("/search/hints/", {"q": "路灯"})
    with django_assert_max_num_queries(6):
        client.get(JSON, {"q": "路灯"})
