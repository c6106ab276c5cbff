"""What cells mean, and what of them may never run."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.exchange.rows import BadCell, Row
from openrenda.exchange.rules.cells import is_dangerous, neutralised, restored
from openrenda.exchange.rules.days import NO_DATE, NO_SUCH_DAY, NO_YEAR, BadDay, parse_day

TEXTS = st.text(max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "　=1",
        "＝1+1",
        "＠x",
        "\ufeff=1",
        "+86 138",
        "-",
        "=",
        "\n=1",
    ],
)
def test_what_a_spreadsheet_would_calculate_is_made_text(text: str) -> None:
    assert neutralised(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "修桥", "-12.5", "+3", "-1,200.00", "a=b", "1-2", "2025-03-06", "'x"])
def test_everything_else_is_left_alone(text: str) -> None:
    assert neutralised(text) == text


@given(TEXTS)
def test_neutralised_text_is_harmless_and_stays_so(text: str) -> None:
    once = neutralised(text)
    assert not is_dangerous(once)
    assert neutralised(once) == once


@given(TEXTS.filter(lambda text: not text.startswith("'")))
def test_nothing_is_lost(text: str) -> None:
    assert restored(neutralised(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "2025-3-6",
        "2025/03/06",
        "2025.3.6",
        "2025年3月6日",
        "2025 年 3 月 6 日",
        "20250306",
        "２０２５－０３－０６",
        "45722",
        "45722.0",
        "2025-03-06 09:30",
        "2025-03-06T09:30:00",
        "2025年3月6号",
    ],
)
def test_days_are_understood_however_they_are_written(text: str) -> None:
    assert parse_day(text) == date(2025, 3, 6)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3月6日", NO_YEAR),
        ("3-6", NO_YEAR),
        ("03/06", NO_YEAR),
        ("2025-13-01", NO_SUCH_DAY),
        ("2025-02-30", NO_SUCH_DAY),
        ("20250230", NO_SUCH_DAY),
        ("去年", NO_DATE),
        ("2025", NO_DATE),
        ("2025-03", NO_DATE),
        ("0000-01-01", NO_DATE),
        ("250306", NO_DATE),
        ("9999999", NO_DATE),
    ],
)
def test_days_that_cannot_be_meant_say_why(text: str, reason: str) -> None:
    with pytest.raises(BadDay) as bad:
        parse_day(text)
    assert bad.value.reason == reason


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_comes_back_from_every_spelling(day: date) -> None:
    for spelling in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", f"{day:%Y/%m/%d}"):
        assert parse_day(spelling) == day


def _said(read: Callable[[str], object]) -> str | None:
    """The whole reason of a refusal; None when the cell was read."""
    try:
        read("x")
    except BadCell as bad:
        return bad.reason.format(**dict.fromkeys(bad.params, "…"))
    return None


@given(TEXTS)
def test_no_text_breaks_a_reader(text: str) -> None:
    row = Row("", 2, {"x": text})
    for read in (row.day, row.codes, row.number, row.amount, row.month, row.flag, row.moment, row.code):
        said = _said(read)
        assert said is None or said.format()


def _cell(text: str) -> Row:
    return Row("", 2, {"x": text})


def test_typed_access() -> None:
    assert _cell("第041号").number("x") == 41
    assert _cell("41.0").number("x") == 41
    assert _cell("１８，６００.5").amount("x") == Decimal("18600.5")
    assert _cell("甲；乙、丙,丁\n戊").codes("x") == ["甲", "乙", "丙", "丁", "戊"]
    assert _cell("1985.3").month("x") == _cell("1985年3月").month("x") == _cell("1985-03-01").month("x") == "1985-03"
    assert _cell("是").flag("x") is True
    assert _cell("").flag("x", default=True) is True
    assert _cell("Ｄ 001").code("x") == "D001"
    assert _cell("114.62499").coordinate("x", 180) == Decimal("114.62499")


@pytest.mark.parametrize("read", ["number", "amount", "month", "flag", "moment"])
def test_refusals_name_the_column(read: str) -> None:
    with pytest.raises(BadCell) as bad:
        getattr(_cell("不知道"), read)("x")
    assert bad.value.column == "x"
    assert "不知道" in bad.value.reason.format(**bad.value.params)


def test_a_cell_that_could_not_be_read_is_refused_by_every_reader() -> None:
    row = Row("", 2, {"x": ""}, {"x": "公式"})
    for read in (row.text, row.day, row.codes, row.number):
        with pytest.raises(BadCell, match="公式"):
            read("x")
