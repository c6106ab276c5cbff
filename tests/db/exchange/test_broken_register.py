"""A register of suggestions with five broken rows: each is named, in words and in its cell; mended, it comes in."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from openrenda.cli import import_register
from openrenda.kernel import clock as kernel_clock
from openrenda.suggestions.models import Suggestion
from tests.makers.imports import a_csv, an_xlsx
from tests.makers.orgs import a_deputy
from tests.makers.suggestions import a_category

HEAD = [
    "建议\n编号",
    "提出场合",
    "提出日期",
    "建议标题",
    "类别",
    "提出人",
    "承办单位",
    "交办日期",
    "办复时间",
    "答复分类",
    "公开",
]
BROKEN = {
    3: (2, "2月18日", "没有写年份"),
    4: (5, "D999", "D999"),
    5: (6, "二大队", "二大队"),
    6: (0, "1", "重复"),
    7: (8, "2025-13-45", "2025-13-45"),
}
"""By line of the clean table: (column, what stands there instead, what is said of it)."""


@pytest.fixture(autouse=True)
def _autumn() -> Iterator[None]:
    with kernel_clock.at(date(2025, 9, 30)):
        a_deputy("李绍武", code="D900")
        a_category("老旧小区")
        yield


def table(*, broken: bool) -> list[list[Any]]:
    rest = ("老旧小区", "D900", "住建局", "2025-03-05", "2025-05-20", "A", "公开")
    rows: list[list[Any]] = [
        HEAD,
        *([str(n), "大会", "2025-02-18", f"关于第{n}件事的建议", *rest] for n in range(1, 9)),
    ]
    for line, (column, text, _) in BROKEN.items() if broken else ():
        rows[line - 1][column] = text
    return rows


def called(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    import_register.configure(parser)
    return import_register.run(parser.parse_args([*map(str, arguments)]))


@pytest.mark.parametrize("name", ["台账.csv", "台账.xlsx"])
def test_five_broken_rows_are_named_and_the_mended_table_comes_in(tmp_path: Path, capsys: Any, name: str) -> None:
    def content(*, broken: bool) -> bytes:
        lines = table(broken=broken)
        return a_csv(lines, encoding="gbk") if name.endswith("csv") else an_xlsx({"2025年": [["一览表"], *lines]})

    file, errors, shift = tmp_path / name, tmp_path / "问题.xlsx", int(name.endswith("xlsx"))
    file.write_bytes(content(broken=True))
    assert called(file, "--errors", errors) == 1
    out = capsys.readouterr().out
    assert "共 8 行：新增 3，更新 0，无变化 0，有问题 5" in out
    marks = [line for line in out.splitlines() if line.startswith("✗")]
    for mark, (line, (_, _, words)) in zip(marks, BROKEN.items(), strict=True):
        assert f"第{line + shift}行" in mark
        assert words in mark
    sheet = load_workbook(errors).worksheets[0]
    commented = {(cell.row, cell.column - 1) for row in sheet.iter_rows() for cell in row if cell.comment}
    assert commented == {(line + shift, column) for line, (column, _, _) in BROKEN.items()}
    assert not Suggestion.objects.exists()

    file.write_bytes(content(broken=False))
    assert called(file) == 0
    assert "已导入：新增 8" in capsys.readouterr().out
    assert called(file) == 0
    assert Suggestion.objects.count() == 8
