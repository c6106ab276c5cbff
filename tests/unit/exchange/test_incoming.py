"""Headers are found and columns recognised as offices lay them out; every row gets a verdict."""

from collections.abc import Sequence
from typing import Any

import pytest

from openrenda.exchange.incoming.judging import EMPTY, TWICE, TWICE_ELSEWHERE, judge
from openrenda.exchange.incoming.plan import (
    BY_CHOICE,
    HIDDEN,
    LACKS,
    NO_HEADER,
    BadMapping,
    SheetPlan,
    propose,
    remapped,
    settled,
    told,
)
from openrenda.exchange.incoming.table import rows_of
from openrenda.exchange.values import Fault, Finding, Outcome, Progress, Row
from openrenda.kernel.actor import Actor
from tests.makers.imports import a_csv, a_kind, actor, an_xlsx, no_progress, read

KIND = a_kind()
PLAIN = [("建议编号", "标题", "主办单位"), ("1", "修桥", "住建局"), ("2", "补路", "城管局")]


def _rows(content: bytes, kind: Any = KIND) -> list[Row]:
    book = read(content)
    return rows_of(book, propose(book, kind), kind).rows


@pytest.mark.parametrize(
    "header",
    [
        ("编号", "标题"),
        ("序 号", "建 议\n标 题"),
        ("编　号：", "题　目*"),
        ("建议编号（必填）", "标题【不超过30字】"),
        ("＊编号", "名称"),
    ],
)
def test_a_column_is_recognised_however_it_is_written(header: tuple[str, str]) -> None:
    (row,) = _rows(an_xlsx({"表": [header, ("041", "修桥")]}))
    assert (row.text("number"), row.text("title")) == ("041", "修桥")


def test_titles_and_notes_may_stand_above_the_header() -> None:
    lines = [("云汀区第十六届人大五次会议代表建议一览表",), ("填表单位：代表工委", "", "2025年3月"), *PLAIN]
    rows = _rows(an_xlsx({"表": lines}, merged={"表": ["A1:C1"]}))
    assert [(row.line, row.text("number"), row.text("lead")) for row in rows] == [
        (4, "1", "住建局"),
        (5, "2", "城管局"),
    ]


def test_a_header_of_two_lines_with_merged_cells() -> None:
    lines = [
        ("建议一览表",),
        ("序号", "标题", "承办单位", ""),
        ("", "", "主办", "协办"),
        ("1", "修桥", "住建局", "城管局"),
    ]
    content = an_xlsx({"表": lines}, merged={"表": ["A1:D1", "A2:A3", "B2:B3", "C2:D2"]})
    (row,) = _rows(content)
    assert dict(row.cells) == {"number": "1", "title": "修桥", "lead": "住建局", "co": "城管局"}
    (plan,) = propose(read(content), KIND)
    assert (plan.top, plan.bottom, plan.labels) == (2, 3, ("序号", "标题", "承办单位 主办", "承办单位 协办"))


def test_the_better_name_wins_where_two_columns_could_be_meant() -> None:
    (row,) = _rows(an_xlsx({"表": [("序号", "建议编号", "标题"), ("1", "041", "修桥")]}))
    assert row.text("number") == "041"


def test_a_row_of_data_is_no_second_line_of_the_header() -> None:
    (plan,) = propose(read(an_xlsx({"表": PLAIN})), KIND)
    assert (plan.top, plan.bottom) == (1, 1)


def test_sheets_come_in_one_by_one_or_are_skipped_with_a_reason() -> None:
    def shape(book: Any) -> None:
        book["旧稿"].sheet_state = "hidden"

    content = an_xlsx(
        {"2024": PLAIN, "说明": [("本表由代表工委填写",)], "缺": [("标题", "主办单位"), ("甲", "乙")], "旧稿": PLAIN,
         "2025": [("标题", "编号"), ("修路", "9")]},
        shape=shape,
    )  # fmt: skip
    book = read(content)
    plans = propose(book, KIND)
    assert [plan.skipped for plan in plans] == ["", NO_HEADER, LACKS, HIDDEN, ""]
    assert [row.sheet for row in rows_of(book, plans, KIND).rows] == ["2024", "2024", "2025"]
    assert [plan.skipped for plan in propose(book, KIND, sheets=["旧稿"])] == [
        BY_CHOICE, NO_HEADER, BY_CHOICE, "", BY_CHOICE
    ]  # fmt: skip


def test_merged_cells_are_filled_down() -> None:
    lines = [*PLAIN[:2], ("2", "补路", ""), ("3", "种树", "")]
    rows = _rows(an_xlsx({"表": lines}, merged={"表": ["C2:C3"]}))
    assert [row.text("lead") for row in rows] == ["住建局", "住建局", ""]


def test_a_record_whose_number_is_merged_over_lines_is_one_row() -> None:
    lines = [("编号", "标题", "会办单位"), ("1", "修桥", "城管局"), ("", "", "公安分局"), ("2", "补路", "")]
    rows = _rows(an_xlsx({"表": lines}, merged={"表": ["A2:A3", "B2:B3"]}))
    assert [(row.line, row.text("title"), row.codes("co")) for row in rows] == [
        (2, "修桥", ["城管局", "公安分局"]),
        (4, "补路", []),
    ]


def test_totals_remarks_repeated_headers_and_blank_lines_are_no_rows() -> None:
    lines = [
        *PLAIN[:2],
        ("小　计", "1件"),
        ("", "", ""),
        PLAIN[0],
        ("2", "补路", ""),
        ("合计：2件",),
        ("注：以上为正式建议",),
        ("填表人：王芳",),
    ]
    book = read(an_xlsx({"表": lines}))
    tables = rows_of(book, propose(book, KIND), KIND)
    assert [row.text("number") for row in tables.rows] == ["1", "2"]
    assert (tables.totals, tables.notes) == (2, 3)


def test_csv_has_a_header_too() -> None:
    assert [row.text("title") for row in _rows(a_csv(PLAIN, encoding="gbk"))] == ["修桥", "补路"]


# --- the mapping ------------------------------------------------------------------------------------------------------


def test_a_mapping_is_kept_for_the_same_header() -> None:
    book = read(an_xlsx({"表": [("编号", "事由", "标题"), ("1", "修桥", "甲")]}))
    (plan,) = propose(book, KIND)
    changed = remapped(plan, {0: "number", 1: "title", 2: ""}, KIND, taken=True)
    (again,) = propose(book, KIND, {changed.fingerprint: settled(changed)})
    assert again.found == {"number": 0, "title": 1}
    assert again.unused() == ["标题"]
    assert SheetPlan.from_json(again.as_json()) == again


def test_the_command_line_names_columns_by_header_or_letter() -> None:
    book = read(an_xlsx({"表": [("编号", "事由", "责任方"), ("1", "修桥", "住建局")]}))
    plans = propose(book, KIND)
    assert plans[0].skipped == NO_HEADER
    (plan,) = told(plans, KIND, ["事由=title", "C=主办单位"])
    assert plan.is_taken
    assert plan.found == {"number": 0, "title": 1, "lead": 2}
    (plan,) = told([plan], KIND, ["责任方="])
    assert "lead" not in plan.found


@pytest.mark.parametrize("pair", ["事由", "事由=nothing", "没有的列=title"])
def test_a_mapping_that_fits_nothing_is_refused(pair: str) -> None:
    with pytest.raises(BadMapping):
        told(propose(read(an_xlsx({"表": PLAIN})), KIND), KIND, [pair])


def test_one_field_has_one_column() -> None:
    (plan,) = propose(read(an_xlsx({"表": PLAIN})), KIND)
    with pytest.raises(BadMapping):
        remapped(plan, {0: "number", 1: "title", 2: "title"}, KIND, taken=True)


# --- verdicts ---------------------------------------------------------------------------------------------------------


def _row(line: int, number: str, sheet: str = "", unread: Sequence[str] = ()) -> Row:
    return Row(sheet, line, {"number": number, "title": "甲"}, dict.fromkeys(unread, "公式"))


def test_keys_must_be_there_and_once() -> None:
    rows = [_row(2, "041"), _row(3, ""), _row(4, "４１"), _row(5, "41", sheet="二"), _row(6, "42")]
    found = judge(KIND, rows, actor(), no_progress)
    assert [finding.faults for finding in found] == [
        (),
        (Fault("number", EMPTY),),
        (Fault("number", TWICE, {"line": 2}),),
        (Fault("number", TWICE_ELSEWHERE, {"sheet": "", "line": 2}),),
        (),
    ]
    assert [finding.outcome for finding in found] == [Outcome.ADD, *[Outcome.BAD] * 3, Outcome.ADD]


def test_an_unreadable_cell_is_a_fault_beside_those_of_the_kind() -> None:
    def check(rows: Sequence[Row], who: Actor, progress: Progress) -> list[Finding]:
        return [Finding(row, Outcome.BAD, (Fault("title", "太长"),)) for row in rows]

    found = judge(
        a_kind(check=check), [_row(2, "1", unread=["lead"]), _row(3, "", unread=["number"])], actor(), no_progress
    )
    assert found[0].faults == (Fault("lead", "公式"), Fault("title", "太长"))
    assert found[1].faults == (Fault("number", "公式"),)
