"""Which pages the header and the workbench lead to: apps register their own in AppConfig.ready."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from openrenda.kernel.actor import Actor

from .memo import address

VisibleFn = Callable[[Actor | None], bool]
AREAS = ("public", "work", "manage", "footer")


def everyone(actor: Actor | None) -> bool:
    """The entry is for whoever looks."""
    return True


def signed_in(actor: Actor | None) -> bool:
    """The entry is for those who are signed in."""
    return actor is not None and not actor.is_anonymous


@dataclass(frozen=True, slots=True)
class Entry:
    """A registered page. Entries of one `group` stand together under its name."""

    area: str
    label: str
    url_name: str
    order: int
    visible: VisibleFn
    group: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry as one reader sees it."""

    label: str
    url: str
    current: bool
    group: str


_entries: dict[tuple[str, str], Entry] = {}


def register(area: str, label: str, url_name: str, order: int, visible: VisibleFn = everyone, group: str = "") -> None:
    """Lead from `area` ("public", "work", "manage", "footer") to `url_name`; registering again replaces."""
    if area not in AREAS:
        raise ValueError(f"no navigation area {area!r}; there are {', '.join(AREAS)}")
    _entries[area, url_name] = Entry(area, label, url_name, order, visible, group)


def items(area: str, request: HttpRequest | None) -> list[NavItem]:
    """The entries of `area` that this reader may see, in order; the longest address that fits is the current one."""
    actor: Actor | None = getattr(request, "actor", None)
    path = request.path if request is not None else ""
    shown = sorted(
        (entry for entry in _entries.values() if entry.area == area and entry.visible(actor)),
        key=lambda entry: entry.order,
    )
    urls = [address(entry.url_name) for entry in shown]
    fitting = max((url for url in urls if _leads_to(url, path)), key=len, default=None)
    return [NavItem(entry.label, url, url == fitting, entry.group) for entry, url in zip(shown, urls, strict=True)]


def _leads_to(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
