"""Statistics choose where a search begins."""

import pytest

from openrenda.search.rules.asked import read
from openrenda.search.selectors.profile import Profile

KNOWN = Profile(
    pages=1000,
    entries=100_000,
    bounds=tuple(range(700_000, 700_101)),
    shares={"路灯": 0.1, "路边": 0.05, "停车": 0.2, "u/1": 0.5, "a/x:y": 0.25, "41": 0.01},
    public=0.3,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("路灯", 0.1),
        ("路", 1 - 0.9 * 0.95 * 0.9975),
        ("路灯 停车", 0.02),
        ("水管", 0.0025),
        ("路灯停车", 0.0025),
        ("41", 0.0125),
        ("", 1.0),
    ],
)
def test_how_many_are_expected(text: str, expected: float) -> None:
    terms = read(text).terms
    assert KNOWN.expected(terms, [], [], is_public=True) == pytest.approx(30_000 * expected)
    assert KNOWN.expected(terms, ["a/x:y"], ["u/1"], is_public=False) == pytest.approx(12_500 * expected)


def test_nothing_is_expected_where_nothing_is_known() -> None:
    empty = Profile()
    assert empty.expected(read("路灯 路").terms, ["a/x:y"], ["u/1"], is_public=True) == 0
    assert empty.day_back(0.1) is None
    assert empty.estimate(2001, 17) == 2001


def test_how_many_there_are_by_where_the_first_lie() -> None:
    assert KNOWN.estimate(2000, 99) == 20_000
    assert KNOWN.estimate(2000, 5000) == 2000


@pytest.mark.parametrize(
    ("share", "before", "day"),
    [(0.0, None, 700_099), (0.1, None, 700_089), (0.98, None, 700_001), (0.99, None, 700_000), (1.0, None, None),
     (7.0, None, None), (0.1, 700_050, 700_038), (0.1, 700_005, None), (0.1, 800_000, 700_089)],
)  # fmt: skip
def test_since_when_a_share_was(share: float, before: int | None, day: int | None) -> None:
    assert KNOWN.day_back(share, before) == day
