"""Stations of a district: a unit in the tree, a profile, its head and the deputies who serve there."""

from decimal import Decimal

from openrenda.kernel.errors import OpenRendaError
from openrenda.liaison import actions as liaison
from openrenda.liaison.imports import LEVELS, STARS
from openrenda.orgs import actions as orgs
from openrenda.orgs.states import UnitKind

from .institution import Institution
from .reading import BadCell, Problem, Row, Table
from .replay import forgive

STATION_COLUMNS = (
    "编号",
    "名称",
    "级别",
    "所属街道",
    "所属社区",
    "地址",
    "经度",
    "纬度",
    "站长",
    "联络员",
    "电话",
    "接待日",
    "星级",
    "驻站代表",
)


def take_station(row: Row, into: Institution) -> None:
    """The unit of a station; its profile follows when all are there."""
    street = row.known("所属街道", into.units, "单位表")
    community = row.text("所属社区")
    if community and community not in into.units:
        raise BadCell("所属社区", f"单位表中没有编号“{community}”，或那一行没有载入")
    row.one_of("级别", LEVELS)
    row.one_of("星级", STARS, required=False)
    row.all_known("驻站代表", into.mandates, "代表名册")
    if row.text("站长"):
        row.known("站长", into.mandates, "代表名册")
    if row.text("编号") in into.units:
        raise BadCell("编号", f"“{row.text('编号')}”已经是一个单位的编号")
    into.stations[row.text("编号")] = orgs.add_unit(
        code=row.text("编号"),
        name=row.text("名称", required=True),
        short_name="",
        kind=UnitKind.STATION,
        parent_id=into.units[community or street].pk,
        actor=into.actor,
    )


def set_up_profiles(stations: Table, deputies: Table, into: Institution) -> None:
    """Profiles of the stations taken, then the deputies' stations.

    所属联络站 of the deputy decides; 驻站代表 must agree.
    """
    stations.each(lambda row: _profile(row, into), after_bad=forgive)
    rows = {row.text("编号"): row for row in deputies.rows}
    for code, station in into.station_of.items():
        if station in into.stations:
            orgs.assign_station(
                mandate_id=into.mandates[code].pk, station_id=into.stations[station].pk, actor=into.actor
            )
        else:
            deputies.problems.append(_unknown_station(rows[code], station))


def _unknown_station(row: Row, station: str) -> Problem:
    return Problem(row.file, row.line, f"联络站表中没有编号“{station}”，或那一行没有载入", "所属联络站")


def _profile(row: Row, into: Institution) -> None:
    unit = into.stations.get(row.text("编号"))
    if unit is None:
        return
    lng, lat = row.coordinate("经度", 180), row.coordinate("纬度", 90)
    head = row.text("站长")
    try:
        liaison.set_up_station(
            unit_id=unit.pk,
            level=LEVELS[row.text("级别")],
            actor=into.actor,
            address=row.text("地址"),
            lng=None if lng is None else Decimal(str(lng)),
            lat=None if lat is None else Decimal(str(lat)),
            phone=row.text("电话"),
            reception_text=row.text("接待日"),
            contact_name=row.text("联络员"),
            head_id=into.mandates[head].pk if head else None,
            stars=STARS[row.text("星级")],
        )
    except OpenRendaError as refused:
        raise BadCell("接待日", refused.message) from refused
