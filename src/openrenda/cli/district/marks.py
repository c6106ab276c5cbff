"""Ballots that add up to known totals: a register tells how many chose each candidate, never who chose what."""

from collections.abc import Sequence
from random import Random


def ballots_of(approvals: Sequence[int], ballots: int, most: int) -> list[list[int]]:
    """So many ballots of 0 and 1 per candidate, none with more than `most` marks, whose columns sum to `approvals`.

    The marks are dealt out candidate by candidate, one ballot after the other: no ballot gets a candidate twice, and
    all ballots get the same number of marks, or one more. Which ballot comes first is left to a fixed shuffle.
    ValueError where no such ballots exist.
    """
    total = sum(approvals)
    if min(approvals, default=0) < 0 or max(approvals, default=0) > ballots or total > ballots * most:
        raise ValueError(f"{total} marks do not fit on {ballots} ballots with at most {most} each")
    rows = [[0] * len(approvals) for _ in range(ballots)]
    turn = 0
    for candidate, approved in enumerate(approvals):
        for _ in range(approved):
            rows[turn % ballots][candidate] = 1
            turn += 1
    Random(ballots).shuffle(rows)  # noqa: S311  no secret: the totals are public and the ballots invented
    return rows
