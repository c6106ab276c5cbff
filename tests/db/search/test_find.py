"""What is found, in which order, on how many pages, and for whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openrenda.kernel import clock
from openrenda.search import actions, selectors
from openrenda.search.models import SynonymKind
from openrenda.search.selectors import finding, profile
from openrenda.search.values import Found, Query
from tests.makers.kernel import an_actor
from tests.makers.search import NAME, Shelf, a_shelf

OTHER = "test.other"
STAFF = an_actor("person:1", ("STAFF", 1))
CLERK = an_actor("person:2", ("UNIT", 7))
STRANGER = an_actor("person:3", ("UNIT", 8))
NOON = datetime(2025, 3, 1, 12, tzinfo=clock.ZONE)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """One kind."""
    return a_shelf(monkeypatch, NAME)[0]


def found(text: str = "", **columns: Any) -> Found:
    return selectors.find(Query(congress_id=1, text=text, **columns))


def ids(result: Found) -> list[int]:
    return [hit.object_id for hit in result.hits]


# -- words -------------------------------------------------------------------------------------------------------------

TEXTS = {
    1: ("渡口里家属院路灯不亮", "晚上一片漆黑，3号楼门口的路灯坏了三个月。"),
    2: ("五中医院门前停车难", "停车难，难停车。车位只有180个。"),
    3: ("停车场收费太贵，看病很难", "App闪退，５Ｇ信号差"),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("路", [1]),
        ("亮", [1]),
        ("路灯", [1]),
        ("停车", [3, 2]),
        ("停车难", [2]),
        ("停车 难", [3, 2]),
        ("家属院路灯", [1]),
        ("家属 门口", [1]),
        ("停车 路灯", []),
        ("水管", []),
        ("3号楼", [1]),
        ("号楼", [1]),
        ("180", [2]),
        ("18", []),
        ("app", [3]),
        ("ap", [3]),
        ("pp", []),
        ("5g", [3]),
        ("５Ｇ信号", [3]),
        ('"停车难"', [2]),
        ('"车位只有180个"', [2]),
        ("“app闪退", [3]),
        ("", [3, 2, 1]),
        ("   ", [3, 2, 1]),
        ("😀", []),
        ("路\u202e灯\x00", [1]),
    ],
)
def test_words_are_found(shelf: Shelf, text: str, expected: list[int]) -> None:
    for pk, (title, body) in TEXTS.items():
        shelf.put(pk, title, body)
    assert ids(found(text)) == expected


def test_letters_that_stand_apart_are_no_word(shelf: Shelf) -> None:
    shelf.put(1, "停车很难，车难停")
    assert not found("停车难").hits
    assert found("停车").count == 1


@pytest.mark.parametrize(
    "text", ["041", "41", "第041号", "第41号", "041号", "16-5-041", "16-5-41", "JY-16-5-041", "５-４１"]
)
def test_numbers_are_found_however_they_are_written(shelf: Shelf, text: str) -> None:
    shelf.put(1, "路灯", ref="JY-16-5-041")
    shelf.put(2, "停车", ref="JY-16-5-141")
    shelf.put(3, "41路公交", ref="JY-16-4-007")
    assert 1 in ids(found(text))
    assert 2 not in ids(found(text))


@pytest.mark.parametrize("text", ["zhangsan", "ZhangS", "zs", "san", "张三", "三"])
def test_people_are_found_by_sound(shelf: Shelf, text: str) -> None:
    shelf.put(1, "路灯", names=("张三", "李四"))
    shelf.put(2, "停车", names=("王五",))
    assert ids(found(text)) == [1]


def test_a_word_in_the_text_is_no_name(shelf: Shelf) -> None:
    shelf.put(1, "张三的路灯")
    assert not found("zhangsan").hits


def test_other_names_are_looked_for_and_said(shelf: Shelf) -> None:
    shelf.put(1, "垃圾箱满了")
    shelf.put(2, "垃圾桶满了")
    actions.add_synonyms(kind=SynonymKind.WORD, words=["垃圾桶", "垃圾箱", "果皮箱"], actor=STAFF)
    result = found("垃圾桶")
    assert ids(result) == [2, 1]
    assert result.also == ("垃圾箱", "果皮箱")
    assert found("垃圾桶满").also == ("垃圾箱满", "果皮箱满")
    assert ids(found('"垃圾桶"')) == [2]
    assert ("垃圾箱", True) in result.hits[1].title


def test_other_names_belong_to_a_congress(shelf: Shelf) -> None:
    shelf.put(1, "垃圾箱满了")
    actions.add_synonyms(kind=SynonymKind.WORD, words=["垃圾桶", "垃圾箱"], actor=an_actor("person:9", congress_id=2))
    assert not found("垃圾桶").hits


def test_marks_and_snippets(shelf: Shelf) -> None:
    shelf.put(1, "路灯<b>不亮</b>", "甲" * 100 + "路灯坏了")
    (hit,) = found("路灯").hits
    assert hit.title == (("路灯", True), ("<b>不亮</b>", False))
    assert ("路灯", True) in hit.snippet
    assert hit.plain_title == "路灯<b>不亮</b>"


# -- who ---------------------------------------------------------------------------------------------------------------


def test_each_side_finds_its_own(shelf: Shelf) -> None:
    shelf.put(1, "公开的路灯", side="public")
    shelf.put(2, "内部的路灯", side="inside", audience={"unit:7"})
    assert ids(found("路灯")) == [1]
    assert ids(found("路灯", actor=CLERK)) == [2]
    assert not found("路灯", actor=STRANGER).hits
    assert not found("路灯", actor=an_actor("person:4")).hits
    assert not found("路灯", actor=STAFF).count


def test_rights_cannot_be_typed(shelf: Shelf) -> None:
    shelf.put(2, "内部的路灯", side="inside", audience={"unit:7"})
    for text in ("a/test.matter:unit:7", "'a/test.matter:unit:7'", "unit:7", "k/test.matter"):
        assert not found(text).hits
        assert not found(text, actor=STRANGER).hits


def test_a_congress_finds_its_own(shelf: Shelf) -> None:
    shelf.put(1, "路灯", congress_id=2)
    assert not found("路灯").hits
    assert ids(selectors.find(Query(congress_id=2, text="路灯"))) == [1]


# -- filters, counts ---------------------------------------------------------------------------------------------------


def test_filters_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, other = a_shelf(monkeypatch, NAME, OTHER)
    shelf.put(1, "路灯", category_id=1, unit_id=5, street_id=3, year=2025, state="open", grade="A")
    shelf.put(2, "路灯", category_id=2, unit_id=5, street_id=4, year=2024, state="closed", grade="B")
    other.put(1, "路灯", category_id=1, year=2025, state="open")
    result = found("路灯")
    assert (result.count, result.capped) == (3, False)
    assert dict(result.facets["kind"]) == {NAME: 2, OTHER: 1}
    assert dict(result.facets["category"]) == {1: 2, 2: 1}
    assert dict(result.facets["unit"]) == {5: 2}
    assert dict(result.facets["state"]) == {"open": 2, "closed": 1}
    assert dict(result.facets["grade"]) == {"A": 1, "B": 1}
    for filters, expected in [
        ({"category_id": 1}, 2),
        ({"unit_id": 5}, 2),
        ({"street_id": 4}, 1),
        ({"year": 2025}, 2),
        ({"state": "open"}, 2),
        ({"grade": "B"}, 1),
        ({"kinds": (OTHER,)}, 1),
        ({"kinds": (OTHER,), "state": "closed"}, 0),
        ({"kinds": ("no.such",)}, 0),
        ({"state": "\x00\ud800"}, 0),
    ]:
        for actor in (None, STAFF):
            result = found("路灯", actor=actor, **filters)
            assert (result.count, len(result.hits)) == (expected, expected), filters
        assert found("", **filters).count == expected, filters


def test_nothing_found_has_no_counts(shelf: Shelf) -> None:
    shelf.put(1, "路灯")
    result = found("水管")
    assert (result.count, result.hits, result.next_after) == (0, (), "")
    assert not any(result.facets.values())


# -- order, pages ------------------------------------------------------------------------------------------------------


def all_pages(ask: Callable[[str], Found]) -> list[int]:
    seen: list[int] = []
    after = ""
    for _ in range(50):
        result = ask(after)
        seen += ids(result)
        if not result.next_after:
            return seen
        after = result.next_after
    raise AssertionError("pages without end")


@pytest.mark.parametrize("order", ["time", "relevance"])
def test_pages_follow_each_other_without_gap_or_double(shelf: Shelf, order: str) -> None:
    for pk in range(1, 24):
        shelf.put(pk, "路灯" if pk % 3 else "灯", "路灯", at=NOON + timedelta(hours=pk // 4))
    query = Query(congress_id=1, text="路灯", order=order, size=5)
    whole = ids(selectors.find(replace(query, size=100)))
    assert all_pages(lambda after: selectors.find(replace(query, after=after))) == whole
    assert sorted(whole) == list(range(1, 24))


def test_a_page_begins_after_a_hit_that_is_gone(shelf: Shelf) -> None:
    for pk in range(1, 8):
        shelf.put(pk, "路灯")
    first = found("路灯", size=3)
    shelf.drop(5)
    assert ids(found("路灯", size=3, after=first.next_after)) == [4, 3, 2]


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "=",
        "é",
        "\ud800",
        "W10",
        "WzEsMiwzXQ",
        "bnVsbA",
        "WyIwIiwiMjAyNS0wMS0wMSIsMV0",
        "A" * 10_000,
        "[1]",
        "\x00",
    ],
)
def test_a_cursor_that_we_did_not_make_is_the_first_page(shelf: Shelf, after: str) -> None:
    shelf.put(1, "路灯")
    assert ids(found("路灯", after=after)) == [1]


def test_relevance_says_what_counts_more(shelf: Shelf) -> None:
    actions.add_synonyms(kind=SynonymKind.WORD, words=["路灯", "街灯"], actor=STAFF)
    shelf.put(1, "街灯坏")
    shelf.put(2, "停车", "路灯")
    shelf.put(3, "路灯坏")
    shelf.put(4, "停车", names=("路灯",))
    result = found("路灯", order="relevance")
    assert [(hit.object_id, hit.score) for hit in result.hits] == [(4, 8), (3, 8), (1, 6), (2, 2)]
    assert [hit.score for hit in found("路灯").hits] == [0, 0, 0, 0]


def test_a_number_counts_most(shelf: Shelf) -> None:
    shelf.put(1, "路灯", ref="JY-16-5-041")
    shelf.put(2, "041路公交")
    assert ids(found("041", order="relevance")) == [1, 2]


# -- many --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def few_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten hits are many."""
    monkeypatch.setattr(finding, "CAP", 10)
    original = finding.prepared
    monkeypatch.setattr(finding, "prepared", lambda query, cap=10, **more: original(query, cap, **more))


@pytest.mark.usefixtures("few_count")
@pytest.mark.parametrize(
    ("analysed", "number", "plan"), [(True, 150, "newest"), (False, 150, "newest"), (False, 40, "all")]
)
def test_of_many_the_newest_count_and_all_can_be_paged_through(
    shelf: Shelf, analysed: bool, number: int, plan: str
) -> None:
    for pk in range(1, number + 1):
        shelf.put(pk, "路灯" if pk % 2 else "停车", at=NOON - timedelta(days=10 * pk), year=2025 if pk < 30 else 2024)
    selectors.find(Query(congress_id=1))
    if analysed:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_entry")
        profile.forget()
    result = found("路灯", size=4)
    assert (result.count, result.capped, result.plan) == (10, True, plan)
    assert ids(result) == [1, 3, 5, 7]
    assert dict(result.facets["year"]) == {2025: 10}
    assert all_pages(lambda after: found("路灯", size=7, after=after)) == list(range(1, number, 2))
    assert ids(found("路灯", order="relevance", size=20)) == list(range(1, 20, 2))
    assert found("水管", size=4).plan == "all"


@pytest.mark.usefixtures("few_count")
def test_statistics_that_mislead_cost_time_only(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    for pk in range(1, 9):
        shelf.put(pk, "路灯", at=NOON - timedelta(days=100 * pk))
    days = tuple((NOON - timedelta(days=n)).toordinal() for n in range(200, 0, -1))
    lies = profile.Profile(pages=1, entries=1_000_000, bounds=days, shares={"路灯": 0.9})
    monkeypatch.setattr(profile, "current", lambda: lies)
    result = found("路灯")
    assert (ids(result), result.count, result.capped) == (list(range(1, 9)), 8, False)


@pytest.mark.usefixtures("few_count")
def test_a_filter_that_the_index_does_not_know_counts_too(shelf: Shelf) -> None:
    for pk in range(1, 61):
        shelf.put(pk, "路灯", at=NOON - timedelta(days=pk), state="open" if pk % 20 == 0 else "closed")
    result = found("路灯", state="open")
    assert (ids(result), result.capped) == ([20, 40, 60], False)


# -- cost, bad input ---------------------------------------------------------------------------------------------------


def test_it_costs_two_queries(shelf: Shelf) -> None:
    shelf.put(1, "路灯")
    found("路灯")  # what is kept for some seconds
    for text, cost in (("路灯", 2), ("水管", 1), ("", 2), ("😀", 0)):
        with CaptureQueriesContext(connection) as queries:
            found(text)
        assert len(queries) == cost, text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(
        st.text(alphabet="路灯停车ab10 -—号第'\"“”「」\\&|!():*<>@%_\x00\n\u202e\ud800😀，", max_size=40),
        st.text(max_size=30),
    ),
    st.sampled_from(["time", "relevance"]),
)
def test_whatever_is_typed_is_answered(shelf: Shelf, text: str, order: str) -> None:
    shelf.put(1, "路灯停车", names=("张三",))
    found(text, order=order, actor=STAFF)
    found(text, order=order)
    selectors.hints(Query(congress_id=1, text=text))


def test_ten_thousand_characters_are_cut_and_it_is_said(shelf: Shelf) -> None:
    shelf.put(1, "路灯")
    assert found("路灯 " * 3000).left_out
    assert ids(found("路灯 " * 3000)) == [1]
    assert not found("路" * 10_000).hits


# -- hints -------------------------------------------------------------------------------------------------------------


def hints(text: str, **columns: Any) -> list[str]:
    return [hint.text for hint in selectors.hints(Query(congress_id=1, text=text, **columns))]


def test_names_and_titles_are_suggested_once(shelf: Shelf) -> None:
    shelf.put(1, "路灯不亮", names=("张三",))
    shelf.put(2, "路灯不亮", names=("张三",))
    shelf.put(3, "张家路停车", ref="T-41")
    assert hints("路灯") == ["路灯不亮"]
    assert hints("zhang") == ["张三"]
    assert set(hints("张")) == {"张三", "张家路停车"}
    assert hints("T-4") == ["张家路停车"]
    assert hints("") == []
    assert selectors.hints(Query(congress_id=1, text="zs"))[0].parts == (("张三", True),)


def test_what_may_not_be_seen_is_not_suggested(shelf: Shelf) -> None:
    shelf.put(1, "内部路灯", side="inside", audience={"unit:7"})
    assert hints("路灯") == []
    assert hints("路灯", actor=STRANGER) == []
    assert hints("路灯", actor=CLERK) == ["内部路灯"]
