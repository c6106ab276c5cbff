"""What the index holds of an entry."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.kernel import clock
from openrenda.search.rules import lexemes, windows
from openrenda.search.rules.text import compared, shown
from openrenda.search.values import Doc

ANY_TEXT = st.text(max_size=200)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("路灯坏", {"路灯", "灯坏", "坏"}),
        ("路", {"路"}),
        ("路灯，坏", {"路灯", "灯", "坏"}),
        ("3号楼", {"3", "号楼", "楼"}),
        ("041号", {"41", "号"}),
        ("000", {"0"}),
        ("App闪退", {"app", "闪退", "退"}),
        ("ＡＰＰ５Ｇ", {"app5g"}),
        ("路\u200b灯", {"路灯", "灯"}),
        ("𠮷田\U00031351", {"𠮷田", "田\U00031351", "\U00031351"}),
        ("㎡", {"m2"}),
        ("", set()),
        ("😀！", set()),
    ],
)
def test_text_becomes_neighbours_words_and_numbers(text: str, expected: set[str]) -> None:
    assert lexemes.of_text(text) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("第041号", {"n/41"}),
        ("16-5-041", {"n/16-5-41", "n/5-41", "n/41"}),
        ("JY-16-5-041", {"n/jy-16-5-41", "n/16-5-41", "n/5-41", "n/41"}),
        ("YJ2025-0012", {"n/yj-2025-12", "n/2025-12", "n/12"}),
        ("S01", {"n/s-1", "n/1"}),
        ("", set()),
    ],
)
def test_numbers_are_kept_from_each_part_on(number: str, expected: set[str]) -> None:
    assert lexemes.of_number(number) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张三丰", {"zhangsanfeng", "zsf", "sanfeng"}),
        ("单雄信", {"shanxiongxin", "sxx", "xiongxin"}),
        ("桐花里社区", {"tonghualishequ", "thlsq"}),
        ("古丽·买买提", {"guli", "gl", "li", "maimaiti", "mmt", "maiti"}),
    ],
)
def test_names_are_kept_as_they_are_typed_in_letters(name: str, expected: set[str]) -> None:
    assert lexemes.sounds(name) == expected


def test_an_entry_holds_its_text_numbers_names_filters_rights_and_days() -> None:
    doc = Doc(
        object_id=1,
        congress_id=1,
        is_public=False,
        ref="T-7",
        title="路灯",
        at=datetime(2025, 3, 10, 23, 30, tzinfo=clock.ZONE),
        body="坏",
        names=("王五",),
        audience=frozenset({"unit:4"}),
        category_id=2,
        unit_id=4,
        street_id=None,
        year=2025,
    )
    found = lexemes.of_doc("test.matter", doc)
    assert {"路灯", "灯", "坏", "王五", "五"} <= found
    assert {"n/7", "p/wangwu", "p/ww", "k/test.matter", "a/test.matter:unit:4", "c/2", "u/4", "y/2025"} <= found
    assert not any(lexeme.startswith(("s/", "o/")) for lexeme in found)
    assert f"t0/{date(2025, 3, 10).toordinal()}" in found


@given(ANY_TEXT)
def test_no_text_is_taken_for_a_right_a_filter_or_a_number(text: str) -> None:
    assert not any("/" in lexeme or ":" in lexeme or "'" in lexeme for lexeme in lexemes.of_text(text))


@given(ANY_TEXT)
def test_lexemes_can_be_stored(text: str) -> None:
    for lexeme in lexemes.of_text(text):
        assert 0 < len(lexeme.encode()) <= 400


@given(ANY_TEXT, st.integers(0, 200), st.integers(2, 12))
def test_each_two_neighbours_of_a_text_are_found(text: str, start: int, length: int) -> None:
    """Whatever is cut out of a text has only lexemes that the text has, but for words cut in two."""
    cut = "".join(c for c in compared(text)[start : start + length] if "\u4e00" <= c <= "\u9fff")
    if len(cut) >= 2 and cut in compared(text):
        assert {cut[i : i + 2] for i in range(len(cut) - 1)} <= lexemes.of_text(text)


@given(ANY_TEXT)
def test_what_is_shown_can_be_stored_and_is_compared_alike(text: str) -> None:
    kept = shown(text)
    kept.encode()
    assert "\x00" not in kept
    assert compared(kept) == compared(text)


# -- days --------------------------------------------------------------------------------------------------------------


@given(st.integers(700_000, 760_000), st.integers(0, 9000), st.integers(-50, 9050))
def test_a_range_of_days_is_its_blocks_and_no_others(first: int, length: int, place: int) -> None:
    blocks = windows.between(first, first + length)
    inside = bool(set(blocks) & set(windows.times(date.fromordinal(first + place))))
    assert inside == (0 <= place <= length)
    assert len(blocks) <= 80


@given(st.integers(700_000, 760_000), st.integers(-400, 8000))
def test_since_a_day_is_all_that_follows_in_twenty_years(first: int, place: int) -> None:
    blocks = windows.since(first)
    assert bool(set(blocks) & set(windows.times(date.fromordinal(first + place)))) == (place >= 0)
