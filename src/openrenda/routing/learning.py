"""Learning, with scikit-learn: word pairs weighed by rarity, a ridge regression a question, tested on cases left out.

Only jobs and commands import this module: the web process predicts with `learned` alone and starts without
scikit-learn (1 to 2.5 s and 100 MB that it does not need; numpy takes 0.1 to 0.3 s).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge

from .grams import grams
from .learned import Floats, Learned, ints, words
from .offices import all_words
from .values import Example

Doubles = npt.NDArray[np.float64]

ALPHA = 0.1
CATEGORY_WEIGHT = 0.2
KIND_WEIGHT = 0.1
REFUSED = -1.0
RARE = 100
"""From this many examples on, a pair of characters must stand in two cases to be learned: no single case is kept."""
MOST_TERMS = 30_000
EXACT = 2_000
"""Up to this many examples each is left out by itself (in closed form); beyond, a tenth at a time."""
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Material:
    """Examples turned into numbers: texts, categories, and what is to be told of each."""

    examples: Sequence[Example]
    vectorizer: TfidfVectorizer
    texts: sparse.csr_matrix
    categories: tuple[int, ...]
    kinds: tuple[str, ...]
    labels: tuple[int, ...]
    routed: npt.NDArray[np.int64]  # rows with a unit or a refusal
    sorted_out: npt.NDArray[np.int64]  # rows with a category
    unit_wanted: Doubles
    category_wanted: Doubles

    @property
    def with_kind(self) -> sparse.csr_matrix:
        """Texts with the kind of case beside them: opinions often go to the street, suggestions hardly ever."""
        return sparse.hstack([self.texts, _marks([one.kind for one in self.examples], self.kinds, KIND_WEIGHT)]).tocsr()

    @property
    def with_category(self) -> sparse.csr_matrix:
        """And with the category, where it is known: what the question "who" is learned from."""
        marks = _marks([one.category_id for one in self.examples], self.categories, CATEGORY_WEIGHT)
        return sparse.hstack([self.with_kind, marks]).tocsr()


def _marks(said: Sequence[object], known: Sequence[object], weight: float) -> sparse.csr_matrix:
    """One column for each of `known`; a row that says none of them is empty."""
    column = {one: n for n, one in enumerate(known)}
    rows = [n for n, one in enumerate(said) if one in column]
    places = [column[said[n]] for n in rows]
    return sparse.csr_matrix((np.full(len(rows), weight**0.5), (rows, places)), shape=(len(said), len(known)))


def material(examples: Sequence[Example]) -> Material:
    """ValueError when no text holds a word."""
    vectorizer = TfidfVectorizer(
        analyzer=grams, sublinear_tf=True, min_df=2 if len(examples) >= RARE else 1, max_features=MOST_TERMS
    )
    texts = vectorizer.fit_transform([(one.title, one.body) for one in examples]).tocsr()
    labels = sorted({one.place.label(one.unit_id) for one in examples if one.unit_id is not None})
    categories = sorted({one.category_id for one in examples if one.category_id is not None})
    routed = [n for n, one in enumerate(examples) if one.unit_id is not None or one.refused_unit_ids]
    sorted_out = [n for n, one in enumerate(examples) if one.category_id is not None]
    return Material(
        examples,
        vectorizer,
        texts,
        tuple(categories),
        tuple(sorted({one.kind for one in examples})),
        tuple(labels),
        np.array(routed, dtype=np.int64),
        np.array(sorted_out, dtype=np.int64),
        _units_wanted([examples[n] for n in routed], labels),
        _categories_wanted([examples[n] for n in sorted_out], categories),
    )


def _units_wanted(examples: Sequence[Example], labels: Sequence[int]) -> Doubles:
    """1 for who handled it, -1 for who returned it."""
    column = {label: n for n, label in enumerate(labels)}
    wanted = np.zeros((len(examples), len(labels)))
    for row, one in enumerate(examples):
        for unit in one.refused_unit_ids:
            if (label := one.place.label(unit)) in column:
                wanted[row, column[label]] = REFUSED
        if one.unit_id is not None:
            wanted[row, column[one.place.label(one.unit_id)]] = 1.0
    return wanted


def _categories_wanted(examples: Sequence[Example], categories: Sequence[int]) -> Doubles:
    column = {pk: n for n, pk in enumerate(categories)}
    wanted = np.zeros((len(examples), len(categories)))
    for row, one in enumerate(examples):
        wanted[row, column[one.category_id]] = 1.0  # type: ignore[index]  # these have one
    return wanted


def ridge(features: sparse.csr_matrix, wanted: Doubles) -> tuple[Doubles, Doubles]:
    """(weights by feature and column, base by column): exact when small, by iteration when large."""
    if not wanted.size:
        return np.zeros((features.shape[1], wanted.shape[1])), np.zeros(wanted.shape[1])
    base = wanted.mean(axis=0)
    solver = "cholesky" if len(wanted) <= EXACT else "sparse_cg"
    model = Ridge(alpha=ALPHA, fit_intercept=False, solver=solver).fit(features, wanted - base)
    return model.coef_.reshape(wanted.shape[1], -1).T, base


def learn(examples: Sequence[Example]) -> Learned:
    """What the examples teach. ValueError when there is nothing to learn from."""
    m = material(examples)
    unit_weights, unit_base = ridge(m.with_category[m.routed], m.unit_wanted)
    category_weights, category_base = ridge(m.texts[m.sorted_out], m.category_wanted)
    terms, kinds = len(m.vectorizer.vocabulary_), len(m.kinds)
    by_kind = unit_weights[terms : terms + kinds] * KIND_WEIGHT**0.5
    by_category = unit_weights[terms + kinds :] * CATEGORY_WEIGHT**0.5
    columns = m.texts.tocsc()
    duty = Counter(word for one in examples for word in all_words() if word in one.title or word in one.body)
    return Learned(
        terms=words(m.vectorizer.get_feature_names_out().tolist()),
        rarity=_floats(m.vectorizer.idf_),
        labels=ints(m.labels),
        unit_weights=_floats(unit_weights[:terms]),
        unit_base=_floats(unit_base),
        categories=ints(m.categories),
        unit_by_kind=_floats(by_kind),
        unit_by_category=_floats(by_category),
        category_labels=ints(m.categories),
        category_weights=_floats(category_weights),
        category_base=_floats(category_base),
        kinds=words(m.kinds),
        case_kind=ints([m.kinds.index(one.kind) for one in examples]),
        case_id=ints([one.object_id for one in examples]),
        case_label=ints([0 if one.unit_id is None else one.place.label(one.unit_id) for one in examples]),
        case_category=ints([one.category_id or 0 for one in examples]),
        refusals=_refusals(examples),
        near_start=ints(columns.indptr.tolist()),
        near_case=ints(columns.indices.tolist()),
        near_value=_floats(columns.data),
        duty_words=words(list(duty)),
        duty_cases=ints(list(duty.values())),
    )


def _floats(values: npt.ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float32)


def _refusals(examples: Sequence[Example]) -> npt.NDArray[np.int64]:
    pairs = [(row, one.place.label(unit)) for row, one in enumerate(examples) for unit in one.refused_unit_ids]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


# -- what it would have said of each case without knowing it -----------------------------------------------------------


def held_out(features: sparse.csr_matrix, wanted: Doubles, groups: Sequence[Sequence[int]]) -> Doubles:
    """For each row the answer of a model that never saw the rows of its group (which holds the row itself)."""
    if not len(wanted):
        return wanted
    if len(wanted) <= EXACT:
        return _closed(features, wanted, groups)
    return _folded(features, wanted, groups)


def _closed(features: sparse.csr_matrix, wanted: Doubles, groups: Sequence[Sequence[int]]) -> Doubles:
    """Ridge without a group needs no second fit: answers − G_gg⁻¹ (G answers)_g, where G = (K + α)⁻¹."""
    base = wanted.mean(axis=0)
    centred = wanted - base
    inverse = np.linalg.inv((features @ features.T).toarray() + ALPHA * np.eye(len(wanted)))
    pulled = inverse @ centred
    said = np.empty_like(wanted)
    for row, group in enumerate(groups):
        own = list(group)
        off = np.linalg.solve(inverse[np.ix_(own, own)], pulled[own])
        said[row] = centred[row] - off[own.index(row)] + base
    return said


def _folded(features: sparse.csr_matrix, wanted: Doubles, groups: Sequence[Sequence[int]]) -> Doubles:
    """A tenth at a time, groups together; which tenth depends on the smallest row of the group alone."""
    fold = np.array([min(group) % FOLDS for group in groups])
    said = np.empty_like(wanted)
    for number in range(FOLDS):
        out = fold == number
        if out.any() and not out.all():
            weights, base = ridge(features[~out], wanted[~out])
            said[out] = features[out] @ weights + base
    return said


def groups_of(examples: Sequence[Example], *, whole_matter: bool) -> list[list[int]]:
    """For each example the rows that are left out with it: itself, or all of its matter."""
    if not whole_matter:
        return [[row] for row in range(len(examples))]
    together: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(examples):
        if one.matter:
            together[one.matter].append(row)
    return [together[one.matter] if one.matter else [row] for row, one in enumerate(examples)]
