"""Lists as files: real days and numbers, texts that stay texts, sheets that end where Excel ends."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import load_workbook

from openrenda.exchange.errors import TooLong
from openrenda.exchange.rules.texts import CUT, LONGEST, cell_text
from openrenda.exchange.states import Format
from openrenda.exchange.tables import DAY, MOMENT, MONEY, NUMBER, PERCENT, TEXT, Value, walk
from openrenda.exchange.writing import csv_lines, xlsx
from openrenda.exchange.writing.plan import EVERY, About, Head, at_most, counted

# Moments of Shanghai without a zone, as Excel knows them.
NINE, TAKEN = datetime.fromisoformat("2025-03-06T09:05"), datetime.fromisoformat("2025-03-10T09:00")
HEADS = (
    Head("标题", TEXT, 40), Head("日期", DAY), Head("时间", MOMENT), Head("件数", NUMBER), Head("比例", PERCENT),
    Head("金额", MONEY),
)  # fmt: skip
LINE: list[Value] = [
    "修路灯", date(2025, 3, 6), NINE, 12, Fraction(1, 2), Decimal("1234.50"),
]  # fmt: skip
ABOUT = About("公开的/群众意见", "person:17", "沈若兰", TAKEN, [("筛选", "=1+1")], "行数")
DANGEROUS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\r=1", "＝1+1", " =1")


def book(lines: Sequence[list[Value]], **given: Any) -> Any:
    file = io.BytesIO()
    count = xlsx.write(file, ABOUT, HEADS, lines, **given)
    assert count == len(lines)
    return load_workbook(file)


def test_excel_gets_real_days_and_numbers() -> None:
    sheet = book([LINE]).worksheets[0]
    cells = next(iter(sheet.iter_rows(min_row=2)))
    assert [cell.value for cell in cells] == [
        "修路灯", datetime.fromisoformat("2025-03-06"), NINE, 12, 0.5, 1234.5,
    ]  # fmt: skip
    assert [cell.number_format for cell in cells] == [
        "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "General", "0.0%", "#,##0.00",
    ]  # fmt: skip


def test_the_head_stays_and_every_column_can_be_filtered() -> None:
    sheet = book([LINE, LINE]).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F3")
    assert [cell.value for cell in sheet[1]] == [head.label for head in HEADS]
    assert sheet.column_dimensions["A"].width == 40


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_a_formula(text: str) -> None:
    """Read back from the file: the text is text, and begins with nothing that a spreadsheet calculates."""
    cell = book([[text, *LINE[1:]]]).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    line = next(csv.reader(io.StringIO(csv_text([[text, *LINE[1:]]], Format.CSV).split("\r\n", 1)[1])))
    assert line[0].startswith("'")


def test_an_error_code_stays_a_text_and_nothing_stays_nothing() -> None:
    sheet = book([["#N/A", None, None, None, None, None]]).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("#N/A", "s")
    assert [cell.value for cell in next(iter(sheet.iter_rows(min_row=2)))[1:]] == [None] * 5


def test_a_full_sheet_is_followed_by_another_and_an_empty_list_is_one() -> None:
    names = {n: [s.title for s in book([LINE] * n, sheet_rows=3).worksheets] for n in (0, 1, 2, 3, 5)}
    one = ["公开的 群众意见", "说明"]
    assert names == {0: one, 1: one, 2: one, 3: [one[0], "公开的 群众意见 2", "说明"],
                     5: [one[0], "公开的 群众意见 2", "公开的 群众意见 3", "说明"]}  # fmt: skip


def test_the_second_sheet_and_the_properties_say_who_took_what() -> None:
    made = book([LINE])
    assert list(made["说明"].iter_rows(values_only=True)) == [("筛选", "'=1+1"), ("行数", "1")]
    assert made.properties.creator == "沈若兰 person:17"
    assert made.properties.created == TAKEN


def csv_text(lines: Sequence[list[Value]], form: Format) -> str:
    return b"".join(csv_lines.chunks(HEADS, lines, form)).decode(form.encoding).removeprefix("\ufeff")


def test_csv_is_plain_and_known_to_excel() -> None:
    raw = b"".join(csv_lines.chunks(HEADS, [LINE], Format.CSV))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\xef\xbb\xbf") == 1
    assert csv_text([LINE], Format.CSV).split("\r\n")[1] == "修路灯,2025-03-06,2025-03-06 09:05,12,50.0%,1234.50"


def test_csv_for_old_programs_holds_rare_characters_too() -> None:
    raw = b"".join(csv_lines.chunks(HEADS, [["𠮷·㐂", *LINE[1:]]], Format.CSV_GBK))
    assert raw[:4] == "标题".encode("gbk")
    assert "𠮷·㐂" in raw.decode("gb18030")


def test_lines_come_in_pieces() -> None:
    pieces = list(csv_lines.chunks(HEADS, [LINE] * (2 * csv_lines.CHUNK + 1), Format.CSV))
    assert len(pieces) == 3
    assert "\ufeff" not in pieces[1].decode()


@pytest.mark.parametrize(
    ("raw", "kept"),
    [("a\x00b\x07c", "abc"), ("一\r\n二\r三", "一\n二\n三"), ("\ud800x", "x"), ("=\x001", "'=1"), ("好😀", "好😀")],
)
def test_what_no_cell_can_hold_is_left_out(raw: str, kept: str) -> None:
    assert cell_text(raw) == kept


@pytest.mark.parametrize("letter", ["字", "😀"])
def test_a_text_that_is_too_long_is_cut_and_says_so(letter: str) -> None:
    cut = cell_text(letter * 40_000)
    assert cut.endswith(CUT)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST
    assert cell_text("字" * LONGEST) == "字" * LONGEST


def test_counting_tells_now_and_then_and_at_the_end() -> None:
    told: list[int] = []
    assert len(list(counted([LINE] * (EVERY + 5), told.append))) == EVERY + 5
    assert told == [EVERY, EVERY + 5]


def test_one_row_too_many_is_too_long() -> None:
    assert len(list(at_most([LINE] * 3, 3))) == 3
    with pytest.raises(TooLong):
        list(at_most([LINE] * 4, 3))


def test_walking_stops_where_the_cursor_ends() -> None:
    pages = {None: ([1, 2], 2), 2: ([3], 3), 3: ([], None)}
    assert list(walk(lambda after: pages[after])) == [1, 2, 3]
