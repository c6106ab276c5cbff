"""What was looked for is marked in pieces; nothing is lost, nothing is HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.search.rules.asked import read
from openrenda.search.rules.marking import SNIPPET, Marker, marked, snippet

TEXT = st.text(alphabet="路灯停车难ab1<>&\"' \n，", max_size=300)


def shown(raw: str, text: str, names: str = "") -> str:
    """[ ] around what is marked."""
    pattern = Marker(read(raw).terms).for_names(names)
    return "".join(f"[{part}]" if hit else part for part, hit in marked(text, pattern))


@pytest.mark.parametrize(
    ("raw", "text", "expected"),
    [
        ("路灯", "路灯坏了，路灯！", "[路灯]坏了，[路灯]！"),
        ("路", "路灯路", "[路]灯[路]"),
        ("停车 停车难", "停车难，停车", "[停车难]，[停车]"),
        ("app", "App闪退", "[App]闪退"),
        ("第041号", "第041号建议", "[第041号]建议"),
        ("041", "JY-16-5-041", "JY-16-5-[041]"),
        ("41", "1410 041", "1410 [041]"),
        ("16-5-41", "JY-16-5-041", "JY-[16-5-041]"),
        ("<b>", "<b>粗</b>", "<[b]>粗</[b]>"),
        ("水", "路灯", "路灯"),
    ],
)
def test_marks(raw: str, text: str, expected: str) -> None:
    assert shown(raw, text) == expected


@pytest.mark.parametrize("raw", ["zhangsan", "zs", "zhangs", "san", "ZS"])
def test_a_name_typed_in_letters_is_marked(raw: str) -> None:
    assert shown(raw, "代表张三的建议", "李四\n张三") == "代表[张三]的建议"


def test_the_snippet_stands_around_the_first_match() -> None:
    body = "甲" * 200 + "路灯" + "乙" * 200
    parts = snippet(body, Marker(read("路灯").terms).for_names(""))
    whole = "".join(text for text, _ in parts)
    assert ("路灯", True) in parts
    assert whole.startswith("…甲")
    assert whole.endswith("乙…")
    assert len(whole) <= SNIPPET + 2


def test_without_a_match_the_snippet_is_the_beginning() -> None:
    assert snippet("甲乙丙", None) == (("甲乙丙", False),)
    assert snippet("", None) == ()
    assert "".join(text for text, _ in snippet("甲\n\n乙" * 200, None)).startswith("甲 乙甲 乙")


@given(st.text(max_size=30), TEXT)
def test_the_pieces_are_the_text(raw: str, text: str) -> None:
    parts = marked(text, Marker(read(raw).terms).for_names(""))
    assert "".join(part for part, _ in parts) == text
    assert all(part for part, _ in parts)


@given(TEXT, TEXT)
def test_a_snippet_is_short_whatever_is_asked(raw: str, body: str) -> None:
    assert len("".join(text for text, _ in snippet(body, Marker(read(raw).terms).for_names("")))) <= SNIPPET + 2
