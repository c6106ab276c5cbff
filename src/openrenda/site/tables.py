"""What is found, and the district's synonyms, as lists that may be taken out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from openrenda.exchange.tables import DAY, Asked, Column, Params, Table, everyone, register, signed_in, walk, wearing
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.search import kinds
from openrenda.search import selectors as index
from openrenda.search.values import Hit
from openrenda.ui.filters import t

from . import effects, found, queries
from .selectors import Names, names
from .sides import INSIDE, PUBLIC, Side
from .slots import SYNONYM_READERS

MOST = 2000
"""As many hits as a search looks at."""

BATCH = 200


@dataclass(frozen=True, slots=True)
class _Line:
    """A hit with the names of its category and units."""

    hit: Hit
    called: Names

    def unit(self, pk: int | None) -> str:
        return self.called.units.get(pk or 0, "")


def _hits(actor: Actor, params: Params, side: Side) -> Iterator[_Line]:
    given = queries.read({**params, "after": ""})
    wanted = replace(found.query(actor, given, side), size=BATCH)

    def batch(after: str | None) -> tuple[Sequence[_Line], str]:
        page = index.find(replace(wanted, after=after or ""))
        called = names(
            {hit.category_id for hit in page.hits if hit.category_id},
            {pk for hit in page.hits for pk in (hit.unit_id, hit.street_id) if pk},
        )
        return [_Line(hit, called) for hit in page.hits], page.next_after

    return islice(walk(batch), MOST) if given.text else iter(())


def _asked(_actor: Actor, params: Params) -> Asked:
    given = queries.read(params)
    called = names([given.category or 0], [given.unit or 0, given.street or 0])
    kind = next((one for one in kinds.all_kinds() if one.name == given.kind), None)
    return (
        (N_("查找"), given.text),
        (found.LABELS["kind"], t(kind.label) if kind else given.kind),
        (found.LABELS["category"], called.categories.get(given.category or 0, "")),
        (found.LABELS["unit"], called.units.get(given.unit or 0, "")),
        (found.LABELS["street"], called.units.get(given.street or 0, "")),
        (found.LABELS["year"], str(given.year or "")),
        (found.LABELS["state"], t(kind.words.get(given.state, "")) if kind else given.state),
        (found.LABELS["class"], given.grade),
    )


def _state(line: _Line) -> str:
    if line.hit.kind in found.DIRECTORY:
        return ""
    return t(kinds.kind(line.hit.kind).words.get(line.hit.state, ""))


_COLUMNS = (
    Column(N_("类型"), lambda line: t(kinds.kind(line.hit.kind).label)),
    Column(N_("编号"), lambda line: kinds.kind(line.hit.kind).number(line.hit)),
    Column(N_("标题"), lambda line: line.hit.plain_title or t(N_("标题不公开")), width=44),
    Column(N_("类别"), lambda line: line.called.categories.get(line.hit.category_id or 0, "")),
    Column(N_("单位"), lambda line: line.unit(line.hit.unit_id)),
    Column(N_("街道"), lambda line: line.unit(line.hit.street_id)),
    Column(N_("日期"), lambda line: line.hit.at, DAY),
    Column(N_("状态"), _state),
    Column(N_("答复分类"), lambda line: line.hit.grade),
)
SEARCH = Table(
    name="site.search",
    label=N_("搜索结果"),
    definition=N_("公开的内容里找到的，最多2000条。"),
    who=everyone,
    rows=lambda actor, params: _hits(actor, params, PUBLIC),
    asked=_asked,
    columns=_COLUMNS,
)
WORK_SEARCH = Table(
    name="site.work_search",
    label=N_("工作台搜索结果"),
    definition=N_("现在的身份能打开的事项里找到的，含未公开的，最多2000条。"),
    who=signed_in,
    personal=True,
    rows=lambda actor, params: _hits(actor, params, INSIDE),
    asked=_asked,
    columns=_COLUMNS,
)
SYNONYMS = Table(
    name="site.synonyms",
    label=N_("同义词"),
    definition=N_("同一个地方、同一件事的不同叫法，一行一组。"),
    who=wearing(*SYNONYM_READERS),
    rows=lambda actor, _params: iter(effects.groups(actor.congress_id)),
    columns=(
        Column(N_("叫法"), lambda group: group.words, width=44),
        Column(N_("是什么"), lambda group: group.kind),
        Column(N_("说明"), lambda group: group.note, width=44),
    ),
)


def offer() -> None:
    """Called once in ready."""
    register(SEARCH, WORK_SEARCH, SYNONYMS)
