"""What was learned, as numbers: read from the table, used by the web process. numpy alone, a few ms an advice."""

import io
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from .grams import grams

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.str_]

LOOKED_AT = 40
LEAST_OWN = 2
LEAST_PART = 0.3

FORMAT = 1
"""Goes up when the meaning of the arrays changes; what was stored in another format is learned anew."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Word pairs and their weights; no text of any case. Rows of `unit_weights` are `terms`, columns `labels`.

    `near_*` is the matrix of past cases by term (CSC): which cases hold the term, and how strongly.
    """

    terms: Words
    rarity: Floats
    labels: Ints
    unit_weights: Floats
    unit_base: Floats
    categories: Ints
    unit_by_kind: Floats
    unit_by_category: Floats
    category_labels: Ints
    category_weights: Floats
    category_base: Floats
    kinds: Words
    case_kind: Ints
    case_id: Ints
    case_label: Ints
    case_category: Ints
    refusals: Ints  # pairs: row of a case, label that returned it
    near_start: Ints
    near_case: Ints
    near_value: Floats
    duty_words: Words
    duty_cases: Ints

    def pack(self) -> bytes:
        """As it is stored: plain arrays, nothing that could run when it is read."""
        target = io.BytesIO()
        np.savez_compressed(target, **{one.name: getattr(self, one.name) for one in fields(self)})
        return target.getvalue()

    @classmethod
    def unpack(cls, stored: bytes) -> "Learned":
        """ValueError or KeyError when it is not what `pack` wrote."""
        with np.load(io.BytesIO(stored), allow_pickle=False) as found:
            return cls(**{one.name: found[one.name] for one in fields(cls)})

    @property
    def examples(self) -> int:
        return len(self.case_id)


@dataclass(frozen=True, slots=True)
class Seen:
    """A new text in the learned words: which terms, how strongly (length 1)."""

    terms: Ints
    values: Floats


NOTHING = Seen(np.array([], dtype=np.int64), np.array([], dtype=np.float32))


@dataclass(frozen=True, slots=True)
class Near:
    """A past case and how like it is: the cosine, 0 to 1."""

    row: int
    likeness: float


class Reader:
    """What is looked up in `Learned` again and again, worked out once a version."""

    def __init__(self, learned: Learned) -> None:
        self.learned = learned
        self.place = {str(term): n for n, term in enumerate(learned.terms)}
        self.category_row = {int(pk): n for n, pk in enumerate(learned.categories)}
        self.kind_row = {str(kind): n for n, kind in enumerate(learned.kinds)}
        self.is_pair = np.array([len(term) > 1 for term in learned.terms], dtype=np.bool_)
        self.label_column = {int(label): n for n, label in enumerate(learned.labels)}
        self.duty_cases = dict(zip(map(str, learned.duty_words), map(int, learned.duty_cases), strict=True))

    def see(self, title: str, body: str) -> Seen:
        """The text as a vector, exactly as the learning saw its examples."""
        counts = Counter(self.place[gram] for gram in grams((title, body)) if gram in self.place)
        terms = np.array(sorted(counts), dtype=np.int64)
        values = np.array([1 + math.log(counts[term]) for term in terms.tolist()], dtype=np.float32)
        values *= self.learned.rarity[terms]
        length = float(np.sqrt(values @ values))
        return Seen(terms, values / np.float32(length) if length else values)

    def unit_scores(self, seen: Seen, category_id: int | None, kind: str = "") -> dict[int, float]:
        """By label. About 1 for a sure one, about 0 for the others."""
        scores = self.learned.unit_base + seen.values @ self.learned.unit_weights[seen.terms]
        if kind in self.kind_row:
            scores = scores + self.learned.unit_by_kind[self.kind_row[kind]]
        row = self.category_row.get(category_id) if category_id is not None else None
        if row is not None:
            scores = scores + self.learned.unit_by_category[row]
        return dict(zip(self.learned.labels.tolist(), scores.tolist(), strict=True))

    def category_scores(self, seen: Seen) -> dict[int, float]:
        """By category."""
        scores = self.learned.category_base + seen.values @ self.learned.category_weights[seen.terms]
        return dict(zip(self.learned.category_labels.tolist(), scores.tolist(), strict=True))

    def near(self, seen: Seen, most: int) -> list[Near]:
        """The past cases most like it, best first."""
        starts = self.learned.near_start[seen.terms]
        counts = self.learned.near_start[seen.terms + 1] - starts
        places = np.arange(counts.sum()) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
        shared = np.repeat(seen.values, counts) * self.learned.near_value[places]
        likeness = np.bincount(self.learned.near_case[places], shared, self.learned.examples)
        best = np.argsort(-likeness, kind="stable")[:most]
        return [Near(int(row), float(likeness[row])) for row in best if likeness[row] > 0]

    def for_label(self, seen: Seen, label: int) -> dict[str, float]:
        """How much each word pair speaks for that unit rather than for others."""
        column = self.label_column.get(label)
        if column is None:
            return {}
        return self._speaking(seen, self.learned.unit_weights, column, self.learned.case_label == label)

    def for_category(self, seen: Seen, category_id: int) -> dict[str, float]:
        """How much each word pair speaks for that category rather than for others."""
        column = int(np.flatnonzero(self.learned.category_labels == category_id)[0])
        return self._speaking(seen, self.learned.category_weights, column, self.learned.case_category == category_id)

    def _speaking(self, seen: Seen, weights: Floats, column: int, belongs: npt.NDArray[np.bool_]) -> dict[str, float]:
        """Only pairs that stand in two of its cases and in few of the others': what is shown must hold when one
        looks. Weights alone would also show chance neighbours."""
        terms = seen.terms[self.is_pair[seen.terms]]
        block = weights[terms]
        more = seen.values[self.is_pair[seen.terms]] * (block[:, column] - block.mean(axis=1))
        best = np.argsort(-more, kind="stable")[:LOOKED_AT]
        told = zip(terms[best].tolist(), more[best].tolist(), strict=True)
        return {str(self.learned.terms[term]): weight for term, weight in told if self._is_usual(term, belongs)}

    def _is_usual(self, term: int, belongs: npt.NDArray[np.bool_]) -> bool:
        start, end = self.learned.near_start[term : term + 2].tolist()
        own = int(belongs[self.learned.near_case[start:end]].sum())
        return own >= LEAST_OWN and own >= LEAST_PART * (end - start)


def ints(values: Sequence[int]) -> Ints:
    """Ids as stored."""
    return np.array(values, dtype=np.int64)


def words(values: Sequence[str]) -> Words:
    """Texts as stored: of fixed width, no objects."""
    return np.array(list(values), dtype=np.str_) if values else np.array([], dtype="<U1")
