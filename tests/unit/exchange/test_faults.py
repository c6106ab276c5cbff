"""The error workbook says in the cell what is wrong, holds nothing that runs, and comes in again as it is."""

import io
from typing import Any

from openpyxl import load_workbook

from openrenda.exchange.incoming.plan import propose
from openrenda.exchange.incoming.table import rows_of
from openrenda.exchange.values import Fault
from openrenda.exchange.writing import blank, faults
from tests.makers.imports import a_csv, a_kind, an_xlsx, read

KIND = a_kind()
TITLE = ("云汀区代表建议台账",)
HEAD = ("建议编号", "标题", "主办单位", "备注")
BAD = {
    ("表", 4): [Fault("lead", "没有“{name}”这个单位", {"name": "住健局"}), Fault("day", "不能为空")],
    ("表", 6): [Fault("", "整行有问题")],
}


def _content(**given: Any) -> bytes:
    lines = [TITLE, HEAD, ("1", "修桥", "住建局"), ("2", "=cmd|' /C calc'!A0", "住健局", "x"), (), ("4", "种树", "")]
    return an_xlsx({"说明": [("只有一格",)], "表": lines}, **given)


def _workbook(content: bytes, bad: Any = BAD) -> Any:
    book = read(content)
    out = io.BytesIO()
    faults.write_workbook(out, book, propose(book, KIND), bad, KIND)
    return out.getvalue()


def test_each_bad_cell_is_coloured_and_says_why() -> None:
    book = load_workbook(io.BytesIO(_workbook(_content())))
    assert book.sheetnames == ["表", "问题清单"]
    sheet = book["表"]
    assert [cell.value for cell in sheet[2]] == list(HEAD)
    assert sheet["C4"].comment.text == "没有“住健局”这个单位"
    assert sheet["C4"].fill.fgColor.rgb.endswith("FFC7CE")
    assert sheet["A4"].comment.text == "不能为空"
    assert sheet["A6"].comment.text == "整行有问题"
    assert sheet["A3"].comment is None
    listed = [[cell.value for cell in row] for row in book["问题清单"].iter_rows()]
    assert listed[1] == ["表", "4", "主办单位", "住健局", "没有“住健局”这个单位"]
    assert listed[2][2:] == ["提出日期", None, "不能为空"]
    assert len(listed) == 4


def test_nothing_in_it_is_calculated() -> None:
    """A cell that was a text in the office's file stays one, whatever it begins with."""

    def shape(book: Any) -> None:
        book["表"]["B4"].data_type = "s"

    sheet = load_workbook(io.BytesIO(_workbook(_content(shape=shape))))["表"]
    assert sheet["B4"].value == "'=cmd|' /C calc'!A0"
    assert sheet["B4"].data_type == "s"


def test_it_comes_in_again_as_it_is() -> None:
    def shape(book: Any) -> None:
        book["表"]["B4"].data_type = "s"

    content = _content(shape=shape, merged={"表": ["C3:C4"]})
    before, after = read(content), read(_workbook(content))
    first, again = (rows_of(book, propose(book, KIND), KIND).rows for book in (before, after))
    assert [(row.line, row.cells) for row in first] == [(row.line, row.cells) for row in again]
    assert [plan.is_taken for plan in propose(after, KIND)] == [True, False]


def test_csv_says_it_in_a_last_column() -> None:
    book = read(a_csv([HEAD, ("1", "=1+1", "住健局", "")], encoding="gbk"))
    out = io.BytesIO()
    faults.write_csv(out, book, propose(book, KIND), {("", 2): BAD["表", 4]}, KIND, "gb18030")
    lines = out.getvalue().decode("gb18030").splitlines()
    assert lines[0] == "建议编号,标题,主办单位,备注,问题"
    assert lines[1] == "1,'=1+1,住健局,,主办单位：没有“住健局”这个单位；提出日期：不能为空"
    again = read(out.getvalue())
    assert rows_of(again, propose(again, KIND), KIND).rows[0].text("title") == "=1+1"


def test_the_empty_workbook_is_understood_when_it_is_filled_in() -> None:
    out = io.BytesIO()
    blank.write(out, KIND)
    book = load_workbook(out)
    sheet = book.worksheets[0]
    for column, text in enumerate(("041", "修桥", "住建局", "", "2025-03-06"), 1):
        sheet.cell(2, column).value = text
    filled = io.BytesIO()
    book.save(filled)
    found = read(filled.getvalue())
    plans = propose(found, KIND)
    assert [plan.is_taken for plan in plans] == [True, False]
    (row,) = rows_of(found, plans, KIND).rows
    assert (row.text("number"), row.text("lead")) == ("041", "住建局")
    assert [cell.value for cell in book["填写说明"][2]][:2] == ["建议编号", "是"]
