"""`openrenda import-register`: what it prints, its exit codes, and that it leaves nothing half done."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from openrenda.cli import import_register
from openrenda.exchange.actions import imports
from openrenda.exchange.import_states import ImportState, Via
from openrenda.exchange.models import ImportMapping, ImportRun
from openrenda.orgs.models import Unit
from tests.makers import orgs
from tests.makers.imports import a_csv, an_xlsx

HEAD = ("单位编号", "单位名称", "简称", "性质", "上级单位")
GOOD = [HEAD, ("B08", "区财政局", "财政局", "部门", "G00"), ("B09", "区水务局", "水务局", "部门", "G00")]
BAD = [*GOOD, *((f"X{n:02}", f"第{n}个", "", "衙门", "") for n in range(1, 26))]


@pytest.fixture(autouse=True)
def _district() -> None:
    orgs.a_congress()


def called(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    import_register.configure(parser)
    return import_register.run(parser.parse_args(["--kind", "orgs.units", *map(str, arguments)]))


def made(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_clean_file_comes_in_and_a_second_time_changes_nothing(tmp_path: Path, capsys: Any) -> None:
    file = made(tmp_path / "单位.csv", a_csv(GOOD, encoding="gbk"))
    assert called(file) == 0
    out = capsys.readouterr().out
    assert "单位.csv：单位，csv GB18030 ," in out
    assert "表头在第1行；单位编号→编号，单位名称→名称" in out
    assert "共 2 行：新增 2，更新 0，无变化 0，有问题 0" in out
    assert "已导入：新增 2，更新 0" in out
    assert orgs.a_unit("B08").parent == orgs.a_unit("G00")

    before = list(Unit.objects.order_by("pk").values())
    assert called(file) == 0
    assert "没有需要写入的行" in capsys.readouterr().out
    assert list(Unit.objects.order_by("pk").values()) == before


def test_bad_rows_are_named_and_nothing_is_written(tmp_path: Path, capsys: Any) -> None:
    file, errors = made(tmp_path / "单位.xlsx", an_xlsx({"单位": BAD})), tmp_path / "问题.xlsx"
    assert called(file, "--errors", errors) == 1
    out = capsys.readouterr().out
    assert "✗ “单位”第4行 X01 第1个：「类别」“衙门”不在可用的取值里" in out
    assert out.count("✗") == 20
    assert "… 还有 5 行" in out
    assert "什么都没有写入" in out
    assert not Unit.objects.filter(code="B08").exists()
    assert load_workbook(errors)["单位"]["D4"].comment.text.startswith("“衙门”")
    assert ImportRun.objects.get().state == ImportState.CANCELLED


def test_bad_rows_can_be_left_out(tmp_path: Path, capsys: Any) -> None:
    assert called(made(tmp_path / "单位.xlsx", an_xlsx({"单位": BAD})), "--leave-out-bad") == 0
    assert "没有导入 25" in capsys.readouterr().out
    assert Unit.objects.filter(code="B09").exists()


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: Any) -> None:
    assert called(made(tmp_path / "单位.xlsx", an_xlsx({"单位": GOOD})), "--dry-run") == 0
    assert "没有写入（--dry-run）" in capsys.readouterr().out
    assert not Unit.objects.filter(code="B08").exists()


def test_json_is_for_machines(tmp_path: Path, capsys: Any) -> None:
    assert called(made(tmp_path / "单位.xlsx", an_xlsx({"单位": BAD})), "--json") == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["exit"], answer["counts"]["bad"], len(answer["faults"])) == (1, 25, 25)
    assert answer["faults"][0]["column"] == "kind"


def test_columns_and_sheets_can_be_named(tmp_path: Path, capsys: Any) -> None:
    lines = [("甲", "乙", "丙"), ("B08", "区财政局", "部门")]
    file = made(tmp_path / "单位.xlsx", an_xlsx({"说明": [("x", "y")], "数据": lines}))
    assert called(file) == 2
    assert "没有读到可以导入的行" in capsys.readouterr().out
    assert called(file, "--sheet", "数据", "--map", "甲=code", "--map", "B=名称", "--map", "丙=kind") == 0
    assert orgs.a_unit("B08").name == "区财政局"
    assert ImportMapping.objects.count() == 1
    assert called(file) == 0  # the mapping was kept

    assert called(file, "--map", "丁=code") == 2
    assert "表头里没有这一列" in capsys.readouterr().err
    assert not ImportRun.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为"), (b"", "没有内容"), (b'1,"x', "CSV")],
)
def test_what_cannot_be_read_says_the_way_out(tmp_path: Path, capsys: Any, content: bytes, words: str) -> None:
    assert called(made(tmp_path / "旧.xls", content)) == 2
    assert words in capsys.readouterr().err
    assert not ImportRun.objects.filter(ended_at=None).exists()


def test_a_missing_file_and_an_unknown_kind_are_usage(tmp_path: Path, capsys: Any) -> None:
    assert called(tmp_path / "没有.xlsx") == 2
    assert "没有这个文件" in capsys.readouterr().err
    assert called(made(tmp_path / "单位.xlsx", an_xlsx({"单位": GOOD})), "--kind", "nothing") == 2
    assert called(tmp_path, "--kind", "?") == 0
    assert "orgs.units" in capsys.readouterr().out


def test_a_run_that_was_killed_while_writing_does_not_stand_in_the_way(tmp_path: Path) -> None:
    content = an_xlsx({"单位": GOOD})
    actor = orgs.setup_actor(orgs.a_congress())
    file = made(tmp_path / "单位.xlsx", content)
    with file.open("rb") as opened:
        dead = imports.take_in(
            kind_name="orgs.units", file=opened, size=len(content), name="x", actor=actor, via=Via.CLI
        )  # fmt: skip
    imports.check(run_id=dead.pk)
    imports.confirm(run_id=dead.pk, leave_out=False, actor=actor)
    assert called(file) == 0
    dead.refresh_from_db()
    assert dead.state == ImportState.CANCELLED


def test_a_check_that_was_killed_stands_in_the_way_for_five_minutes(tmp_path: Path, capsys: Any, clock: Any) -> None:
    content = an_xlsx({"单位": GOOD})
    file = made(tmp_path / "单位.xlsx", content)
    with file.open("rb") as opened:
        imports.take_in(
            kind_name="orgs.units", file=opened, size=len(content), name="x",
            actor=orgs.setup_actor(orgs.a_congress()), via=Via.CLI,
        )  # fmt: skip
    assert called(file) == 2
    assert "没有再次接收" in capsys.readouterr().err
    clock.forward(minutes=6)
    assert called(file) == 0
