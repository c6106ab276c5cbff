"""Real ballots for a replayed vote, made and checked on all cores. The private parts live in memory only and are lost
afterwards, as slips that nobody keeps. Imports nothing of Django: the worker processes start from here."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from ballotcrypt import ballot
from ballotcrypt.election import Election

CHUNK = 8


def cast_all(
    election_raw: bytes, slips: Sequence[str], marks: Sequence[Sequence[int]], told: Callable[[int], None]
) -> Iterator[bytes]:
    """One checked ballot per slip, in order; `told` hears how many are done. One question per ballot."""
    jobs = list(zip(slips, marks, strict=True))
    chunks = [(election_raw, jobs[start : start + CHUNK]) for start in range(0, len(jobs), CHUNK)]
    done = 0
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for made in pool.map(_cast, chunks):
            done += len(made)
            told(done)
            yield from made


def _cast(chunk: tuple[bytes, list[tuple[str, Sequence[int]]]]) -> list[bytes]:
    election = Election.parse(chunk[0])
    made = [ballot.cast(election, slip, [marks]) for slip, marks in chunk[1]]
    for raw in made:
        ballot.check(election, raw)
    return made
