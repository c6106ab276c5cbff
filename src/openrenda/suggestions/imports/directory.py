"""Whom and what a register may name in this district: units, deputies, sessions, subjects. Looked up once."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from openrenda.kernel.text import N_
from openrenda.liaison.models import Category, Opinion
from openrenda.liaison.states import OpinionState
from openrenda.orgs.models import Congress, Mandate, Session, Unit
from openrenda.orgs.states import Level, SessionPeriod, UnitKind
from openrenda.suggestions.rules.register_cells import BadText

BEFORE_SESSION = timedelta(days=30)
"""Deputies hand in suggestions for a session some weeks before it opens."""
_CROWD = re.compile(r"(?:代表)?等\s*\d*\s*[人名]?(?:代表)?$")
_CODE_IN_BRACKETS = re.compile(r"[(（]([A-Za-z]*\d+)[)）]$")


def folded(text: str) -> str:
    """Full-width, spaces and letter case make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


@dataclass
class Directory:
    """Everything a row may refer to."""

    units: dict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    mandates: dict[str, list[Mandate]] = field(default_factory=lambda: defaultdict(list))
    sessions: list[Session] = field(default_factory=list)
    categories: dict[str, int] = field(default_factory=dict)
    opinions: dict[str, int] = field(default_factory=dict)
    free_opinions: set[int] = field(default_factory=set)
    prefixes: tuple[str, ...] = ("区",)

    def unit(self, text: str, on: date, *, is_open: bool) -> Unit:
        """The unit of that code, name or short name; of one that had ended by `on` (for what is still open: by now),
        its successor. BadText when there is none or more than one."""
        found = self.named(text)
        if not found:
            raise BadText(N_("没有找到单位“{value}”"), value=text)
        living = {unit.pk: unit for one in found if (unit := _at_work(one, on, is_open=is_open)) is not None}
        if not living:
            raise BadText(N_("“{value}”已撤销，也没有登记承接单位"), value=text)
        if len(living) > 1:
            names = "、".join(f"{unit.name}（{unit.code}）" for unit in living.values())
            raise BadText(N_("“{value}”可能是：{names}。请写单位编号"), value=text, names=names)
        return next(iter(living.values()))

    def named(self, text: str) -> list[Unit]:
        """All units of that code, name or short name, ended ones too."""
        name = folded(text)
        for form in (name, *(name.removeprefix(prefix) for prefix in self.prefixes)):
            if form in self.units:
                return self.units[form]
        return []

    def mandate(self, text: str, session: Session, on: date) -> Mandate:
        """The deputy of that code or name who was in office on a day. BadText when there is none, or several."""
        code = _CODE_IN_BRACKETS.search(text.strip())
        name = folded(_CROWD.sub("", _CODE_IN_BRACKETS.sub("", text.strip())))
        known = self.mandates.get(code.group(1).upper(), []) if code else self.mandates.get(name, [])
        if not known:
            raise BadText(N_("代表名册中没有“{value}”"), value=text)
        held = [m for m in known if m.held_on(on)]
        found = [m for m in held if m.term_id == session.term_id] or held
        if not found:
            raise BadText(N_("“{value}”在 {day} 不在任"), value=text, day=on.isoformat())
        if len(found) > 1:
            names = "、".join(f"{m.person.name}（{m.delegation.name}，{m.code}）" for m in found)
            raise BadText(N_("有 {n} 位代表叫“{value}”：{names}。请写代表编号"), n=len(found), value=text, names=names)
        return found[0]

    def category(self, text: str) -> int:
        """The subject of that name; of a longer or shorter name if only one fits. BadText otherwise."""
        name = folded(text)
        if name in self.categories:
            return self.categories[name]
        bare = name.removesuffix("类")
        near = {pk for known, pk in self.categories.items() if bare and (bare in known or known in bare)}
        if len(near) == 1:
            return near.pop()
        known = "、".join(list(self.categories)[:20])
        raise BadText(N_("没有“{value}”这个类别，现有：{names}"), value=text, names=known)

    def opinion(self, text: str) -> int:
        """A resident's opinion of that number or old code. BadText when there is none."""
        if folded(text) not in self.opinions:
            raise BadText(N_("没有找到意见“{value}”"), value=text)
        return self.opinions[folded(text)]

    def session_of(self, term: int, number: int) -> Session:
        """The session of those numbers. BadText when it is not registered."""
        for session in self.sessions:
            if (session.term.number, session.number) == (term, number):
                return session
        raise BadText(N_("系统中没有登记第{term}届第{number}次会议，请先登记"), term=term, number=number)

    def session_in(self, year: int) -> Session:
        """The (last) session of a year. BadText when none is registered."""
        found = [session for session in self.sessions if session.opened_on.year == year]
        if not found:
            raise BadText(N_("系统中没有登记{year}年的代表大会会议，请先登记"), year=year)
        return found[-1]

    def session_on(self, day: date, period: SessionPeriod | None) -> Session:
        """The newest session begun by a day; of something filed for a session, the one about to begin."""
        ahead = BEFORE_SESSION if period == SessionPeriod.IN_SESSION else timedelta()
        found = [session for session in self.sessions if session.opened_on <= day + ahead]
        if not found:
            raise BadText(N_("系统中没有登记 {day} 以前的代表大会会议，请先登记"), day=day.isoformat())
        return found[-1]


def _at_work(unit: Unit, on: date, *, is_open: bool) -> Unit | None:
    """The unit itself while it lived, else who took over its duties."""
    while unit.dissolved_on is not None and (is_open or unit.dissolved_on < on):
        if unit.successor is None:
            return None
        unit = unit.successor
    return unit


def directory_of(congress_id: int, opinion_refs: Iterable[str] = ()) -> Directory:
    """Six queries; one less where no opinion is named."""
    known = Directory()
    congress = Congress.objects.get(pk=congress_id)
    own = folded(congress.short_name).removesuffix("人大").removesuffix("人民代表大会")
    known.prefixes = tuple(dict.fromkeys(filter(None, (own, "区", "市", "县"))))
    _enter_units(known, congress_id)
    mandates = Mandate.objects.filter(congress_id=congress_id, level=Level.DISTRICT)
    for mandate in mandates.select_related("person", "delegation", "term").order_by("pk"):
        for name in {folded(mandate.code), folded(mandate.person.name)}:
            known.mandates[name].append(mandate)
    sessions = Session.objects.filter(term__congress_id=congress_id).select_related("term")
    known.sessions = list(sessions.order_by("opened_on", "pk"))
    for category in Category.objects.filter(congress_id=congress_id, is_retired=False).order_by("pk"):
        known.categories.setdefault(folded(category.name), category.pk)
    if refs := {folded(ref) for ref in opinion_refs}:
        _enter_opinions(known, congress_id, refs)
    return known


def _enter_units(known: Directory, congress_id: int) -> None:
    """All units, ended ones too, with parents and successors at hand."""
    by_id = {unit.pk: unit for unit in Unit.objects.filter(congress_id=congress_id)}
    for unit in by_id.values():
        if unit.parent_id is not None:
            unit.parent = by_id[unit.parent_id]
        if unit.successor_id is not None:
            unit.successor = by_id[unit.successor_id]
        else:
            unit.successor = None
    for unit in by_id.values():
        if unit.kind in (UnitKind.STATION, UnitKind.GOVERNMENT):
            continue
        names = {folded(unit.code), folded(unit.name), folded(unit.short_name)} - {""}
        for prefix in known.prefixes:
            names |= {name.removeprefix(prefix) for name in names}
        for name in names:
            known.units[name].append(unit)


def _enter_opinions(known: Directory, congress_id: int, refs: set[str]) -> None:
    """`free_opinions`: those that may become a suggestion now."""
    rows = Opinion.objects.filter(Q(number__in=refs) | Q(external_ref__in=refs), congress_id=congress_id)
    for pk, number, ref, state in rows.values_list("pk", "number", "external_ref", "state"):
        known.opinions |= dict.fromkeys({folded(number), folded(ref)} & refs, pk)
        if state == OpinionState.CLASSIFIED:
            known.free_opinions.add(pk)
