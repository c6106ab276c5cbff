"""Units and deputies of a district: the people and bodies everything else refers to."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from openrenda.exchange.institution_units import UNIT_KINDS
from openrenda.exchange.institution_units import unit_kind as kind_in_register
from openrenda.exchange.rules.numerals import chinese_number
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import OpenRendaError
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Congress, Mandate, Term, Unit
from openrenda.orgs.states import UnitKind

from .reading import BadCell, Row

UNIT_COLUMNS = ("编号", "名称", "简称", "类别", "上级编号")
DEPUTY_COLUMNS = (
    "编号",
    "姓名",
    "性别",
    "民族",
    "出生年月",
    "党派",
    "学历",
    "单位及职务",
    "代表团",
    "选区",
    "所属联络站",
    "常委会职务",
    "手机",
    "当选届次",
    "状态",
    "终止日期",
    "终止原因",
)


@dataclass
class Institution:
    """What has been loaded so far, by the district's own codes."""

    congress: Congress
    actor: Actor
    term: Term
    units: dict[str, Unit] = field(default_factory=dict)
    mandates: dict[str, Mandate] = field(default_factory=dict)
    stations: dict[str, Unit] = field(default_factory=dict)
    station_of: dict[str, str] = field(default_factory=dict)
    ends: list[tuple[date, str, str]] = field(default_factory=list)

    @property
    def begins(self) -> date:
        """The first day of the term: everything loaded holds from then on."""
        return _term_start(self.term)

    def unit_of_kind(self, kind: UnitKind) -> Unit | None:
        return next((unit for unit in self.units.values() if unit.kind == kind), None)


def unit_kind(row: Row) -> UnitKind:
    """The kind of a unit row."""
    kind = kind_in_register(row.one_of("类别", UNIT_KINDS), row.text("名称"))
    assert kind is not None  # one_of has seen to it
    return kind


def take_unit(row: Row, into: Institution) -> None:
    """One row of units.csv; parents come before their children (the caller sorts)."""
    parent = row.text("上级编号")
    if parent and parent not in into.units:
        raise BadCell("上级编号", f"单位表中没有编号“{parent}”，或那一行没有载入")
    unit = orgs.add_unit(
        code=row.text("编号"),
        name=row.text("名称", required=True),
        short_name=row.text("简称"),
        kind=unit_kind(row),
        parent_id=into.units[parent].pk if parent else None,
        actor=into.actor,
    )
    into.units[unit.code] = unit


def parents_first(rows: list[Row]) -> list[Row]:
    """Rows ordered so that each parent stands before its children; rows in a circle keep their place at the end."""
    placed: list[Row] = []
    done: set[str] = set()
    codes = {row.text("编号") for row in rows}
    waiting = rows
    while waiting:
        ready = [r for r in waiting if r.text("上级编号") in done or r.text("上级编号") not in codes]
        if not ready:
            break
        placed += ready
        done |= {row.text("编号") for row in ready}
        waiting = [row for row in waiting if row not in ready]
    return placed + waiting


def take_deputy(row: Row, into: Institution) -> None:
    """One row of deputies.csv: the person and the mandate; its end is noted for its date."""
    ended = _end_of_mandate(row, into.term)
    born = row.text("出生年月")
    if born and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", born):
        raise BadCell("出生年月", f"“{born}”应写成 1985-03")
    try:
        number = chinese_number(row.text("当选届次", required=True))
    except (ValueError, KeyError):
        raise BadCell("当选届次", "看不出是第几届") from None
    if number != into.term.number:
        raise BadCell("当选届次", f"与本届（第{into.term.number}届）不同")
    try:
        person = orgs.add_person(
            name=row.text("姓名", required=True),
            actor=into.actor,
            phone=row.text("手机"),
            gender=row.text("性别"),
            nationality=row.text("民族"),
            born=born,
            party=row.text("党派"),
            education=row.text("学历"),
            occupation=row.text("单位及职务"),
        )
    except OpenRendaError as refused:
        raise BadCell("姓名", refused.message) from refused
    mandate = orgs.enter_mandate(
        person_id=person.pk,
        term_id=into.term.pk,
        code=row.text("编号"),
        delegation=row.text("代表团", required=True),
        constituency=row.text("选区"),
        station_id=None,
        starts_on=_term_start(into.term),
        actor=into.actor,
        sc_post=row.text("常委会职务"),
    )
    into.mandates[mandate.code] = mandate
    if row.text("所属联络站"):
        into.station_of[mandate.code] = row.text("所属联络站")
    if ended is not None:
        into.ends.append((ended, mandate.code, row.text("终止原因")))


def _end_of_mandate(row: Row, term: Term) -> date | None:
    """The day a mandate ended, within its term."""
    status, ended = row.one_of("状态", ("在任", "已终止")), row.day("终止日期")
    if status == "已终止" and ended is None:
        raise BadCell("终止日期", "状态是已终止，必须有终止日期")
    if ended is not None and ended < _term_start(term):
        raise BadCell("终止日期", f"早于本届开始的日期 {_term_start(term)}")
    return ended


def _term_start(term: Term) -> date:
    if term.starts_on is None:
        raise ValueError("a loaded term has a start")
    return term.starts_on


def term_dates(first_session_year: int, session_number: int) -> tuple[date, date]:
    """Five years (代表法 §2) that begin with the year of the term's first session; the register tells neither day."""
    begins = date(first_session_year - session_number + 1, 1, 1)
    return begins, date(begins.year + 5, 1, 1) - timedelta(days=1)
