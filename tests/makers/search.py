"""Makers for the search: a kind of its own whose objects live in a dictionary, so that no slice is needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.search import actions, kinds
from openrenda.search.selectors import knowledge, others, profile
from openrenda.search.values import Doc, Hit

NAME = "test.matter"


@dataclass
class Shelf:
    """What is found of each object, under its number."""

    name: str = NAME
    docs: dict[int, tuple[Doc, ...]] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()
    asked: int = 0

    def put(self, pk: int, title: str, body: str = "", *, side: str = "both", **columns: Any) -> None:
        """An object, public and inside alike or on one side only, and its entry."""
        at: datetime = columns.pop("at", None) or clock.now() + timedelta(minutes=pk)
        audience = frozenset(columns.pop("audience", {"staff"}))
        doc = Doc(
            object_id=pk,
            congress_id=columns.pop("congress_id", 1),
            is_public=True,
            ref=columns.pop("ref", f"T-{pk}"),
            title=title,
            at=at,
            body=body,
            **columns,
        )
        inside = replace(doc, is_public=False, audience=audience)
        self.docs[pk] = {"both": (doc, inside), "public": (doc,), "inside": (inside,)}[side]
        actions.touch(self.name, pk)

    def drop(self, pk: int) -> None:
        """The object is gone."""
        del self.docs[pk]
        actions.touch(self.name, pk)

    def read(self, ids: Sequence[int]) -> Iterator[Doc]:
        self.asked += 1
        for pk in ids:
            yield from self.docs.get(pk, ())

    def every(self, after: int, size: int) -> list[int]:
        return sorted(pk for pk in self.docs if pk > after)[:size]

    def keys_of(self, actor: Actor) -> frozenset[str]:
        return frozenset({"staff"} if actor.has("STAFF") else set()) | {f"unit:{pk}" for pk in actor.scopes("UNIT")}


def url(hit: Hit) -> str:
    return f"/{hit.kind}/{hit.object_id}/"


def a_shelf(patch: pytest.MonkeyPatch, *names: str) -> list[Shelf]:
    """Kinds of these names, and no others, for the length of a test."""
    patch.setattr(kinds, "_register", {})
    shelves = [Shelf(name) for name in names]
    for order, shelf in enumerate(shelves):
        kinds.register(
            name=shelf.name,
            label=shelf.name,
            order=order,
            docs=shelf.read,
            every=shelf.every,
            keys=shelf.keys_of,
            url=url,
        )
    knowledge.forget()
    others.forget()
    profile.forget()
    return shelves
