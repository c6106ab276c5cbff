"""Reading a district's files: encodings, headers, cells; every fault with file, line and reason."""

from datetime import date
from pathlib import Path

import pytest

from openrenda.cli.district.institution import parents_first
from openrenda.cli.district.reading import BadCell, Row, Table, read_table
from openrenda.cli.district.records import split_text
from openrenda.exchange.rules.numerals import chinese_number

COLUMNS = ("编号", "名称")
GOOD = "编号,名称\r\nB01,区教育局\r\nB02,区卫生健康委\r\n"


def written(tmp_path: Path, raw: bytes) -> Table:
    path = tmp_path / "units.csv"
    path.write_bytes(raw)
    return read_table(path, COLUMNS, "编号")


def row(**cells: str) -> Row:
    return Row("x.csv", 2, cells)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_the_usual_encodings_read_the_same(tmp_path: Path, encoding: str) -> None:
    table = written(tmp_path, GOOD.encode(encoding))
    assert [r.text("名称") for r in table.rows] == ["区教育局", "区卫生健康委"]
    assert table.problems == []


def test_rare_characters_and_the_middle_dot_survive(tmp_path: Path) -> None:
    table = written(tmp_path, "编号,名称\nD1,𠮷𫖯·买买提\n".encode())
    assert table.rows[0].text("名称") == "𠮷𫖯·买买提"


def test_an_unknown_encoding_is_named(tmp_path: Path) -> None:
    table = written(tmp_path, b"\xff\xfe\x00\x81\xff")
    assert "编码" in table.problems[0].reason


def test_missing_columns_are_listed_and_nothing_is_read(tmp_path: Path) -> None:
    table = written(tmp_path, "编号,别的\nB01,x\n".encode())
    assert table.rows == []
    assert str(table.problems[0]) == "units.csv 第1行：缺少列：名称"


def test_extra_columns_are_kept_in_the_report(tmp_path: Path) -> None:
    table = written(tmp_path, "编号,名称,备注\nB01,x,y\n".encode())
    assert table.extra == ("备注",)
    assert len(table.rows) == 1


def test_ragged_repeated_and_keyless_rows_are_each_reported_with_their_line(tmp_path: Path) -> None:
    table = written(tmp_path, "编号,名称\nB01,x\nB01,y\n,z\nB02\nB03,好\n".encode())
    assert [(p.line, p.column) for p in table.problems] == [(3, "编号"), (4, "编号"), (5, "")]
    assert [r.text("编号") for r in table.rows] == ["B01", "B03"]


def test_a_file_that_is_not_there_is_an_empty_table(tmp_path: Path) -> None:
    table = read_table(tmp_path / "none.csv", COLUMNS, "编号")
    assert (table.rows, table.problems) == ([], [])


@pytest.mark.parametrize("text", ["2025-02-30", "2025-13-01", "2025/03/06", "昨天", "2025-3-6", "20250306"])
def test_impossible_dates_are_refused_with_the_value(text: str) -> None:
    with pytest.raises(BadCell, match="日"):
        row(交办日期=text).needed_day("交办日期")


def test_a_date_is_a_date() -> None:
    assert row(交办日期=" 2025-03-06 ").day("交办日期") == date(2025, 3, 6)
    assert row(交办日期="").day("交办日期") is None


def test_unknown_codes_are_named() -> None:
    with pytest.raises(BadCell, match="B99"):
        row(会办单位="B01;B99").all_known("会办单位", {"B01": 1}, "单位表")


@pytest.mark.parametrize(
    ("text", "number"),
    [("第十六届", 16), ("第十届", 10), ("二十届", 20), ("第三届", 3), ("17", 17), ("第二十一届", 21)],
)
def test_chinese_numbers(text: str, number: int) -> None:
    assert chinese_number(text) == number


def test_parents_come_first_and_a_circle_is_kept_for_the_report() -> None:
    rows = [
        row(编号="c", 上级编号="b"),
        row(编号="b", 上级编号="a"),
        row(编号="a", 上级编号=""),
        row(编号="x", 上级编号="y"),
        row(编号="y", 上级编号="x"),
    ]
    assert [r.text("编号") for r in parents_first(rows)] == ["a", "b", "c", "x", "y"]


def test_problem_and_proposals_are_parted_and_never_lost() -> None:
    assert split_text("路灯坏了。建议：1. 修好。") == ("路灯坏了。", "1. 修好。")
    assert split_text("没有分段的正文") == ("没有分段的正文", "没有分段的正文")
