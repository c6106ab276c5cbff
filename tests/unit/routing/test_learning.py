"""What is learned from plain cases, and that the numbers a web process reads say the same."""

import io

import numpy as np
import numpy.typing as npt
import pytest

from openrenda.routing import learning
from openrenda.routing.learned import Learned, Reader
from openrenda.routing.learning import groups_of, held_out, learn, material, ridge
from openrenda.routing.values import COMMUNITY, STREET, Example, Place
from openrenda.routing.weighing import best
from tests.makers.routing import COURT, TRAFFIC, TREES, an_example, cases

GARDENS, POLICE, JUDGES = 11, 12, 13


def reader(examples: list[Example]) -> Reader:
    return Reader(Learned.unpack(learn(examples).pack()))


def first(known: Reader, title: str, body: str = "", category: int | None = None) -> int:
    return best(known.unit_scores(known.see(title, body), category), 1)[0]


@pytest.mark.parametrize(("title", "unit"), [(TREES, GARDENS), (TRAFFIC, POLICE), (COURT, JUDGES)])
def test_a_plain_case_goes_where_its_like_went(title: str, unit: int) -> None:
    known = reader(cases(GARDENS, POLICE, JUDGES))
    assert first(known, f"北门{title}") == unit


def test_what_a_web_process_computes_is_what_was_learned() -> None:
    examples = cases(GARDENS, POLICE, JUDGES, category=5)
    known, m = reader(examples), material(examples)
    weights, base = ridge(m.with_category[m.routed], m.unit_wanted)
    expected = m.with_category @ weights + base
    for row, one in enumerate(examples):
        said = known.unit_scores(known.see(one.title, one.body), one.category_id, one.kind)
        assert [said[label] for label in m.labels] == pytest.approx(expected[row].tolist(), abs=1e-4)


def test_the_category_speaks_too() -> None:
    examples = [an_example(n, f"请早点办好{n}", GARDENS if n % 2 else POLICE, category=n % 2) for n in range(12)]
    known = reader(examples)
    assert first(known, "请早点办好", category=1) == GARDENS
    assert first(known, "请早点办好", category=0) == POLICE


def test_what_a_street_did_teaches_about_all_streets() -> None:
    examples = [
        an_example(n, f"楼道里堆满杂物{n}", street, place=Place(street, None)) for n, street in enumerate((31, 32, 33))
    ]
    examples += [an_example(9, "居委会活动室总锁着", 77, place=Place(31, 77))]
    known = reader([*examples, *cases(GARDENS, POLICE, JUDGES)])
    assert first(known, "楼道里堆满杂物，没法走") == STREET
    assert first(known, "居委会活动室总锁着门") == COMMUNITY


def test_a_return_counts_against_the_unit_that_returned() -> None:
    plain = cases(GARDENS, POLICE, JUDGES)
    word = "公交站台"
    kept = [*plain, an_example(90, f"{word}太远", POLICE), an_example(91, f"{word}没有顶棚", GARDENS)]
    returned = [*kept, *(an_example(92 + n, f"{word}要迁移", GARDENS, refused_unit_ids=(POLICE,)) for n in range(2))]
    unreturned = [*kept, *(an_example(92 + n, f"{word}要迁移", GARDENS) for n in range(2))]

    def lead(examples: list[Example]) -> float:
        known = reader(examples)
        scores = known.unit_scores(known.see(f"{word}在哪里", ""), None)
        return scores[GARDENS] - scores[POLICE]

    assert lead(returned) > lead(unreturned) > 0


def test_a_return_without_a_new_unit_teaches_as_well() -> None:
    plain = cases(GARDENS, POLICE, JUDGES)
    known = reader([*plain, *(an_example(90 + n, TRAFFIC, None, refused_unit_ids=(POLICE,)) for n in range(12))])
    scores, before = (one.unit_scores(one.see(TRAFFIC, ""), None)[POLICE] for one in (known, reader(plain)))
    assert scores < before


def test_unknown_words_leave_only_what_is_usual() -> None:
    known = reader([*cases(GARDENS, POLICE, JUDGES), *(an_example(90 + n, TREES, GARDENS) for n in range(5))])
    for title, body in (("zzz", "qqq"), ("", ""), ("😀", "\ud800")):
        seen = known.see(title, body)
        scores = known.unit_scores(seen, 4711)
        assert best(scores, 1) == [GARDENS]
        assert np.isfinite(list(scores.values())).all()
        assert known.near(seen, 5) == []


def test_of_equals_the_older_one_comes_first() -> None:
    assert best({7: 0.5, 3: 0.5, 5: 0.9}, 3) == [5, 3, 7]


def test_the_nearest_past_case_is_the_same_matter() -> None:
    examples = cases(GARDENS, POLICE, JUDGES)
    known = reader(examples)
    near = known.near(known.see(examples[4].title, examples[4].body), 3)
    assert examples[near[0].row].unit_id == examples[4].unit_id
    assert near[0].likeness == pytest.approx(1.0, abs=1e-5)


def test_words_that_are_shown_are_usual_with_the_unit() -> None:
    known = reader([*cases(GARDENS, POLICE, JUDGES), an_example(90, "独一无二的词", GARDENS)])
    speaking = known.for_label(known.see(f"{TREES}独一无二", ""), GARDENS)
    assert "剪枝" in speaking
    assert "独一" not in speaking, "one case alone is no usage"
    assert known.for_label(known.see(TREES, ""), 4711) == {}


def test_categories_alone_can_be_learned() -> None:
    examples = [an_example(n, TREES if n % 2 else TRAFFIC, None, category=n % 2) for n in range(10)]
    known = reader(examples)
    assert best(known.category_scores(known.see(TREES, "")), 1) == [1]
    assert known.unit_scores(known.see(TREES, ""), 1) == {}


@pytest.mark.parametrize("examples", [[], [Example("k", 1, "", "", None, 1)], [Example("k", 1, "。！", "……", 2, None)]])
def test_nothing_to_learn_from_is_said(examples: list[Example]) -> None:
    with pytest.raises(ValueError, match="empty vocabulary"):
        learn(examples)


def test_a_pickle_is_not_read() -> None:
    target = io.BytesIO()
    np.savez(target, terms=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        Learned.unpack(target.getvalue())


# -- left out ----------------------------------------------------------------------------------------------------------


def refitted(examples: list[Example], groups: list[list[int]]) -> npt.NDArray[np.float64]:
    """The slow way: a fit for every case, around the same centre."""
    m = material(examples)
    features, centre, said = m.with_category[m.routed], m.unit_wanted.mean(axis=0), []
    for row, group in enumerate(groups):
        kept = [n for n in range(len(examples)) if n not in group]
        model = learning.Ridge(alpha=learning.ALPHA, fit_intercept=False, solver="cholesky")
        model.fit(features[kept], m.unit_wanted[kept] - centre)
        said.append((features[row] @ model.coef_.T + centre)[0])
    return np.array(said)


@pytest.mark.parametrize("whole_matter", [False, True])
def test_leaving_out_in_closed_form_is_leaving_out(*, whole_matter: bool) -> None:
    examples = [
        Example("k", n, one.title, one.body, n % 3, one.unit_id, matter=f"m{n // 2}")
        for n, one in enumerate(cases(GARDENS, POLICE, JUDGES, each=4))
    ]
    groups = groups_of(examples, whole_matter=whole_matter)
    m = material(examples)
    said = held_out(m.with_category[m.routed], m.unit_wanted, groups)
    assert said == pytest.approx(refitted(examples, groups), abs=1e-6)


def test_cases_of_one_matter_go_together() -> None:
    examples = [Example("k", n, "一", "二", None, 1, matter=matter) for n, matter in enumerate(("a", "", "a", "b"))]
    assert groups_of(examples, whole_matter=True) == [[0, 2], [1], [0, 2], [3]]
    assert groups_of(examples, whole_matter=False) == [[0], [1], [2], [3]]


def test_large_collections_are_left_out_in_tenths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "EXACT", 10)
    examples = cases(GARDENS, POLICE, JUDGES, each=12)
    m = material(examples)
    said = held_out(m.with_category[m.routed], m.unit_wanted, groups_of(examples, whole_matter=True))
    assert [m.labels[column] for column in said.argmax(axis=1)] == [one.unit_id for one in examples]
