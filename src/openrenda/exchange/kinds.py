"""The kinds of registers that may come in; slices register theirs in AppConfig.ready."""

from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound

from .values import ImportKind

_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Offer a kind; registering its name again replaces."""
    _kinds[kind.name] = kind


def known() -> list[ImportKind]:
    """All kinds, in their order."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.name))


def open_to(actor: Actor) -> list[ImportKind]:
    """The kinds this actor may bring in."""
    return [kind for kind in known() if kind.may(actor)]


def kind(name: str) -> ImportKind:
    """The kind of that name; NotFound if there is none."""
    found = _kinds.get(name)
    if found is None:
        raise NotFound("exchange.no_kind")
    return found
