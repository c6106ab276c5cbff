"""Units, deputies and stations come in as tables; what is known is compared, and changed only where it differs."""

import io
from datetime import date
from pathlib import Path

import pytest

from openrenda.exchange import kinds
from openrenda.exchange.actions import imports, writing_in
from openrenda.exchange.import_states import ImportState
from openrenda.exchange.models import ImportRow, ImportRun
from openrenda.exchange.selectors.imports import faults_of
from openrenda.exchange.values import Change
from openrenda.exchange.writing.faults import said
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import unseal
from openrenda.liaison.models import Station
from openrenda.orgs import actions
from openrenda.orgs.models import Mandate, Person
from openrenda.orgs.states import Role, UnitKind
from tests.makers import orgs
from tests.makers.imports import an_xlsx

FOLDER = Path(__file__).parents[3] / "src/openrenda/cli/district/yunting"
UNITS = ("单位编号", "单位名称", "单位简称", "性质", "上级单位")
DEPUTIES = ("代表编号", "姓名", "代表团", "出生年月", "政治面貌", "手机号", "联络站", "状态", "终止日期")
STATIONS = ("编号", "联络站名称", "类型", "街道", "社区", "地址", "站长", "接待时间", "星级", "驻站代表")


@pytest.fixture
def keeper() -> Actor:
    return orgs.actor_of(Role.SC_REP, "R02")


def checked(kind: str, content: bytes, actor: Actor) -> ImportRun:
    run = imports.take_in(kind_name=kind, file=io.BytesIO(content), size=len(content), name="表.xlsx", actor=actor)
    imports.check(run_id=run.pk)
    run.refresh_from_db()
    return run


def imported(kind: str, content: bytes, actor: Actor) -> ImportRun:
    run = checked(kind, content, actor)
    assert not run.counts["bad"], faults(run)
    imports.confirm(run_id=run.pk, leave_out=False, actor=actor)
    writing_in.write(run_id=run.pk)
    run.refresh_from_db()
    assert run.state == ImportState.DONE, run.fault
    return run


def faults(run: ImportRun) -> dict[int, list[str]]:
    kind = kinds.kind(run.kind)
    rows = ImportRow.objects.filter(run=run, outcome="bad")
    return {row.line: [said(fault, kind, with_column=True) for fault in faults_of(row)] for row in rows}


def changes(run: ImportRun) -> dict[int, list[Change]]:
    rows = ImportRow.objects.filter(run=run, outcome="change")
    return {row.line: [Change(*one) for one in row.detail["changes"]] for row in rows}


# --- units ------------------------------------------------------------------------------------------------------------


def test_units_come_in_whatever_their_order(keeper: Actor) -> None:
    lines = [
        UNITS,
        ("Q09", "梧桐社区", "", "社区", "J09"),
        ("J09", "梧桐街道办事处", "梧桐街道", "街道", "云汀区人民政府"),
        ("B09", "区水务局", "水务局", "工作部门", "区政府"),
    ]
    run = imported("orgs.units", an_xlsx({"单位": lines}), keeper)
    assert run.counts["added"] == 3
    assert orgs.a_unit("Q09").parent == orgs.a_unit("J09")
    assert (orgs.a_unit("B09").kind, orgs.a_unit("B09").parent) == (UnitKind.DEPARTMENT, orgs.a_unit("G00"))
    assert checked("orgs.units", an_xlsx({"单位": lines}), keeper).state == ImportState.SAME


def test_a_known_unit_is_changed_where_it_differs(keeper: Actor) -> None:
    lines = [UNITS, ("B03", "区住房城乡建设局", "住建局", "政府部门", ""), ("B04", "区城市管理局", "", "部门", "G00")]
    content = an_xlsx({"单位": lines})
    assert changes(checked("orgs.units", content, keeper)) == {
        2: [Change("name", "区住房和城乡建设局", "区住房城乡建设局")]
    }
    ImportRun.objects.all().delete()
    assert imported("orgs.units", content, keeper).counts["changed"] == 1
    assert orgs.a_unit("B03").name == "区住房城乡建设局"
    assert orgs.a_unit("B03").parent == orgs.a_unit("G00")


def test_units_that_cannot_be(keeper: Actor) -> None:
    lines = [
        UNITS,
        ("X1", "甲", "", "衙门", ""),
        ("X2", "乙", "", "部门", "没有的单位"),
        ("X3", "丙", "", "部门", "X4"),
        ("X4", "丁", "", "部门", "X3"),
        ("X5", "戊", "", "部门", "X1"),
        ("B03", "区住房和城乡建设局", "", "街道", ""),
        ("X1", "又一个", "", "部门", ""),
        ("X9", "", "", "部门", ""),
    ]
    found = faults(checked("orgs.units", an_xlsx({"单位": lines}), keeper))
    assert set(found) == {2, 3, 4, 5, 6, 7, 8, 9}
    assert "衙门" in found[2][0]
    assert "没有的单位" in found[3][0]
    assert found[4] == found[5] == ["上级编号：上级关系绕成了圈"]
    assert found[6] == ["上级编号：上级“X1”那一行有问题，没有导入"]
    assert "政府部门" in found[7][0]
    assert found[8] == ["编号：与第 2 行重复"]
    assert found[9] == ["名称：不能为空"]


# --- deputies ---------------------------------------------------------------------------------------------------------


def test_deputies_come_in_with_person_and_mandate(keeper: Actor) -> None:
    lines = [
        DEPUTIES,
        ("D901", "周　延庆", "桐荫代表团", "1967.6", "中共党员", 13800005837, "桐荫联络站", "在任", ""),
        ("D902", "单雨", "新代表团", "", "", "", "", "已终止", "2025年3月6日"),
    ]
    imported("orgs.deputies", an_xlsx({"名册": lines}), keeper)
    first, second = Mandate.objects.filter(code__in=["D901", "D902"]).select_related("person", "delegation")
    assert (first.person.name, first.person.born, unseal(first.person.phone_sealed)) == (
        "周延庆",
        "1967-06",
        "13800005837",
    )
    assert first.station == orgs.a_unit("S01")
    assert (second.delegation.name, str(second.ends_on)) == ("新代表团", "2025-03-06")
    assert checked("orgs.deputies", an_xlsx({"名册": lines}), keeper).state == ImportState.SAME


def test_a_known_deputy_is_changed_where_she_differs_and_her_phone_is_not_shown(keeper: Actor) -> None:
    orgs.a_deputy("田金凤", code="D903", phone="13800000001")
    lines = [DEPUTIES, ("D903", "田金凤", "望河代表团", "", "群众", "13900008888", "S02", "", "")]
    run = checked("orgs.deputies", an_xlsx({"名册": lines}), keeper)
    found = {change.column: (change.before, change.after) for change in changes(run)[2]}
    assert found == {
        "party": ("", "群众"),
        "delegation": ("桐荫代表团", "望河代表团"),
        "station": ("S01", "S02"),
        "phone": ("138****0001", "139****8888"),
    }
    imports.confirm(run_id=run.pk, leave_out=False, actor=keeper)
    writing_in.write(run_id=run.pk)
    known = Mandate.objects.select_related("person", "station").get(code="D903")
    assert (str(known.delegation), known.station, known.constituency.name) == (
        "望河代表团",
        orgs.a_unit("S02"),
        "第1选区",
    )
    assert unseal(known.person.phone_sealed) == "13900008888"
    assert Person.objects.filter(name="田金凤").count() == 1


def test_deputies_that_cannot_be(keeper: Actor) -> None:
    orgs.a_deputy("田金凤", code="D903")
    lines = [
        (*DEPUTIES, "届次"),
        ("D903", "别人", "桐荫代表团", "", "", "", "", "", "", ""),
        ("D904", "甲", "", "去年", "", "电话", "没有的站", "已终止", "", "第十五届"),
        ("D905", "乙", "桐荫代表团", "", "", "", "", "在任", "2025-03-06", ""),
        ("D906", "丙", "桐荫代表团", "", "", "", "", "已终止", "3月6日", ""),
    ]
    found = faults(checked("orgs.deputies", an_xlsx({"名册": lines}), keeper))
    assert "田金凤" in found[2][0]
    assert [one.partition("：")[0] for one in found[3]] == [
        "当选届次",
        "出生年月",
        "手机",
        "代表团",
        "所属联络站",
        "终止日期",
    ]
    assert found[4] == ["状态：写着在任，却有终止日期"]
    assert found[5] == ["终止日期：“3月6日”没有写年份，请写成 2025-03-06"]


# --- stations ---------------------------------------------------------------------------------------------------------


def test_stations_come_in_with_their_head_and_deputies(keeper: Actor) -> None:
    head = orgs.a_deputy("龚援朝", code="D910", station=None)
    lines = [
        STATIONS,
        (
            "S09",
            "望河湾社区人大代表联络站",
            "社区站",
            "望河街道",
            "望河湾社区",
            "望河路6号",
            "龚援朝",
            "每月8日 9:00-11:00",
            "3星",
            "D910",
        ),
        ("S10", "产业园联络站", "行业", "J02", "", "", "", "有空就来", "", ""),
    ]
    imported("liaison.stations", an_xlsx({"站": lines}), keeper)
    station = Station.objects.select_related("unit", "unit__parent").get(unit__code="S09")
    assert (station.unit.parent, station.street, station.head, station.stars) == (
        orgs.a_unit("Q02"), orgs.a_unit("J02"), head, 3
    )  # fmt: skip
    assert station.reception_rule
    head.refresh_from_db()
    assert head.station == station.unit
    assert checked("liaison.stations", an_xlsx({"站": lines}), keeper).state == ImportState.SAME

    lines[1] = (*lines[1][:5], "望河路8号", *lines[1][6:8], "五星", "")
    run = checked("liaison.stations", an_xlsx({"站": lines}), keeper)
    assert changes(run) == {2: [Change("address", "望河路6号", "望河路8号"), Change("stars", "3", "5")]}
    imports.confirm(run_id=run.pk, leave_out=False, actor=keeper)
    writing_in.write(run_id=run.pk)
    station.refresh_from_db()
    assert (station.address, station.stars, station.head) == ("望河路8号", 5, head)


def test_stations_that_cannot_be(keeper: Actor) -> None:
    lines = [
        STATIONS,
        ("B03", "占了别人编号", "街道", "J01", "", "", "", "", "", ""),
        ("S11", "甲", "特级", "没有的街道", "", "", "某人", "", "六星", "D999"),
    ]
    found = faults(checked("liaison.stations", an_xlsx({"站": lines}), keeper))
    assert found[2] == ["编号：“B03”已经是一个单位的编号"]
    assert [one.partition("：")[0] for one in found[3]] == ["所属街道", "驻站代表", "站长", "星级", "级别"]


# --- the district's own tables ----------------------------------------------------------------------------------------


def test_the_tables_of_a_district_folder_come_in_as_they_are() -> None:
    """A new district: units, deputies, stations with their heads, then the deputies once more, now with stations."""
    congress = actions.found_congress(code="xin", name="新区人大", short_name="新区", actor_name="setup")
    operator = Actor.system("import-register", congress.pk)
    actions.open_term(number=16, starts_on=date(2021, 12, 20), ends_on=None, actor=operator)

    def table(name: str, most: int) -> bytes:
        return "\n".join((FOLDER / name).read_text("utf-8").splitlines()[: most + 1]).encode("gbk")

    assert imported("orgs.units", table("units.csv", 500), operator).counts["added"] > 100
    deputies, stations = table("deputies.csv", 29), table("stations.csv", 1)
    assert imported("orgs.deputies", deputies, operator).counts["added"] == 29
    assert Mandate.objects.filter(congress=congress, station=None).count() == 29
    assert imported("liaison.stations", stations, operator).counts["added"] == 1
    again = checked("orgs.deputies", deputies, operator)
    assert again.counts["bad"] > 0  # deputies of stations that have not come in yet
    assert Mandate.objects.filter(congress=congress, station__code="S01").exists()
