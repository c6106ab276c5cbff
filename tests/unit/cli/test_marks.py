"""Ballots made from totals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.cli.district.marks import ballots_of


@given(st.integers(1, 40), st.data())
def test_the_totals_are_those_asked_for_and_no_ballot_has_too_many_marks(ballots: int, data: st.DataObject) -> None:
    approvals = data.draw(st.lists(st.integers(0, ballots), min_size=1, max_size=6))
    most = -(-sum(approvals) // ballots)
    rows = ballots_of(approvals, ballots, most)
    assert len(rows) == ballots
    assert [sum(column) for column in zip(*rows, strict=True)] == approvals
    assert max(sum(row) for row in rows) <= most


@pytest.mark.parametrize(("approvals", "ballots", "most"), [([4], 3, 1), ([3, 3], 3, 1), ([-1], 3, 1)])
def test_totals_that_no_ballots_can_have_are_refused(approvals: list[int], ballots: int, most: int) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        ballots_of(approvals, ballots, most)
