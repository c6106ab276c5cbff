"""Powers come out the same in every way they can be taken, with GMP and without."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotcrypt import ballot, group
from ballotcrypt.election import Election
from tests.makers import ballot_vectors

EXPONENTS = st.integers(0, group.Q)


@pytest.fixture
def without_gmp() -> Iterator[None]:
    before = group.choose(group.PLAIN)
    yield
    group.choose(before)


@given(st.integers(2, group.Q), st.lists(EXPONENTS, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_several_powers_of_one_base(seed: int, exponents: list[int]) -> None:
    base = pow(group.G, seed, group.P)
    assert group.powers(base, exponents) == [pow(base, exponent, group.P) for exponent in exponents]


@given(EXPONENTS)
@settings(max_examples=25, deadline=None)
def test_powers_from_the_table(exponent: int) -> None:
    assert group.g_power(exponent) == pow(group.G, exponent, group.P)


@pytest.mark.parametrize("exponent", [0, 1, 2, 15, 16, 255, 256, 2**255, group.Q - 1, group.Q])
def test_exponents_at_the_edges(exponent: int) -> None:
    wanted = pow(group.G, exponent, group.P)
    assert group.powers(group.G, [exponent, 5]) == [wanted, pow(group.G, 5, group.P)]
    assert group.g_power(exponent) == group.power_secret(group.G, exponent) == wanted


@pytest.mark.usefixtures("without_gmp")
def test_python_alone_does_the_same() -> None:
    vectors = json.loads(ballot_vectors.PATH.read_text("utf-8"))
    election, given = Election.parse(vectors["election"]["raw"].encode()), vectors["ballots"][0]
    raw = ballot.cast(election, given["private"], given["votes"], draw=ballot_vectors.stream(given["draw_label"]))
    assert type(group.g_power(7)) is int
    assert raw.decode() == given["raw"]
    assert ballot.check(election, raw).tracker == given["tracker"]


def test_gmp_is_what_calculates_here() -> None:
    assert group.FASTEST is not group.PLAIN
    assert type(group.g_power(7)) is not int
