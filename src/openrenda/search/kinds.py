"""What can be found: each package registers its kinds, and how to read them, in its AppConfig.ready."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openrenda.kernel.actor import Actor

from .values import FACETS, Doc, Hit

Docs = Callable[[Sequence[int]], Iterable[Doc]]
Every = Callable[[int, int], list[int]]
Keys = Callable[[Actor], frozenset[str]]
Url = Callable[[Hit], str]


def ref_of(hit: Hit) -> str:
    """A number shown as it is kept."""
    return hit.ref


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object.

    `docs(ids)`: what is found of these, at most one public and one inside entry each, in a constant number of queries;
    nothing for an object that is not to be found any more. `every(after, size)`: ids greater than `after`, ascending.
    `keys(actor)`: the audience tokens this actor carries. `url(hit)`: where a hit leads, `number(hit)`: how it is
    called, without a query. `words`: labels (msgids) of states and grades.
    """

    name: str
    label: str
    order: int
    docs: Docs
    every: Every
    keys: Keys
    url: Url
    facets: tuple[str, ...] = FACETS
    version: int = 1
    number: Callable[[Hit], str] = ref_of
    words: Mapping[str, str] = field(default_factory=dict)


_register: dict[str, Kind] = {}


def register(
    *,
    name: str,
    label: str,
    order: int,
    docs: Docs,
    every: Every,
    keys: Keys,
    url: Url,
    facets: tuple[str, ...] = FACETS,
    version: int = 1,
    number: Callable[[Hit], str] = ref_of,
    words: Mapping[str, str] | None = None,
) -> None:
    """Enter a kind; a second entry of the name is an error. A higher `version` has the kind's entries made anew."""
    if name in _register:
        raise ValueError(f"kind {name} is registered twice")
    _register[name] = Kind(name, label, order, docs, every, keys, url, facets, version, number, words or {})


def all_kinds() -> list[Kind]:
    """All kinds in the order of pages."""
    return sorted(_register.values(), key=lambda kind: (kind.order, kind.name))


def kind(name: str) -> Kind:
    """KeyError if nobody registered it."""
    return _register[name]


def known(names: Iterable[str]) -> list[Kind]:
    """Those of the names that are kinds; all kinds if no name is given."""
    wanted = set(names)
    return [one for one in all_kinds() if not wanted or one.name in wanted]


def url_of(hit: Hit) -> str:
    """Where the hit leads. No query."""
    return _register[hit.kind].url(hit)
