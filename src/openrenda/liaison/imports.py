"""What may come in: the register of liaison stations, with who heads them and who serves there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openrenda.exchange import kinds
from openrenda.exchange.rows import BadCell, Row
from openrenda.exchange.values import Change, Column, Fault, Finding, ImportKind, Note, Outcome, Progress, tried
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Mandate, Unit
from openrenda.orgs.selectors import deputies_in_office
from openrenda.orgs.states import UnitKind

from .actions import set_up_station
from .actions.station_register import correct_station
from .models import Station
from .rules import reception_rule, who
from .states import StationLevel

LEVELS = {
    "街道": StationLevel.STREET,
    "社区": StationLevel.COMMUNITY,
    "行业": StationLevel.TRADE,
    "网上": StationLevel.ONLINE,
}
STARS = {"": 0, "一星": 1, "二星": 2, "三星": 3, "四星": 4, "五星": 5}
_LEVELS_ALSO = {
    "中心站": "街道",
    "街道站": "街道",
    "社区站": "社区",
    "联络点": "社区",
    "行业站": "行业",
    "网上站": "网上",
}
_STARS_ALSO = {str(n): word for word, n in STARS.items() if n} | {f"{n}星": word for word, n in STARS.items() if n}

COLUMNS = (
    Column(
        "code", N_("编号"), ("联络站编号", "站点编号", "代码", "序号"), required=True, is_key=True,
        note=N_("联络站的编号，不能与单位编号相同，以后靠它认出同一个站。"), example="S01",
    ),
    Column(
        "name", N_("名称"), ("联络站名称", "站点名称", "联络站", "站名"), required=True,
        note=N_("全称，最多80个字。"), example="桐荫街道人大代表联络站",
    ),
    Column(
        "level", N_("级别"), ("联络站级别", "类型", "站点类型", "类别"), required=True,
        note=N_("街道、社区、行业、网上。"), example="街道",
    ),
    Column(
        "street", N_("所属街道"), ("街道", "所在街道", "街道（乡镇）", "镇街"), required=True,
        note=N_("街道的编号或名称。"), example="J01",
    ),
    Column(
        "community", N_("所属社区"), ("社区", "所在社区", "社区（村）"),
        note=N_("社区的编号或名称。"), example="Q01",
    ),
    Column("address", N_("地址"), ("详细地址", "站址", "联络站地址"), example="桐荫路118号街道综合服务楼二层"),
    Column("lng", N_("经度"), (), example="124.61499"),
    Column("lat", N_("纬度"), (), example="30.76973"),
    Column("head", N_("站长"), ("负责人", "站长姓名"), note=N_("代表的编号或姓名。"), example="D002"),
    Column("contact", N_("联络员"), ("联系人", "联络员姓名"), example="蒋素贞"),
    Column(
        "phone", N_("电话"), ("联系电话", "联络站电话", "办公电话"),
        note=N_("对外公布的电话。"), example="13800003772",
    ),
    Column(
        "reception", N_("接待日"), ("接待时间", "接待日安排", "接待选民日"),
        note=N_("例如“每月8日 9:00-11:00”“每周一 15:00-17:30”，能认出的会自动排期。"), example="每月8日 9:00-11:00",
    ),
    Column("stars", N_("星级"), ("星级评定", "评定等级"), example="三星"),
    Column(
        "deputies", N_("驻站代表"), ("进站代表", "编组代表", "代表", "入站代表"),
        note=N_("代表的编号或姓名，用分号隔开。只把这些代表编入本站，不把别人移出。"), example="D001；D002",
    ),
)  # fmt: skip


NOBODY: tuple[Mandate, ...] = ()
NOWHERE: tuple[Decimal | None, Decimal | None] = (None, None)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row as it would be written: what a profile holds, by the names of `correct_station`."""

    code: str
    name: str
    parent: Unit | None
    profile: Mapping[str, Any]
    serving: tuple[Mandate, ...]
    head: Mandate | None
    unit: Unit | None
    known: Station | None


class _Book:
    """Units, stations and deputies in office. Three queries."""

    def __init__(self, actor: Actor) -> None:
        units = Unit.objects.filter(congress_id=actor.congress_id).select_related("parent").order_by("pk")
        self.units = {unit.code: unit for unit in units}
        stations = Station.objects.filter(congress_id=actor.congress_id).select_related("unit", "head", "head__person")
        self.stations = {station.unit.code: station for station in stations}
        self.mandates = list(deputies_in_office(actor.congress_id, clock.today()))

    def place(self, row: Row, column: str, kind: UnitKind) -> Unit | None:
        """The street or community a cell names by code or name."""
        said = row.text(column, required=column == "street")
        living = [u for u in self.units.values() if u.kind == kind and u.dissolved_on is None]
        found = [unit for unit in living if said in {unit.code, unit.name, unit.short_name}]
        if said and len(found) != 1:
            raise BadCell(column, N_("没有编号或名称是“{value}”的{kind}"), value=said, kind=kind.label)
        return found[0] if said else None

    def deputy(self, column: str, said: str) -> Mandate:
        found = [m for m in self.mandates if said == m.code] or [m for m in self.mandates if said == m.person.name]
        if not found:
            raise BadCell(column, N_("在任代表里没有编号或姓名是“{value}”的"), value=said)
        if len(found) > 1:
            codes = "、".join(mandate.code for mandate in found)
            raise BadCell(column, N_("有几位代表都叫“{value}”，请改填编号：{codes}"), value=said, codes=codes)
        return found[0]


def check(rows: Sequence[Row], actor: Actor, progress: Progress) -> list[Finding]:
    """The verdicts. Three queries."""
    book = _Book(actor)
    found = []
    for n, row in enumerate(rows, 1):
        found.append(_judged(row, book))
        progress(n, len(rows))
    return found


def _judged(row: Row, book: _Book) -> Finding:
    faults: list[Fault] = []
    one = _wanted(row, book, faults)
    if faults:
        return Finding(row, Outcome.BAD, tuple(faults))
    text = one.profile["reception_text"]
    notes = (
        (Note("reception", N_("看不出接待日的规律，会原样公布，但不能自动排期")),)
        if text and not reception_rule.parse(text)
        else ()
    )
    if one.known is None:
        return Finding(row, Outcome.ADD, notes=notes, parsed=one)
    changes = tuple(_changes(one, one.known))
    return Finding(row, Outcome.CHANGE if changes else Outcome.SAME, changes=changes, notes=notes, parsed=one)


def _wanted(row: Row, book: _Book, faults: list[Fault]) -> _Wanted:
    code = tried(faults, lambda: row.code("code", required=True), "")
    unit, known = book.units.get(code), book.stations.get(code)
    if unit is not None and unit.kind != UnitKind.STATION:
        faults.append(Fault("code", N_("“{value}”已经是一个单位的编号"), {"value": code}))
    street = tried(faults, lambda: book.place(row, "street", UnitKind.STREET), None)
    community = tried(faults, lambda: book.place(row, "community", UnitKind.COMMUNITY), None)
    serving = tried(faults, lambda: tuple(book.deputy("deputies", said) for said in row.codes("deputies")), NOBODY)
    head = tried(faults, lambda: book.deputy("head", said) if (said := row.text("head")) else None, None)
    return _Wanted(
        code=code,
        name=tried(faults, lambda: row.text("name", required=True, limit=80), ""),
        parent=community or street,
        profile=_profile(row, known, head, faults),
        serving=serving,
        head=head,
        unit=unit,
        known=known,
    )


def _profile(row: Row, known: Station | None, head: Mandate | None, faults: list[Fault]) -> dict[str, Any]:
    """What the row says; an empty cell leaves what is known."""
    words = {
        "address": tried(faults, lambda: row.text("address", limit=120), ""),
        "phone": tried(faults, lambda: row.text("phone", limit=40), ""),
        "reception_text": tried(faults, lambda: row.text("reception", limit=80), ""),
        "contact_name": tried(faults, lambda: row.text("contact", limit=60), ""),
    }
    lng, lat = tried(faults, lambda: _place(row), NOWHERE)
    stars = tried(faults, lambda: _stars(row), None)
    if known is not None:
        words = {key: value or getattr(known, key) for key, value in words.items()}
        head = head or known.head
        lng, lat = (known.lng, known.lat) if lng is None else (lng, lat)
        stars = known.stars if stars is None else stars
    level = tried(faults, lambda: _level(row), StationLevel.STREET)
    return {**words, "level": level, "head_id": head.pk if head else None, "lng": lng, "lat": lat, "stars": stars or 0}


def _level(row: Row) -> StationLevel:
    word = row.text("level", required=True)
    word = _LEVELS_ALSO.get(word, word)
    if word not in LEVELS:
        raise BadCell("level", N_("“{value}”不在可用的取值里：{choices}"), value=word, choices="、".join(LEVELS))
    return LEVELS[word]


def _stars(row: Row) -> int | None:
    word = row.text("stars")
    word = _STARS_ALSO.get(word, word)
    if word not in STARS:
        raise BadCell("stars", N_("“{value}”不是星级，应是一星到五星"), value=word)
    return STARS[word] or None


def _place(row: Row) -> tuple[Decimal | None, Decimal | None]:
    lng, lat = row.coordinate("lng", 180), row.coordinate("lat", 90)
    if (lng is None) != (lat is None):
        raise BadCell("lat" if lat is None else "lng", N_("经度和纬度要么都填，要么都不填"))
    if lng is None or lat is None:
        return None, None
    fine = Decimal("0.00001")
    return lng.quantize(fine), lat.quantize(fine)


_COLUMN_OF = {"reception_text": "reception", "contact_name": "contact"}


def _changes(one: _Wanted, known: Station) -> Iterable[Change]:
    yield from _moves(one, known.unit)
    for key, after in one.profile.items():
        before = getattr(known, key)
        if key != "head_id" and before != after:
            yield Change(_COLUMN_OF.get(key, key), _shown(before), _shown(after))
    if one.head is not None and one.head.pk != known.head_id:
        yield Change("head", _shown(known.head), _shown(one.head))
    if moved := [m for m in one.serving if m.station_id != known.unit_id]:
        yield Change("deputies", "", "、".join(f"+{m.person.name}" for m in moved))


def _moves(one: _Wanted, unit: Unit) -> Iterable[Change]:
    """The name and the place in the tree are the unit's."""
    if unit.name != one.name:
        yield Change("name", unit.name, one.name)
    if one.parent is not None and unit.parent_id != one.parent.pk:
        column = "community" if one.parent.kind == UnitKind.COMMUNITY else "street"
        yield Change(column, _shown(unit.parent), _shown(one.parent))


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return StationLevel(value).label if value in set(StationLevel) else str(value)


def write(found: Sequence[Finding], actor: Actor, progress: Progress) -> Mapping[str, int]:
    """Some ten queries a row, and three for each deputy who moves in."""
    counts = {"added": 0, "changed": 0}
    for n, finding in enumerate(found, 1):
        one = finding.parsed
        assert isinstance(one, _Wanted)  # what check() has put there
        unit = _unit(one, actor)
        if one.known is None:
            set_up_station(unit_id=unit.pk, actor=actor, **one.profile)
        else:
            correct_station(unit_id=unit.pk, actor=actor, **one.profile)
        counts["added" if one.known is None else "changed"] += 1
        for mandate in one.serving:
            if mandate.station_id != unit.pk:
                orgs.assign_station(mandate_id=mandate.pk, station_id=unit.pk, actor=actor)
        progress(n, len(found))
    return counts


def _unit(one: _Wanted, actor: Actor) -> Unit:
    parent_id = one.parent.pk if one.parent else None
    if one.unit is None:
        return orgs.add_unit(
            code=one.code, name=one.name, short_name="", kind=UnitKind.STATION, parent_id=parent_id, actor=actor
        )
    if (one.unit.name, one.unit.parent_id) == (one.name, parent_id):
        return one.unit
    short = one.unit.short_name if one.unit.short_name != one.unit.name else ""
    return orgs.correct_unit(unit_id=one.unit.pk, name=one.name, short_name=short, parent_id=parent_id, actor=actor)


STATIONS = ImportKind(
    name="liaison.stations",
    label=N_("联络站"),
    columns=COLUMNS,
    who=who.is_keeper,
    check=check,
    write=write,
    hint=N_("人大代表联络站。编号相同的视为同一个站：有不同就更新，空白的格不改动。请先导入单位和代表。"),
    order=30,
)


def register() -> None:
    """Called once in AppConfig.ready."""
    kinds.register(STATIONS)
