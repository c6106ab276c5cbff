"""How good the advice is: what it would have said of each past case without having seen it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from . import learning
from .figures import ADVISED, Figures, Hits
from .learning import Doubles, Material
from .offices import all_words
from .values import Example
from .weighing import Duties, DutyBook, best, weigh

MISTAKES = 20


def judge(examples: Sequence[Example], duties: Duties, usual: Mapping[int, int | None]) -> Figures:
    """Leave-one-out over all examples with a unit. ValueError when there is nothing to learn from."""
    m = learning.material(examples)
    routed = [m.examples[row] for row in m.routed]
    strict = learning.groups_of(routed, whole_matter=True)
    book = DutyBook(duties, _common(examples), len(examples))
    features = m.with_category[m.routed]
    order = _orders(m, learning.held_out(features, m.unit_wanted, strict), book, usual)
    alone = _orders(
        m, learning.held_out(features, m.unit_wanted, learning.groups_of(routed, whole_matter=False)), book, usual
    )
    blind = _orders(m, learning.held_out(m.with_kind[m.routed], m.unit_wanted, strict), book, {})
    ranks = {row: _rank(routed[row].unit_id, said) for row, said in order.items()}
    kinds: dict[str, list[int]] = defaultdict(list)
    for row, rank in ranks.items():
        kinds[routed[row].kind].append(rank)
    return Figures(
        Hits.of(ranks.values()),
        Hits.of(_rank(routed[row].unit_id, said) for row, said in alone.items()),
        Hits.of(_rank(routed[row].unit_id, said) for row, said in blind.items()),
        _categories(m),
        {kind: Hits.of(found) for kind, found in sorted(kinds.items())},
        _mistakes(routed, order),
    )


def _common(examples: Sequence[Example]) -> dict[str, int]:
    return {word: sum(word in one.title or word in one.body for one in examples) for word in all_words()}


def _orders(m: Material, said: Doubles, book: DutyBook, usual: Mapping[int, int | None]) -> dict[int, list[int]]:
    """By row of a case with a unit: the units in the order in which they would have been advised."""
    found = {}
    for row, number in enumerate(m.routed):
        one = m.examples[number]
        if one.unit_id is None:
            continue
        scores = dict(zip(m.labels, said[row].tolist(), strict=True))
        mapped = usual.get(one.category_id) if one.category_id is not None else None
        points = weigh(scores, book.hints(one.title, one.body), one.place, usual=mapped)
        found[row] = best(points, ADVISED)
    return found


def _rank(wanted: int | None, said: Sequence[int]) -> int:
    return said.index(wanted) + 1 if wanted in said else 0


def _categories(m: Material) -> Hits:
    known = [m.examples[row] for row in m.sorted_out]
    said = learning.held_out(m.texts[m.sorted_out], m.category_wanted, learning.groups_of(known, whole_matter=True))
    order = np.argsort(-said, axis=1, kind="stable")[:, :ADVISED] if len(said) else said
    return Hits.of(
        _rank(one.category_id, [m.categories[column] for column in order[row]]) for row, one in enumerate(known)
    )


def _mistakes(routed: Sequence[Example], order: Mapping[int, list[int]]) -> list[tuple[int, int, int]]:
    wrong = Counter(
        (routed[row].unit_id or 0, said[0]) for row, said in order.items() if said and said[0] != routed[row].unit_id
    )
    return [(unit, advised, n) for (unit, advised), n in sorted(wrong.items(), key=lambda one: (-one[1], one[0]))][
        :MISTAKES
    ]
