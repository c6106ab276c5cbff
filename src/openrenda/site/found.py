"""What a page of results shows: rows with the matching letters marked, names found at once, filters with counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import ngettext
from markupsafe import Markup

from openrenda.accounts.http import ActorRequest
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.search import kinds
from openrenda.search import selectors as index
from openrenda.search.values import Found, Hit, Part, Query
from openrenda.search.values import Hint as IndexHint
from openrenda.ui.filters import cdate, number, t
from openrenda.ui.shapes import FacetGroup, Link

from . import queries
from .queries import Asked
from .selectors import Names, names
from .sides import Side

DIRECTORY = ("orgs.deputy", "liaison.station", "orgs.unit")
AT_ONCE = 6
HINTS = 8
NOTE = 30
"""Characters that tell two people of one name apart."""
ORDERS = (("", N_("按时间")), ("relevance", N_("按相关程度")))
SHARES = {"kind": "kind", "category": "category", "unit": "unit", "street": "street", "year": "year"}
OF_ONE_KIND = {"state": "state", "class": "grade"}
LABELS = {
    "kind": N_("类型"),
    "category": N_("类别"),
    "unit": N_("单位"),
    "street": N_("街道"),
    "year": N_("年份"),
    "state": N_("状态"),
    "class": N_("答复分类"),
}
MOST = 12
"""Answers of one question; the rarer ones are found by narrowing another."""


@dataclass(frozen=True, slots=True)
class Row:
    """One hit as shown."""

    title: Markup
    url: str
    kind: str
    number: str
    snippet: Markup
    meta: Sequence[str]
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results; `direct` are people, stations and units whose name is meant."""

    heading: str
    also: Sequence[str]
    left_out: bool
    direct: Sequence[Row]
    rows: Sequence[Row]
    facets: Sequence[FacetGroup]
    orders: Sequence[Link]
    older: str


@dataclass(frozen=True, slots=True)
class HintRow:
    """One line below the search box."""

    title: Markup
    url: str
    kind: str
    note: str


def query(actor: Actor, asked: Asked, side: Side) -> Query:
    """The search in the index's words."""
    return Query(
        congress_id=actor.congress_id,
        text=asked.text,
        actor=actor if side.is_inside else None,
        kinds=(asked.kind,) if asked.kind else (),
        category_id=asked.category,
        unit_id=asked.unit,
        street_id=asked.street,
        year=asked.year,
        state=asked.state,
        grade=asked.grade,
        order="relevance" if asked.order == "relevance" else "time",
        after=asked.after,
    )


def results(request: ActorRequest, asked: Asked, side: Side) -> Results | None:
    """A page of what was found; None when nothing was asked. About nine queries, whatever is found."""
    if not asked.text:
        return None
    wanted = query(request.actor, asked, side)
    found = index.find(wanted)
    direct = _direct(wanted, asked)
    at_once = {(hit.kind, hit.object_id) for hit in direct}
    hits = [hit for hit in found.hits if (hit.kind, hit.object_id) not in at_once]
    called = _names(found, direct)
    return Results(
        heading=_heading(found),
        also=found.also,
        left_out=found.left_out,
        direct=[_row(hit, called) for hit in direct],
        rows=[_row(hit, called) for hit in hits],
        facets=list(_facets(request, found, called)),
        orders=_orders(request, asked) if found.count > 1 else [],
        older=queries.next_page(request, found.next_after),
    )


def _direct(wanted: Query, asked: Asked) -> list[Hit]:
    """Whoever types a name, its pinyin or its initials means that person or place."""
    if asked.is_narrowed or asked.after:
        return []
    return [hint.hit._replace(title=hint.parts) for hint in _named(wanted)]


def _named(wanted: Query) -> list[IndexHint]:
    """Entries of the directory whose own name is meant, not a word of their address."""
    meant = index.hints(replace(wanted, kinds=DIRECTORY), limit=2 * AT_ONCE)
    named = [hint for hint in meant if any(is_match for _, is_match in hint.parts)]
    return sorted(named, key=lambda hint: (-hint.hit.score, DIRECTORY.index(hint.kind), hint.hit.ref))[:AT_ONCE]


def _heading(found: Found) -> str:
    if found.capped:
        return t(N_("找到{n}+条"), n=number(found.count))
    return ngettext("找到%(n)s条", "找到%(n)s条", found.count) % {"n": number(found.count)}


def _names(found: Found, direct: Iterable[Hit]) -> Names:
    hits = [*found.hits, *direct]
    counted = {
        facet: {int(value) for value, _ in found.facets.get(facet, ())} for facet in ("category", "unit", "street")
    }
    categories = counted["category"] | {hit.category_id for hit in hits if hit.category_id}
    units = counted["unit"] | counted["street"]
    return names(categories, units | {pk for hit in hits for pk in (hit.unit_id, hit.street_id) if pk})


def marked(parts: Iterable[Part]) -> Markup:
    """The text with what was asked for marked."""
    return Markup("").join(Markup("<mark>{}</mark>").format(text) if is_match else text for text, is_match in parts)


def _row(hit: Hit, called: Names) -> Row:
    kind = kinds.kind(hit.kind)
    is_directory = hit.kind in DIRECTORY
    meta = [
        called.categories.get(hit.category_id or 0, ""),
        "" if is_directory else called.units.get(hit.unit_id or 0, ""),
        called.units.get(hit.street_id or 0, "") if hit.street_id != hit.object_id else "",
        "" if is_directory else cdate(hit.at),
    ]
    return Row(
        title=marked(hit.title) if hit.plain_title else Markup(t(N_("标题不公开"))),  # noqa: S704  a sentence of ours
        url=kind.url(hit),
        kind=kind.label,
        number="" if is_directory else kind.number(hit),
        snippet=marked(hit.snippet),
        meta=meta,
        state="" if is_directory else kind.words.get(hit.state, ""),
        tone="done" if hit.state == "closed" else "open",
    )


# -- filters -----------------------------------------------------------------------------------------------------------


def _facets(request: HttpRequest, found: Found, called: Names) -> Iterator[FacetGroup]:
    """A question with one answer or none is not asked; states and classes are words of one kind."""
    chosen = [str(value) for value, _ in found.facets.get("kind", ())]
    of_kind = kinds.kind(chosen[0]).words if len(chosen) == 1 else {}
    labels: dict[str, Mapping[str, str]] = {
        "kind": {kind.name: t(kind.label) for kind in kinds.all_kinds()},
        "category": {str(pk): name for pk, name in called.categories.items()},
        "unit": {str(pk): name for pk, name in called.units.items()},
        "street": {str(pk): name for pk, name in called.units.items()},
        "year": {str(value): str(value) for value, _ in found.facets.get("year", ())},
        **({name: {value: t(word) for value, word in of_kind.items()} for name in OF_ONE_KIND}),
    }
    for name, facet in {**SHARES, **OF_ONE_KIND}.items():
        values = [(str(v), labels[name][str(v)], n) for v, n in found.facets.get(facet, ()) if str(v) in labels[name]]
        if len(values) > 1 or (values and name in request.GET):
            yield FacetGroup(LABELS[name], queries.answers(request, name, values[:MOST]))


def _orders(request: HttpRequest, asked: Asked) -> list[Link]:
    return [
        Link(label, queries.with_changes(request, order=value), current=(value or "time") == (asked.order or "time"))
        for value, label in ORDERS
    ]


# -- hints and ways on -------------------------------------------------------------------------------------------------


def hints(request: ActorRequest, asked: Asked, side: Side) -> list[HintRow]:
    """What can be opened at once, people and places first. Twice the queries of the index's `hints`."""
    if not asked.text:
        return []
    wanted = query(request.actor, Asked(text=asked.text), side)
    named = _named(wanted)
    # A case is found by the names of its deputies too, but who types a name means the person.
    own = [hint for hint in index.hints(wanted, limit=HINTS) if hint.text == hint.hit.plain_title]
    others = [hint for hint in own if hint.kind not in DIRECTORY]
    return [_hint(hint.hit, hint.parts) for hint in [*named, *others][:HINTS]]


def _hint(hit: Hit, parts: Iterable[Part]) -> HintRow:
    kind = kinds.kind(hit.kind)
    title = marked(parts) or Markup(t(N_("标题不公开")))  # noqa: S704  a sentence of ours
    note = "".join(text for text, _ in hit.snippet)[:NOTE] if hit.kind in DIRECTORY else kind.number(hit)
    return HintRow(title, kind.url(hit), kind.label, note)


def ways_on(request: HttpRequest, asked: Asked, elsewhere: Link | None) -> list[Link]:
    """What to try when nothing was found."""
    ways = []
    if asked.is_narrowed:
        ways.append(Link(t(N_("去掉全部筛选再找")), queries.with_changes(request, **dict.fromkeys(queries.FILTERS))))
    if " " in asked.text or "　" in asked.text:
        ways.append(Link(t(N_("少写一个词：几个词都要有才算找到"))))
    elif len(asked.text) > 4:
        ways.append(Link(t(N_("换个短一点的说法，两三个字就够"))))
    if asked.text.isascii() and asked.text.replace(" ", "").isalpha():
        ways.append(Link(t(N_("拼音只用来找人名、站名和单位名：全拼或首字母都可以，例如 zhouyanqing 或 zyq"))))
    if any(letter.isdigit() for letter in asked.text):
        ways.append(Link(t(N_("编号可以只打后面的数字，例如 41"))))
    return [*ways, *([elsewhere] if elsewhere else [])] or [Link(t(N_("换一个说法，或者只写最要紧的两个字")))]
