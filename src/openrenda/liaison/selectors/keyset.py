"""Pages by key, not by offset: the hundredth page costs what the first does, and nothing is shown twice."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from .rows import Page

M = TypeVar("M", bound=Model)
R = TypeVar("R")
_SEPARATOR = "~"


def parse_int(raw: str) -> int:
    return int(raw)


def _decode(token: str, keys: Sequence["Key"]) -> list[Any] | None:
    """The key's values, or None for a token nobody of ours made: the list then starts at its beginning."""
    parts = token.split(_SEPARATOR)
    if len(parts) != len(keys):
        return None
    try:
        return [key.parse(part) for key, part in zip(keys, parts, strict=True)]
    except ValueError:
        return None


class Key:
    """One column of the order."""

    def __init__(self, name: str, parse: Callable[[str], Any], *, falls: bool = False) -> None:
        self.name, self.parse, self.falls = name, parse, falls

    @property
    def order(self) -> str:
        return f"-{self.name}" if self.falls else self.name

    def beyond(self, value: Any) -> Q:
        return Q(**{f"{self.name}__{'lt' if self.falls else 'gt'}": value})


def page(rows: QuerySet[M], keys: Sequence[Key], after: str, size: int, show: Callable[[list[M]], list[R]]) -> Page[R]:
    """The rows after the token in the order of the keys. One query."""
    start = _decode(after, keys) if after else None
    if start is not None:
        beyond = Q()
        for depth, key in enumerate(keys):
            same = Q(**{earlier.name: value for earlier, value in zip(keys[:depth], start, strict=False)})
            beyond |= same & key.beyond(start[depth])
        rows = rows.filter(beyond)
    found = list(rows.order_by(*[key.order for key in keys])[: size + 1])
    shown = found[:size]
    token = ""
    if len(found) > size:
        token = _SEPARATOR.join(_encode(getattr(shown[-1], key.name)) for key in keys)
    return Page(show(shown), token)


def _encode(value: Any) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
