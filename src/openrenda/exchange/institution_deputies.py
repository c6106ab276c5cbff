"""The roll of deputies: people with their mandates of the present term."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import mask_phone, unseal
from openrenda.kernel.errors import NotFound, OpenRendaError
from openrenda.kernel.text import N_
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Mandate, Person, Term, Unit
from openrenda.orgs.names import clean_name
from openrenda.orgs.selectors import current_term
from openrenda.orgs.states import Level, UnitKind

from .keepers import keeps_the_register
from .rows import BadCell, Row
from .rules.numerals import chinese_number
from .values import Change, Column, Fault, Finding, ImportKind, Note, Outcome, Progress, tried

PLAIN = {"gender": 4, "nationality": 20, "party": 20, "education": 20, "occupation": 120}
"""Facts of a person as they stand in the cell, with their limits."""

COLUMNS = (
    Column(
        "code", N_("编号"), ("代表编号", "代表证号", "代表代码", "证号", "序号"), required=True, is_key=True,
        note=N_("代表的编号，本届内一人一个，以后靠它认出同一位代表。"), example="D001",
    ),
    Column("name", N_("姓名"), ("代表姓名", "代表"), required=True, note=N_("1 至 60 个字。"), example="周延庆"),
    Column("gender", N_("性别"), (), example="男"),
    Column("nationality", N_("民族"), (), example="汉族"),
    Column("born", N_("出生年月"), ("出生日期", "出生年月日", "生日"), note=N_("写到月即可。"), example="1967-06"),
    Column("party", N_("党派"), ("政治面貌", "党派及政治面貌"), example="中共党员"),
    Column("education", N_("学历"), ("文化程度", "学历学位"), example="大学"),
    Column(
        "occupation", N_("单位及职务"), ("工作单位及职务", "工作单位和职务", "职务", "单位职务", "工作单位"),
        example="桐花里社区党委书记",
    ),
    Column(
        "delegation", N_("代表团"), ("所在代表团", "所属代表团", "代表团名称", "代表小组"), required=True,
        note=N_("没有的代表团会自动建立。"), example="桐荫代表团",
    ),
    Column("constituency", N_("选区"), ("所在选区", "选举单位", "选区名称"), example="第3选区"),
    Column(
        "station", N_("所属联络站"), ("联络站", "进站", "驻站", "所在联络站", "编入联络站"),
        note=N_("联络站的编号或名称。"), example="S01",
    ),
    Column("sc_post", N_("常委会职务"), ("常委会组成人员职务", "常委会任职"), example="委员"),
    Column(
        "phone", N_("手机"), ("手机号", "手机号码", "联系电话", "电话", "移动电话"),
        note=N_("加密保存，不公开。"), example="13800005837",
    ),
    Column("term", N_("当选届次"), ("届次", "届别", "届"), note=N_("不填就是本届。"), example="第十六届"),
    Column("status", N_("状态"), ("代表状态", "在任情况", "任职状态"), note=N_("在任，或已终止。"), example="在任"),
    Column(
        "ended_on", N_("终止日期"), ("代表资格终止日期", "终止时间"),
        note=N_("代表资格终止的日期。"), example="2025-03-06",
    ),
    Column("end_reason", N_("终止原因"), ("代表资格终止原因",), example="工作调动"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row as it would be written. None leaves a fact as it is."""

    code: str
    name: str
    plain: Mapping[str, str]
    phone: str
    delegation: str
    constituency: str
    sc_post: str
    station: Unit | None
    ended_on: date | None
    end_reason: str
    known: Mandate | None
    person: Person | None


class _Book:
    """The term, its mandates, people and stations. Four queries."""

    def __init__(self, actor: Actor) -> None:
        self.term = _term(actor)
        mandates = Mandate.objects.filter(congress_id=actor.congress_id, term=self.term, level=Level.DISTRICT)
        chosen = mandates.select_related("person", "delegation", "constituency", "station")
        self.mandates = {mandate.code: mandate for mandate in chosen}
        self.stations: dict[str, list[Unit]] = {}
        for unit in Unit.objects.filter(congress_id=actor.congress_id, kind=UnitKind.STATION, dissolved_on=None):
            for name in {unit.code, unit.name, unit.short_name}:
                self.stations.setdefault(name, []).append(unit)
        seated = {mandate.person_id for mandate in self.mandates.values()}
        self.people: dict[str, list[Person]] = {}
        for person in Person.objects.filter(congress_id=actor.congress_id).order_by("pk"):
            if person.pk not in seated:
                self.people.setdefault(person.name, []).append(person)

    def station(self, said: str) -> Unit | None:
        """The station of that code or name. None as long as there are no stations at all: they need deputies first."""
        found = self.stations.get(said, [])
        if said and not found and self.stations:
            raise BadCell("station", N_("没有编号或名称是“{value}”的联络站，请先导入联络站"), value=said)
        if len(found) > 1:
            codes = "、".join(unit.code for unit in found)
            raise BadCell("station", N_("有几个联络站都叫“{value}”，请改填编号：{codes}"), value=said, codes=codes)
        return found[0] if found else None

    def same_person(self, name: str, born: str) -> Person | None:
        """Somebody known without a mandate in this term, of that name and born then: elected again, or on the staff."""
        found = [person for person in self.people.get(name, []) if born and person.born == born]
        return found[0] if len(found) == 1 else None


def _term(actor: Actor) -> Term | None:
    try:
        return current_term(actor.congress_id, clock.today())
    except NotFound:
        return None


def check(rows: Sequence[Row], actor: Actor, progress: Progress) -> list[Finding]:
    """The verdicts. Four queries."""
    book = _Book(actor)
    found = []
    for n, row in enumerate(rows, 1):
        found.append(_judged(row, book))
        progress(n, len(rows))
    return found


def _judged(row: Row, book: _Book) -> Finding:
    faults: list[Fault] = []
    wanted = _wanted(row, book, faults)
    if faults:
        return Finding(row, Outcome.BAD, tuple(faults))
    notes = tuple(_notes(wanted, row, book))
    if wanted.known is None:
        return Finding(row, Outcome.ADD, notes=notes, parsed=wanted)
    changes = tuple(_changes(wanted, wanted.known))
    return Finding(row, Outcome.CHANGE if changes else Outcome.SAME, changes=changes, notes=notes, parsed=wanted)


def _notes(wanted: _Wanted, row: Row, book: _Book) -> Iterable[Note]:
    if wanted.known is None and wanted.person is None and wanted.name in book.people:
        yield Note("name", N_("系统里已有同名的人，这位按新登记的人处理"))
    if not book.stations and row.text("station"):
        yield Note("station", N_("还没有登记任何联络站，先不编入；导入联络站后再导入一次本表即可"))


def _wanted(row: Row, book: _Book, faults: list[Fault]) -> _Wanted:
    """The row as it would be written; not to be, when `faults` were found: all of them, not just the first."""
    code = tried(faults, lambda: row.code("code", required=True), "")
    known = book.mandates.get(code)
    name = tried(faults, lambda: _name(row, known), "")
    tried(faults, lambda: _must_be_of_this_term(row, book.term), None)
    born = tried(faults, lambda: row.month("born"), "")
    return _Wanted(
        code=code,
        name=name,
        plain={key: value for key, value in {**_plain(row, faults), "born": born}.items() if value},
        phone=tried(faults, lambda: _phone(row), ""),
        delegation=tried(faults, lambda: row.text("delegation", required=True, limit=40), ""),
        constituency=tried(faults, lambda: row.text("constituency", limit=40), ""),
        sc_post=tried(faults, lambda: row.text("sc_post", limit=20), ""),
        station=tried(faults, lambda: book.station(row.text("station")), None),
        ended_on=tried(faults, lambda: _ended(row, book.term), None),
        end_reason=tried(faults, lambda: row.text("end_reason", limit=60), ""),
        known=known,
        person=known.person if known else book.same_person(name, born),
    )


def _plain(row: Row, faults: list[Fault]) -> dict[str, str]:
    found = {}
    for key, limit in PLAIN.items():
        try:
            found[key] = row.text(key, limit=limit)
        except BadCell as bad:
            faults.append(Fault.of(bad))
    return found


def _name(row: Row, known: Mandate | None) -> str:
    try:
        name = clean_name(row.text("name", required=True))
    except OpenRendaError as refused:
        raise BadCell("name", refused.message) from refused
    if known is not None and known.person.name != name:
        raise BadCell(
            "name", N_("编号在系统里是“{name}”；改名请在人员页面办理，编号填错请改正"), name=known.person.name
        )
    return name


def _phone(row: Row) -> str:
    digits = row.code("phone", limit=20).replace("-", "")
    if digits and not (digits.removeprefix("+").isdigit() and len(digits) >= 7):
        raise BadCell("phone", N_("这不是电话号码"))  # not quoted: a number that is nearly right is somebody's
    return digits


def _must_be_of_this_term(row: Row, term: Term | None) -> None:
    if term is None:
        raise BadCell("term", N_("系统里还没有本届，请先登记届次"))
    said = row.text("term")
    if not said:
        return
    try:
        number = chinese_number(said)
    except (ValueError, KeyError):
        raise BadCell("term", N_("“{value}”看不出是第几届"), value=said) from None
    if number != term.number:
        raise BadCell("term", N_("“{value}”不是本届（第{number}届）"), value=said, number=term.number)


def _ended(row: Row, term: Term | None) -> date | None:
    word = row.one_of("status", ("在任", "已终止", "终止", "辞职", "罢免"), required=False)
    ended = row.day("ended_on")
    if word not in {"", "在任"} and ended is None:
        raise BadCell("ended_on", N_("已不在任，必须写明终止日期"))
    if word == "在任" and ended is not None:
        raise BadCell("status", N_("写着在任，却有终止日期"))
    if ended and term and term.starts_on and ended < term.starts_on:
        raise BadCell("ended_on", N_("早于本届开始的日期"))
    return ended


def _changes(wanted: _Wanted, known: Mandate) -> Iterable[Change]:
    person = known.person
    pairs = [(key, getattr(person, key), value) for key, value in wanted.plain.items()]
    pairs += [
        ("delegation", known.delegation.name, wanted.delegation),
        ("constituency", known.constituency.name if known.constituency else "", wanted.constituency),
        ("sc_post", known.sc_post, wanted.sc_post),
        ("station", known.station.code if known.station else "", wanted.station.code if wanted.station else ""),
        ("ended_on", str(known.ends_on or ""), str(wanted.ended_on or "")),
    ]
    yield from (Change(key, before, after) for key, before, after in pairs if after and before != after)
    if wanted.phone and (phone := unseal(person.phone_sealed)) != wanted.phone:
        yield Change("phone", mask_phone(phone), mask_phone(wanted.phone))


def write(found: Sequence[Finding], actor: Actor, progress: Progress) -> Mapping[str, int]:
    """A dozen queries a row."""
    term = current_term(actor.congress_id, clock.today())
    counts = {"added": 0, "changed": 0}
    for n, finding in enumerate(found, 1):
        one = finding.parsed
        assert isinstance(one, _Wanted)  # what check() has put there
        if one.known is None:
            _add(one, term, actor)
            counts["added"] += 1
        else:
            _change(one, one.known, actor)
            counts["changed"] += 1
        progress(n, len(found))
    return counts


def _add(one: _Wanted, term: Term, actor: Actor) -> None:
    if one.person is None:
        person_id = orgs.add_person(name=one.name, phone=one.phone, actor=actor, **one.plain).pk
    else:
        person_id = one.person.pk
        orgs.correct_person(person_id=person_id, phone=one.phone or None, actor=actor, **one.plain)
    mandate = orgs.enter_mandate(
        person_id=person_id,
        term_id=term.pk,
        code=one.code,
        delegation=one.delegation,
        constituency=one.constituency,
        station_id=one.station.pk if one.station else None,
        starts_on=term.starts_on or clock.today(),
        sc_post=one.sc_post,
        actor=actor,
    )
    if one.ended_on:
        orgs.end_mandate(mandate_id=mandate.pk, on=one.ended_on, reason=one.end_reason, actor=actor)


def _change(one: _Wanted, known: Mandate, actor: Actor) -> None:
    orgs.correct_person(person_id=known.person_id, phone=one.phone or None, actor=actor, **one.plain)
    orgs.correct_mandate(
        mandate_id=known.pk,
        delegation=one.delegation,
        constituency=one.constituency or (known.constituency.name if known.constituency else ""),
        sc_post=one.sc_post or known.sc_post,
        actor=actor,
    )
    if one.station is not None and one.station.pk != known.station_id:
        orgs.assign_station(mandate_id=known.pk, station_id=one.station.pk, actor=actor)
    if one.ended_on and one.ended_on != known.ends_on:
        orgs.end_mandate(mandate_id=known.pk, on=one.ended_on, reason=one.end_reason, actor=actor)


DEPUTIES = ImportKind(
    name="orgs.deputies",
    label=N_("代表名册"),
    columns=COLUMNS,
    who=keeps_the_register,
    check=check,
    write=write,
    hint=N_("本届区人大代表。编号相同的视为同一位代表：有不同就更新，空白的格不改动；姓名不同的会被拦下。"),
    order=20,
)
