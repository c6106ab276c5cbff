"""Pointers at anything: audit rows, notices and files are about a subject, without a foreign key."""

from collections.abc import Callable
from dataclasses import dataclass

from .actor import Actor


@dataclass(frozen=True, slots=True)
class SubjectRef:
    """Kind ("liaison.opinion") and id of what something is about."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """How a kind is shown: title, address, and who may see it."""

    title: Callable[[int], str]
    url: Callable[[int, Actor], str]
    visible: Callable[[Actor, int], bool]


_kinds: dict[str, SubjectKind] = {}


def register(
    kind: str, *, title: Callable[[int], str], url: Callable[[int, Actor], str], visible: Callable[[Actor, int], bool]
) -> None:
    """Called once per kind in the owner's AppConfig.ready."""
    _kinds[kind] = SubjectKind(title, url, visible)


def known(kind: str) -> SubjectKind:
    """The registered kind; KeyError names the missing registration."""
    return _kinds[kind]


def visible(actor: Actor, ref: SubjectRef) -> bool:
    """May `actor` see what `ref` points at? An unregistered kind is not to be seen."""
    kind = _kinds.get(ref.kind)
    return kind is not None and kind.visible(actor, ref.id)
