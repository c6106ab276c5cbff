"""Groups of other names, and what they do to a search."""

from collections.abc import Iterable
from dataclasses import dataclass

from openrenda.kernel.errors import NotFound
from openrenda.search import selectors as index
from openrenda.search.models import SynonymGroup, SynonymKind
from openrenda.search.values import Query
from openrenda.ui.filters import number


@dataclass(frozen=True, slots=True)
class Group:
    """Names that stand for one another."""

    id: int
    kind: SynonymKind
    words: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Effect:
    """How many public things are found by a word alone, and by all words of its group."""

    word: str
    alone: str
    together: str


def _groups(rows: Iterable[SynonymGroup]) -> list[Group]:
    return [
        Group(row.pk, SynonymKind(row.kind), tuple(one.word for one in row.synonyms.all()), row.note) for row in rows
    ]


def groups(congress_id: int) -> list[Group]:
    """All groups, places first, the newest of each first. Two queries."""
    rows = SynonymGroup.objects.filter(congress_id=congress_id).prefetch_related("synonyms")
    return _groups(rows.order_by("kind", "-pk"))


def group(congress_id: int, pk: int) -> Group:
    """One group; NotFound if there is none such. Two queries."""
    found = _groups(SynonymGroup.objects.filter(congress_id=congress_id, pk=pk).prefetch_related("synonyms"))
    if not found:
        raise NotFound("search.no_synonyms")
    return found[0]


def effect(congress_id: int, given: Group) -> list[Effect]:
    """Word by word. Two searches for each word: a word in quotation marks stands for itself alone."""
    return [Effect(word, _count(congress_id, f'"{word}"'), _count(congress_id, word)) for word in given.words]


def _count(congress_id: int, text: str) -> str:
    found = index.find(Query(congress_id=congress_id, text=text, size=1))
    return f"{number(found.count)}+" if found.capped else number(found.count)
