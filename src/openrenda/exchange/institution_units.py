"""The register of units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Unit
from openrenda.orgs.states import UnitKind

from .keepers import keeps_the_register
from .rows import BadCell, Row
from .values import Change, Column, Fault, Finding, ImportKind, Outcome, Progress

UNIT_KINDS = {
    "人大机构": UnitKind.NPC,
    "政府": UnitKind.GOVERNMENT,
    "政府部门": UnitKind.DEPARTMENT,
    "审判机关": UnitKind.COURT,
    "检察机关": UnitKind.PROCURATORATE,
    "监察机关": UnitKind.SUPERVISION,
    "街道": UnitKind.STREET,
    "社区": UnitKind.COMMUNITY,
    "其他": UnitKind.OTHER,
}
_ALSO = {
    "人大": "人大机构", "人大常委会": "人大机构", "工作部门": "政府部门", "部门": "政府部门", "委办局": "政府部门",
    "法院": "审判机关", "检察院": "检察机关", "监委": "监察机关", "街道办事处": "街道", "镇": "街道", "乡": "街道",
    "乡镇": "街道", "社区居委会": "社区", "村": "社区", "事业单位": "其他", "国有企业": "其他",
}  # fmt: skip

COLUMNS = (
    Column(
        "code", N_("编号"), ("单位编号", "单位代码", "机构编码", "代码", "序号"), required=True, is_key=True,
        note=N_("区里自己的编号，最多20个字符，一个单位一个，以后靠它认出同一个单位。"), example="B03",
    ),
    Column(
        "name", N_("名称"), ("单位名称", "单位全称", "全称", "机构名称", "单位"), required=True,
        note=N_("全称，最多80个字。"), example="区住房和城乡建设局",
    ),
    Column(
        "short_name", N_("简称"), ("单位简称", "规范简称"),
        note=N_("不填时与全称相同；页面上用简称。"), example="住建局",
    ),
    Column(
        "kind", N_("类别"), ("单位类别", "机构类别", "类型", "单位性质", "性质"), required=True,
        note=N_("人大机构、政府、政府部门、审判机关、检察机关、监察机关、街道、社区、其他。"), example="政府部门",
    ),
    Column(
        "parent", N_("上级编号"), ("上级单位编号", "上级单位", "上级", "所属单位", "主管单位", "隶属"),
        note=N_("上级单位的编号或名称；社区填所属街道。没有就空着。"), example="G00",
    ),
)  # fmt: skip


def unit_kind(word: str, name: str) -> UnitKind | None:
    """The kind a word means; the government itself stands among its departments in the register."""
    kind = UNIT_KINDS.get(_ALSO.get(word, word))
    return UnitKind.GOVERNMENT if kind is UnitKind.DEPARTMENT and name.endswith("人民政府") else kind


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row as it would be written; `parent` is a code."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent: str
    known: Unit | None


class _Book:
    """The units there are, and those the file brings, by code and by name. One query."""

    def __init__(self, rows: Sequence[Row], actor: Actor) -> None:
        units = Unit.objects.filter(congress_id=actor.congress_id).select_related("parent").order_by("pk")
        self.units = {unit.code: unit for unit in units}
        self.coming = {row.code("code"): row for row in rows if not row.unread}
        self._codes: dict[str, set[str]] = {}
        for unit in self.units.values():
            for name in (unit.name, unit.short_name):
                self._codes.setdefault(name, set()).add(unit.code)
        for code, row in self.coming.items():
            for key in ("name", "short_name"):
                self._codes.setdefault(row.text(key), set()).add(code)

    def code_of(self, column: str, said: str) -> str:
        """The code of a unit named by code or name; BadCell when nobody or several are meant."""
        if said in self.units or said in self.coming:
            return said
        found = self._codes.get(said, set())
        if not found:
            raise BadCell(column, N_("没有编号或名称是“{value}”的单位，本表里也没有"), value=said)
        if len(found) > 1:
            raise BadCell(
                column, N_("有几个单位都叫“{value}”，请改填编号：{codes}"), value=said, codes="、".join(sorted(found))
            )
        return next(iter(found))


def check(rows: Sequence[Row], actor: Actor, progress: Progress) -> list[Finding]:
    """The verdicts. One query."""
    book = _Book(rows, actor)
    findings = [_judged(row, book) for row in rows]
    return _without_circles(findings, book)


def _judged(row: Row, book: _Book) -> Finding:
    try:
        wanted = _wanted(row, book)
    except BadCell as bad:
        return Finding(row, Outcome.BAD, (Fault.of(bad),))
    if wanted.known is None:
        return Finding(row, Outcome.ADD, parsed=wanted)
    changes = tuple(_changes(wanted, wanted.known))
    return Finding(row, Outcome.CHANGE if changes else Outcome.SAME, changes=changes, parsed=wanted)


def _wanted(row: Row, book: _Book) -> _Wanted:
    code, name = row.code("code", required=True), row.text("name", required=True, limit=80)
    known = book.units.get(code)
    word = row.text("kind", required=True)
    kind = unit_kind(word, name)
    if kind is None:
        raise BadCell("kind", N_("“{value}”不在可用的取值里：{choices}"), value=word, choices="、".join(UNIT_KINDS))
    _must_fit(known, kind)
    short = row.text("short_name", limit=40) or (known.short_name if known else name[:40])
    parent = row.text("parent")
    if parent:
        parent = book.code_of("parent", parent)
    elif known is not None and known.parent is not None:
        parent = known.parent.code
    if parent == code:
        raise BadCell("parent", N_("上级不能是单位自己"))
    return _Wanted(code, name, short, kind, parent, known)


def _must_fit(known: Unit | None, kind: UnitKind) -> None:
    if known is None:
        return
    if known.dissolved_on is not None:
        raise BadCell("code", N_("这个编号的单位“{name}”已经撤并，不能再导入"), name=known.name)
    if known.kind != kind:
        reason = N_("系统里“{name}”的类别是{kind}，不能用导入改类别，请核对编号")
        raise BadCell("kind", reason, name=known.name, kind=UnitKind(known.kind).label)


def _changes(wanted: _Wanted, known: Unit) -> Iterable[Change]:
    pairs = (
        ("name", known.name, wanted.name),
        ("short_name", known.short_name, wanted.short_name),
        ("parent", known.parent.code if known.parent else "", wanted.parent),
    )
    return (Change(column, before, after) for column, before, after in pairs if before != after)


def _without_circles(findings: list[Finding], book: _Book) -> list[Finding]:
    """Whoever ends above itself is a fault; whoever hangs below a bad row, too."""
    above = {code: unit.parent.code if unit.parent else "" for code, unit in book.units.items()}
    wanted = {w.code: w for f in findings if isinstance(w := f.parsed, _Wanted)}
    above.update({code: one.parent for code, one in wanted.items()})
    lost = {code for code in book.coming if code not in wanted and code not in book.units}
    return [_with_parent(finding, above, lost) for finding in findings]


def _with_parent(finding: Finding, above: Mapping[str, str], lost: set[str]) -> Finding:
    one = finding.parsed
    if not isinstance(one, _Wanted):
        return finding
    seen, code = {one.code}, one.parent
    while code:
        if code in lost:
            fault = Fault("parent", N_("上级“{value}”那一行有问题，没有导入"), {"value": code})
            return Finding(finding.row, Outcome.BAD, (fault,))
        if code in seen:
            return Finding(finding.row, Outcome.BAD, (Fault("parent", N_("上级关系绕成了圈")),))
        seen.add(code)
        code = above.get(code, "")
    return finding


def write(found: Sequence[Finding], actor: Actor, progress: Progress) -> Mapping[str, int]:
    """Parents before their children; a handful of queries a row."""
    ids = dict(Unit.objects.filter(congress_id=actor.congress_id).values_list("code", "pk"))
    waiting = [one for finding in found if isinstance(one := finding.parsed, _Wanted)]
    counts = {"added": 0, "changed": 0}
    done = 0
    while waiting:
        ready = [one for one in waiting if not one.parent or one.parent in ids]
        for one in ready:
            parent_id = ids[one.parent] if one.parent else None
            if one.known is None:
                ids[one.code] = _added(one, parent_id, actor)
                counts["added"] += 1
            else:
                orgs.correct_unit(
                    unit_id=one.known.pk, name=one.name, short_name=one.short_name, parent_id=parent_id, actor=actor
                )
                counts["changed"] += 1
            done += 1
            progress(done, len(found))
        waiting = [one for one in waiting if one not in ready]
        if not ready:
            raise RuntimeError("units whose parents never come: the check let a circle pass")
    return counts


def _added(one: _Wanted, parent_id: int | None, actor: Actor) -> int:
    unit = orgs.add_unit(
        code=one.code, name=one.name, short_name=one.short_name, kind=one.kind, parent_id=parent_id, actor=actor
    )
    return unit.pk


UNITS = ImportKind(
    name="orgs.units",
    label=N_("单位"),
    columns=COLUMNS,
    who=keeps_the_register,
    check=check,
    write=write,
    hint=N_("人大机构、政府部门、街道、社区等。编号相同的视为同一单位：有不同就更新，空白的格不改动。"),
    order=10,
)
