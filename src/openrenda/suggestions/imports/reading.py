"""One row of a register as a value, with everything that is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from openrenda.exchange.values import Fault, Note, Row
from openrenda.kernel.pii import find
from openrenda.kernel.text import N_
from openrenda.orgs.models import Mandate, Session, Unit
from openrenda.orgs.states import SessionPeriod, UnitKind
from openrenda.suggestions.actions.register import Past, PastReply, PastReturn
from openrenda.suggestions.rules import register_cells as r
from openrenda.suggestions.states import ContactWay, Publicity

from .answers import rating_of, reply_of
from .cells import Cells
from .directory import Directory

TITLE_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a row: the suggestion (None when too much is missing), faults, notes.

    `is_loose`: a closed-period number that does not say in which series it counts.
    """

    row: Row
    past: Past | None
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    session: Session
    period: SessionPeriod
    serial: int
    is_own: bool
    year: int
    filed_on: date
    assigned_on: date | None


@dataclass(frozen=True, slots=True)
class _Units:
    unit: Unit | None
    co_units: tuple[Unit, ...]
    returned: PastReturn | None


def read(row: Row, known: Directory) -> Reading:
    """Read a row against what the district knows. No query."""
    cells = Cells(row)
    number = _number(cells, known)
    title = cells.text("title", required=True, limit=TITLE_LIMIT)
    text = cells.text("text")
    category = cells.attempt("category", lambda: known.category(row.text("category", required=True)))
    reply = reply_of(cells, number.assigned_on if number else None)
    _warn(cells, title, text, reply)
    people = _people(cells, known, number) if number else None
    told = _handling(cells, known, number, reply) if number else {}
    if number is None or people is None or category is None or cells.faults:
        return Reading(row, None, tuple(cells.faults), tuple(cells.notes))
    problem, proposal = r.split_text(text or r.NOT_TOLD)
    past = Past(
        sheet=row.sheet,
        line=row.line,
        session=number.session,
        period=number.period,
        year=number.year,
        serial=number.serial,
        own_series=number.is_own,
        filed_on=number.filed_on,
        title=title,
        problem=problem,
        proposal=proposal,
        category_id=category,
        lead=people[0],
        cosigners=tuple(people[1:]),
        assigned_on=number.assigned_on,
        reply=reply,
        **told,
    )
    is_loose = number.period == SessionPeriod.CLOSED and not number.is_own
    return Reading(row, past, (), tuple(cells.notes), is_loose)


def _handling(cells: Cells, known: Directory, number: _Number, reply: PastReply | None) -> dict[str, Any]:
    """What the register tells after the number: the other columns of a Past."""
    units = _units(cells, known, number, is_open=reply is None)
    way, met_on = _met(cells)
    signed_on = cells.day("signed_on")
    _in_order(cells, number, units, signed_on, met_on, reply)
    rating, again = rating_of(cells, reply)
    if number.assigned_on is None and (reply or signed_on or met_on or units.returned):
        cells.fault("assigned_on", N_("已有办理情况的，要有交办日期"))
    return {
        "unit": units.unit,
        "co_units": units.co_units,
        "returned": units.returned,
        "contact_way": way,
        "contact_on": met_on,
        "signed_on": signed_on,
        "rating": rating,
        "again": again,
        "is_extended": cells.word("term", r.EXTENDED) or False,
        "is_key": cells.word("key", r.YES_NO) or False,
        "key_leader": cells.text("key_unit", limit=60),
        "oversight_unit_id": _oversight(cells, known),
        "publicity": cells.word("publicity", r.OPENNESS) or Publicity.PENDING,
        "opinion_ids": _sources(cells, known),
    }


# --- which one it is --------------------------------------------------------------------------------------------------


def _number(cells: Cells, known: Directory) -> _Number | None:
    row = cells.row
    serial = cells.attempt("number", lambda: r.serial(row.text("number", required=True)))
    period = cells.word("period", r.PERIODS)
    filed_on, assigned_on = cells.day("filed_on"), cells.day("assigned_on")
    year = cells.parsed("year", _year)
    if serial is not None and serial[1] and period is None:
        period = SessionPeriod.CLOSED
    told = filed_on or assigned_on
    column = next((name for name in ("session", "year") if row.text(name)), "filed_on")
    session = cells.attempt(column, lambda: _session(row, known, year, told, period))
    if serial is None or session is None:
        return None
    if period is None:
        during = filed_on is None or session.opened_on.toordinal() - 30 <= filed_on.toordinal() <= (
            session.closed_on.toordinal()
        )
        period = SessionPeriod.IN_SESSION if during else SessionPeriod.CLOSED
    in_session = period == SessionPeriod.IN_SESSION
    filed = filed_on or (session.opened_on if in_session else assigned_on)
    if filed is None and (row.text("filed_on") or row.text("assigned_on")):
        return None  # a day that cannot be is told already
    if filed is None:
        cells.fault("filed_on", N_("闭会期间的建议要有提出日期或者交办日期"))
        return None
    if filed_on is None:
        filed = min(filed, assigned_on or filed)
    counted = year or (session.opened_on.year if in_session else filed.year)
    return _Number(session, period, serial[0], serial[1], counted, filed, assigned_on)


def _year(text: str) -> int | None:
    if not text:
        return None
    found = re.fullmatch(r"(20\d{2}|19\d{2})\s*(?:年度?)?(?:\.0+)?", text.strip())
    if found is None:
        raise r.BadText(N_("“{value}”不是年份，应写成 2025"), value=text)
    return int(found.group(1))


def _session(row: Row, known: Directory, year: int | None, told: date | None, period: SessionPeriod | None) -> Session:
    """By its name, by the year, by the day it was filed; in the closed period the year may begin before its session."""
    if text := row.text("session"):
        return known.session_of(*r.session_numbers(text))
    if year is not None and (told is None or period != SessionPeriod.CLOSED):
        return known.session_in(year)
    if told is None:
        raise r.BadText(N_("看不出是哪一年的：请补年度、届次或者提出日期"))
    return known.session_on(told, period)


# --- whom it names ----------------------------------------------------------------------------------------------------


def _people(cells: Cells, known: Directory, number: _Number) -> list[Mandate] | None:
    """The lead deputy, then those who co-signed."""
    row, on = cells.row, number.filed_on
    lead = cells.attempt("lead", lambda: known.mandate(row.text("lead", required=True), number.session, on))
    names = cells.attempt("cosigners", lambda: row.codes("cosigners")) or []
    found = [cells.attempt("cosigners", partial(known.mandate, name, number.session, on)) for name in names]
    cosigners = list({mandate.pk: mandate for mandate in found if mandate is not None}.values())
    if lead is not None and any(mandate.pk == lead.pk for mandate in cosigners):
        cells.fault("cosigners", N_("领衔代表不能同时联名"))
    return None if lead is None else [lead, *cosigners]


def _units(cells: Cells, known: Directory, number: _Number, *, is_open: bool) -> _Units:
    row, on = cells.row, number.assigned_on or number.filed_on
    unit = None
    if row.text("unit"):
        unit = cells.attempt("unit", lambda: known.unit(row.text("unit"), on, is_open=is_open))
    elif number.assigned_on is not None:
        cells.fault("unit", N_("不能为空"))
    names = cells.attempt("co_units", lambda: row.codes("co_units")) or []
    co = [cells.attempt("co_units", partial(known.unit, name, on, is_open=is_open)) for name in names]
    co_units = {one.pk: one for one in co if one is not None and (unit is None or one.pk != unit.pk)}
    if unit is not None and unit.dissolved_on is None and r.NOT_TOLD not in row.text("unit"):
        _tell_successor(cells, known, row.text("unit"), unit)
    return _Units(unit, tuple(co_units.values()), _returned(cells, known, number, unit, is_open=is_open))


def _tell_successor(cells: Cells, known: Directory, text: str, unit: Unit) -> None:
    named = known.named(text)
    if named and all(one.pk != unit.pk for one in named):
        cells.note("unit", N_("“{value}”已撤销，由{unit}承接"), value=text, unit=unit.name)


def _returned(
    cells: Cells, known: Directory, number: _Number, unit: Unit | None, *, is_open: bool
) -> PastReturn | None:
    cell = cells.parsed("returned", r.returned)
    if cell is None or number.assigned_on is None:
        return None
    by = cells.attempt("returned", lambda: known.unit(cell.by, cell.on, is_open=False))
    to = cells.attempt("returned", lambda: known.unit(cell.to, cell.reassigned_on, is_open=is_open))
    cells.ordered(("assigned_on", number.assigned_on), ("returned", cell.on), ("returned", cell.reassigned_on))
    if to is not None and unit is not None and to.pk != unit.pk:
        cells.fault("returned", N_("改交的单位与主办单位不同"))
    if by is not None and to is not None and by.pk == to.pk:
        cells.fault("returned", N_("退办和改交的是同一个单位"))
    return None if by is None or to is None else PastReturn(cell.on, by, cell.reason, cell.reassigned_on, to)


def _oversight(cells: Cells, known: Directory) -> int | None:
    """The committee that supervises, where the cell names one; a leader's name stays a name."""
    named = known.named(cells.row.text("key_unit")) if "key_unit" not in cells.row.unread else []
    return next((unit.pk for unit in named if unit.kind == UnitKind.NPC), None)


def _sources(cells: Cells, known: Directory) -> tuple[int, ...]:
    names = cells.attempt("sources", lambda: cells.row.codes("sources")) or []
    found = [cells.attempt("sources", partial(known.opinion, name)) for name in names]
    return tuple(pk for pk in found if pk is not None)


# --- whether it fits together -----------------------------------------------------------------------------------------


def _met(cells: Cells) -> tuple[ContactWay | None, date | None]:
    way, on = cells.word("way", r.WAYS), cells.day("met_on")
    if on is not None and way is None and not cells.row.text("way"):
        cells.fault("way", N_("有沟通日期的，要有沟通方式"))
    if way is not None and on is None:
        cells.note("met_on", N_("没有沟通日期，不计入面商"))
    return way, on


def _in_order(
    cells: Cells,
    number: _Number,
    units: _Units,
    signed_on: date | None,
    met_on: date | None,
    reply: PastReply | None,
) -> None:
    replied_on = reply.on if reply else None
    filed = ("filed_on", number.filed_on)
    cells.ordered(filed, ("assigned_on", number.assigned_on), ("signed_on", signed_on), ("replied_on", replied_on))
    cells.ordered(("assigned_on", number.assigned_on), ("met_on", met_on))
    if units.returned is not None and replied_on is not None:
        cells.ordered(("returned", units.returned.reassigned_on), ("replied_on", replied_on))


def _warn(cells: Cells, title: str, text: str, reply: PastReply | None) -> None:
    """A secret never comes in; personal numbers are masked when published, and said beforehand."""
    columns = [("title", title), ("text", text), ("reply", reply.body if reply else "")]
    for column, value in columns:
        if r.looks_secret(value):
            cells.fault(column, N_("标有密级。涉密内容不得进入本系统，请另纸办理"))
        elif found := find(value):
            cells.note(column, N_("含 {n} 处身份证号、电话等个人信息，公开时自动遮盖"), n=len(found))
