"""From the file an office has to suggestions: its own headers, its encoding, several years in one table."""

import argparse
from datetime import date
from pathlib import Path

import pytest

from openrenda.cli import import_register
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Congress, Mandate
from openrenda.suggestions.models import RegisterLine, Suggestion
from tests.makers.imports import a_csv, an_xlsx
from tests.makers.orgs import setup_actor

TABLE = """
序号|年份|案由|类别|建议人|承办单位|协办单位|交办时间|面商方式|面商时间|办复日期|办理结果|满意度|是否公开
第1号|2025|关于修桥的建议|老旧小区|李绍武|区住建局|城管局|2025/3/5|面谈|2025年4月15日|2025.5.20|A类|满意|是
第2号|2025|关于补路的建议|老旧小区|李绍武|城管局||2025/3/5||||||
第1号|2024|关于旧事的建议|老旧小区|李绍武|住建局||20240306|电话|2024-04-01|2024-05-08|留作参考|基本满意|否
"""
ROWS = [line.split("|") for line in TABLE.strip().splitlines()]


@pytest.fixture
def years(district: Congress, lead: Mandate) -> None:
    opened, closed = date(2024, 2, 20), date(2024, 2, 23)
    actor = setup_actor(district)
    orgs.record_session(term_id=lead.term_id, number=4, opened_on=opened, closed_on=closed, actor=actor)


def called(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    import_register.configure(parser)
    return import_register.run(parser.parse_args([*map(str, arguments)]))


@pytest.mark.parametrize("name", ["台账.csv", "台账.xlsx"])
def test_an_offices_own_table_comes_in_once(years: None, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(a_csv(ROWS, encoding="gbk") if name.endswith("csv") else an_xlsx({"台账": ROWS}))
    assert called(file) == 0
    found = Suggestion.objects.order_by("shelf").values_list("key", "state", "reply_class", "year", "publicity")
    assert list(found) == [
        ("JY-16-4-001", "closed", "D", 2024, "no"),
        ("JY-16-5-001", "closed", "A", 2025, "full"),
        ("JY-16-5-002", "assigned2", "", 2025, "pending"),
    ]
    assert set(RegisterLine.objects.values_list("file", "line")) == {(name, 2), (name, 3), (name, 4)}
    assert called(file) == 0
    assert Suggestion.objects.count() == 3


def test_nothing_comes_in_while_a_row_is_wrong(years: None, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_bytes(a_csv([*ROWS, ["1", "2025", *ROWS[1][2:]]], encoding="gbk"))
    assert called(file) == 1
    assert not Suggestion.objects.exists()
