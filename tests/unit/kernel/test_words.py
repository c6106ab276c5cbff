"""What residents write: empty, huge, full of markup, rare characters; codes and networks."""

from datetime import date

import pytest

from openrenda.kernel import codes, texts
from openrenda.kernel.errors import BadWords
from openrenda.liaison.states import RefusalReason


@pytest.mark.parametrize("raw", ["", "   ", "\n\t ", "\u0000", "\u202e\u202c"])
def test_empty_words_are_refused_in_words(raw: str) -> None:
    with pytest.raises(BadWords) as refused:
        texts.block(raw, "content")
    assert "content" in refused.value.fields


def test_a_hundred_kilobytes_are_refused() -> None:
    with pytest.raises(BadWords):
        texts.block("水" * 100_000, "content")
    with pytest.raises(BadWords):
        texts.line("水" * 100_000, "title")


def test_the_limit_itself_is_allowed() -> None:
    assert len(texts.block("水" * 2000, "content")) == 2000
    with pytest.raises(BadWords):
        texts.block("水" * 2001, "content")


def test_markup_is_text_like_any_other() -> None:
    assert texts.block("<script>alert(1)</script>", "content") == "<script>alert(1)</script>"


def test_rare_characters_stay_and_tricks_go() -> None:
    assert texts.line("𠮷㙍·阿不都", "title") == "𠮷㙍·阿不都"
    assert texts.line("好\u202e坏\u0007", "title") == "好坏"


def test_lines_are_joined_in_a_title() -> None:
    assert texts.line("一\r\n  二", "title") == "一 二"


@pytest.mark.parametrize("raw", ["", "call me", "12", "1" * 30])
def test_a_phone_must_be_one(raw: str) -> None:
    with pytest.raises(BadWords):
        texts.phone(raw, required=True)


def test_public_words_hold_no_personal_numbers() -> None:
    with pytest.raises(BadWords):
        texts.public_block("请打１３８00004447找我", "summary")


def test_codes_match_their_number_only() -> None:
    stored = codes.code_hash(1, "YJ2025-S01-000001", "12345678")
    assert codes.code_matches(stored, 1, "YJ2025-S01-000001", "12345678")
    assert not codes.code_matches(stored, 1, "YJ2025-S01-000002", "12345678")
    assert not codes.code_matches(stored, 2, "YJ2025-S01-000001", "12345678")
    assert not codes.code_matches(stored, 1, "YJ2025-S01-000001", "12345679")
    assert not codes.code_matches("", 1, "YJ2025-S01-000001", "12345678")
    assert "12345678" not in stored


def test_what_was_copied_from_paper_is_understood() -> None:
    assert codes.tidy_number(" yj2025－s01-000001 ") == "YJ2025-S01-000001"
    assert codes.tidy_code("１２３４ 5678") == "12345678"


def test_a_network_is_forgotten_overnight() -> None:
    one = codes.origin_hash("203.0.113.7", date(2025, 3, 10))
    assert one == codes.origin_hash("203.0.113.99", date(2025, 3, 10))
    assert one != codes.origin_hash("203.0.113.7", date(2025, 3, 11))
    assert one != codes.origin_hash("203.0.114.7", date(2025, 3, 10))


def test_every_refusal_reason_has_a_way_on() -> None:
    assert len(RefusalReason) == 10
    assert len({reason.way_on for reason in RefusalReason}) == 10
    assert all(reason.way_on.endswith("。") for reason in RefusalReason)
