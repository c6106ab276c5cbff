"""Whatever is typed is understood as something that can be asked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.search.rules import asked
from openrenda.search.rules.asked import READ_LIMIT, TERM_LIMIT, Way, condition, read

AWKWARD = st.text(
    alphabet="路灯停车ab1 0-—号第'\"“”「」\\&|!():*<>@%_\x00\n\t\u202e\u200b\ud800\udfff😀́·，。",
    max_size=60,
)
WELL_FORMED = re.compile(r"\((?:'[^'\\ ]+'(?::\*)?|[()]| [&|] )+\)")


def words(raw: str) -> list[str]:
    return [term.text for term in read(raw).terms]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("路灯 停车", ["路灯", "停车"]),
        ("路灯，停车；难", ["路灯", "停车", "难"]),
        ("路灯 路灯", ["路灯"]),
        ("ＡＢ　路", ["ab", "路"]),
        ("16-5-041 第041号", ["16-5-041", "第041号"]),
        ("3号楼A座", ["3号楼a座"]),
        ("-路-", ["路"]),
        ("a & b | !c:* ( ) \\ ' \"", ["a", "b", "c"]),
        ("路\u202e灯", ["路灯"]),
        ("路\ud800灯", ["路", "灯"]),
        ("路\x00灯", ["路", "灯"]),
        ("", []),
        ("   ", []),
        ("😀", []),
        ("阿卜杜拉·买买提", ["阿卜杜拉", "买买提"]),
    ],
)
def test_words(raw: str, expected: list[str]) -> None:
    assert words(raw) == expected


@pytest.mark.parametrize("raw", ['"停车难"', "“停车难”", "「停车难」", "『停车难』"])
def test_quotes_ask_for_just_these_words(raw: str) -> None:
    given_words = {"停车难": ["泊车难"]}
    (term,) = read(raw, lambda word: given_words.get(word, [])).terms
    assert term.ways == (Way("停车难", ("停车", "车难"), exact=True),)


@pytest.mark.parametrize("raw", ['"停车', "停车”", '"""停车', "「停车", "“”停车"])
def test_quotes_that_do_not_close_are_no_quotes(raw: str) -> None:
    assert words(raw) == ["停车"]


def test_other_names_are_other_ways() -> None:
    (term,) = read("垃圾桶", lambda _: ["垃圾箱", "果皮箱", "垃圾桶"]).terms
    assert term.also == ("垃圾箱", "果皮箱")
    assert [way.text for way in term.ways] == ["垃圾桶", "垃圾箱", "果皮箱"]


@pytest.mark.parametrize("raw", ["第041号", "041", "41", "041号", "０４１"])
def test_a_number_is_one_however_it_is_written(raw: str) -> None:
    (term,) = read(raw).terms
    assert ("n/41",) in [way.lexemes for way in term.ways]


@pytest.mark.parametrize("raw", ["JY-16-5-041", "jy-16-5-41", "JY—16—5—041"])
def test_numbers_of_several_parts(raw: str) -> None:
    (term,) = read(raw).terms
    assert ("n/jy-16-5-41",) in [way.lexemes for way in term.ways]


def test_a_number_may_go_on_while_it_is_typed() -> None:
    (term,) = read("16-5", typing=True).terms
    assert ("n/16-5*",) in [way.lexemes for way in term.ways]


def test_letters_may_be_a_name() -> None:
    (term,) = read("ZhangW").terms
    assert ("p/zhangw*",) in [way.lexemes for way in term.ways]


@pytest.mark.parametrize(
    ("raw", "exact"), [("路", False), ("路灯", False), ("路灯坏", True), ("3号", True), ("app", False), ("a-b", True)]
)
def test_the_text_is_looked_at_where_lexemes_could_deceive(raw: str, exact: bool) -> None:
    assert read(raw).terms[0].ways[0].exact is exact


def test_too_much_is_cut_and_said() -> None:
    assert not read("路灯 " * 3).left_out
    many = read(" ".join(chr(0x4E00 + n) * 2 for n in range(20)))
    assert (len(many.terms), many.left_out) == (TERM_LIMIT, True)
    long = read("停" * 5000)
    assert (len(long.terms), long.left_out) == (1, True)
    assert len(long.terms[0].text) == asked.LONG_TERM
    assert read("，" * (READ_LIMIT + 1)).left_out


def test_what_cannot_be_read_is_said() -> None:
    assert read("😀 !!!").unreadable
    assert not read("  ").unreadable
    assert not read("路😀").unreadable


@given(st.one_of(AWKWARD, st.text(max_size=60)))
def test_whatever_is_typed_the_condition_is_well_formed(raw: str) -> None:
    found = read(raw, lambda word: [word + "'", "其他"])
    text = condition(found.terms)
    assert bool(text) == bool(found.terms)
    assert not text or WELL_FORMED.fullmatch(text)
    assert text.count("(") == text.count(")")
    text.encode()
    assert "\x00" not in text
    for term in found.terms:
        term.text.encode()
        assert all(way.lexemes for way in term.ways)
