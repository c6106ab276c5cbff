"""Cases for routing: made-up texts whose right unit is plain, and a source of them."""

from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from openrenda.routing import sources
from openrenda.routing.values import NOWHERE, CaseLink, Example, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openrenda.kernel.actor import Actor

KIND = "test.case"
TREES, TRAFFIC, COURT = "梧桐枝叶遮住窗户，请剪枝", "路口信号配时太短，过街来不及", "判决以后一直不给钱，请催执行"


def an_example(n: int, title: str, unit: int | None, category: int | None = None, **given: object) -> Example:
    """The n-th case."""
    body = f"{title}，已经第{n}年了。"
    return Example(KIND, n, title, body, category, unit, **given)  # type: ignore[arg-type]  # a test says what it needs


def cases(first: int, second: int, third: int, *, each: int = 8, category: int | None = None) -> list[Example]:
    """`each` cases of three plain matters for three units, every one in other words."""
    texts = ((TREES, first), (TRAFFIC, second), (COURT, third))
    return [
        an_example(3 * n + place, f"{STREETS[n % len(STREETS)]}{title}", unit, category)
        for n in range(each)
        for place, (title, unit) in enumerate(texts)
    ]


STREETS = ("东街", "南巷", "河沿", "桥头", "老槐树下", "新村")


@contextmanager
def a_source(examples: Sequence[Example], seen_by: "Mapping[int, set[str]] | None" = None) -> "Iterator[None]":
    """The only source while it lasts. `seen_by`: which readers (urn) may open a case; by default everybody."""

    def openable(actor: "Actor", ids: Sequence[int]) -> dict[int, CaseLink]:
        titles = {one.object_id: one.title for one in examples}
        return {
            pk: CaseLink(f"第{pk}号", titles[pk], f"/cases/{pk}/")
            for pk in ids
            if seen_by is None or actor.urn in seen_by.get(pk, set())
        }

    kept = dict(sources._sources)
    sources._sources.clear()
    sources.register(KIND, label="测试案例", examples=lambda _: examples, open=openable)
    try:
        yield
    finally:
        sources._sources.clear()
        sources._sources.update(kept)


__all__ = ["COURT", "KIND", "NOWHERE", "TRAFFIC", "TREES", "Place", "a_source", "an_example", "cases"]
