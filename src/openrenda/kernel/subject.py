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
    """How a kind is shown: title, address, who may see it, who may see what of it is not public."""

    title: Callable[[int], str]
    url: Callable[[int, Actor], str]
    visible: Callable[[Actor, int], bool]
    inside: Callable[[Actor, int], bool]


_kinds: dict[str, SubjectKind] = {}


def register(
    kind: str,
    *,
    title: Callable[[int], str],
    url: Callable[[int, Actor], str],
    visible: Callable[[Actor, int], bool],
    inside: Callable[[Actor, int], bool] | None = None,
) -> None:
    """Called once per kind in the owner's AppConfig.ready.

    `inside` says who may see what is not public of a subject that may itself be public (a resident's own photos);
    by default whoever sees the subject and has signed in.
    """

    def signed_in(actor: Actor, pk: int) -> bool:
        return not actor.is_anonymous and visible(actor, pk)

    _kinds[kind] = SubjectKind(title, url, visible, inside or signed_in)


def known(kind: str) -> SubjectKind:
    """The registered kind; KeyError names the missing registration."""
    return _kinds[kind]


def kinds() -> tuple[str, ...]:
    """All registered kinds."""
    return tuple(_kinds)


def visible(actor: Actor, ref: SubjectRef) -> bool:
    """May `actor` see what `ref` points at? An unregistered kind is not to be seen."""
    kind = _kinds.get(ref.kind)
    return kind is not None and kind.visible(actor, ref.id)


def visible_inside(actor: Actor, ref: SubjectRef) -> bool:
    """May `actor` see what is not public of it?"""
    kind = _kinds.get(ref.kind)
    return kind is not None and kind.inside(actor, ref.id)
