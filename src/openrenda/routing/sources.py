"""What the advice learns from: the slices register their cases and their category map in AppConfig.ready."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openrenda.kernel.actor import Actor

from .values import CaseLink, CategoryLine, Example

ExamplesFn = Callable[[int], Iterable[Example]]
OpenFn = Callable[[Actor, Sequence[int]], Mapping[int, CaseLink]]
MapFn = Callable[[int], Iterable[CategoryLine]]


@dataclass(frozen=True, slots=True)
class Source:
    """`examples(congress_id)`: all that was decided. `open(actor, ids)`: those of them this reader may see, at most
    two queries; it is the slice's own gate."""

    name: str
    label: str
    examples: ExamplesFn
    open: OpenFn


_sources: dict[str, Source] = {}
_maps: list[MapFn] = []


def register(name: str, *, label: str, examples: ExamplesFn, open: OpenFn) -> None:  # noqa: A002  reads well where it is called
    """Cases of a kind. A source may also speak of another kind's cases (a suggestion knows who took the opinion)."""
    _sources[name] = Source(name, label, examples, open)


def register_map(lines: MapFn) -> None:
    """Where categories and their usual units are kept."""
    if lines not in _maps:
        _maps.append(lines)


def gathered(congress_id: int) -> list[Example]:
    """Each case once: where two sources speak of it, the one that knows the unit is heard."""
    found: dict[tuple[str, int], Example] = {}
    for example in _all(congress_id):
        key = (example.kind, example.object_id)
        if key not in found or (example.unit_id is not None and found[key].unit_id is None):
            found[key] = example
    return [found[key] for key in sorted(found)]


def _all(congress_id: int) -> Iterator[Example]:
    for source in _sources.values():
        yield from source.examples(congress_id)


def label_of(name: str) -> str:
    """How a kind of case is called (a msgid)."""
    return _sources[name].label if name in _sources else name


def lines_of(congress_id: int) -> dict[int, CategoryLine]:
    """The category map. One query a map."""
    return {line.category_id: line for lines in _maps for line in lines(congress_id)}


def openable(actor: Actor, wanted: Mapping[str, Sequence[int]]) -> dict[tuple[str, int], CaseLink]:
    """Of past cases, by kind, those this reader may open."""
    return {
        (kind, pk): link
        for kind, ids in wanted.items()
        if ids and kind in _sources
        for pk, link in _sources[kind].open(actor, ids).items()
    }
