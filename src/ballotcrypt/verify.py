"""Everything that must hold of an archive, checked by someone who trusts nobody.

This is more than the independent tool checks: the order of events, that no ballot stands outside the count, one ballot
for each credential, the tally as published, and what was announced in the chamber.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from multiprocessing import get_context
from typing import Any

from . import archive, ballot, group, tally, threshold
from .archive import Archive
from .ballot import CheckedBallot
from .election import Election
from .encoding import hex_digest, parse
from .faults import Fault, FaultCode, demand

_WORTH_A_PROCESS = 16  # ballots: fewer are checked before a second process has started

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Expectations:
    """What was read aloud at opening and closing, as far as the reader knows it. Digests are SHA-256, hexadecimal."""

    election: str | None = None
    trustees: str | None = None
    credentials: str | None = None
    final_event: str | None = None
    credential_count: int | None = None
    ballots: int | None = None
    withdrawn: Sequence[str] = ()

    @classmethod
    def parse(cls, read: Mapping[str, Any]) -> "Expectations":
        """From a JSON object; a name it does not know is refused, or a misspelt expectation would go unchecked."""
        names = {one.name for one in fields(cls)}
        unknown = set(read) - names
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(sorted(names))}")
        return cls(**read)


@dataclass(frozen=True)
class Check:
    """Something that was found to hold."""

    code: str
    zh: str
    en: str


@dataclass
class Report:
    """What was checked and what the archive says. Digests are SHA-256, hexadecimal."""

    election: Election
    trackers: list[str]
    result: list[list[int]] | None
    fingerprints: dict[str, str]
    credential_count: int
    checks: list[Check] = field(default_factory=list)

    def holds(self, code: str, zh: str, en: str) -> None:
        """Note a check that succeeded."""
        self.checks.append(Check(code, zh, en))


def verify(
    data: bytes,
    *,
    expect: Expectations | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    unfinished: bool = False,
) -> Report:
    """Check an archive; raises the first fault. `workers`: processes, by default all processors."""
    found = archive.read(data, unfinished=unfinished)
    report = _report(found)
    report.holds(
        "archive", "档案字节完整，事件首尾相接、次序正确", "The archive is complete, its events chained and in order"
    )
    with _checking(found, workers if workers is not None else os.cpu_count() or 1) as results:
        _check_setup(found, report)
        ballots = _check_ballots(found, results, progress)
    report.trackers = [one.tracker for one in ballots]
    report.holds(
        "ballots",
        f"{len(ballots)} 张选票有效，一凭证一票",
        f"{len(ballots)} ballots are valid, one for each credential",
    )
    if found.encrypted_tally is not None:
        _check_tally(found, ballots, report)
        _check_result(found, _check_partials(found, report), report)
    if expect is not None:
        _check_expectations(found, ballots, expect, report)
    return report


def _report(found: Archive) -> Report:
    return Report(
        election=found.election,
        trackers=[],
        result=None,
        fingerprints={
            "election": hex_digest(found.election.raw),
            "trustees": hex_digest(found.trustees),
            "credentials": hex_digest(found.credentials_raw),
            "final_event": found.final_event_hash,
        },
        credential_count=len(found.credentials),
    )


def _check_setup(found: Archive, report: Report) -> None:
    trustees = threshold.check(found.trustees)
    demand(threshold.public_key(trustees) == found.election.y, FaultCode.PUBLIC_KEY_WRONG)
    count = len(threshold.owner_keys(trustees))
    report.holds(
        "trustees",
        f"{count} 名监票人的密钥有效，合成选举公钥",
        f"The keys of {count} trustees hold and make the election's key",
    )
    for place, credential in enumerate(found.credentials):
        demand("," not in credential, FaultCode.CREDENTIAL_WEIGHTED, f"credential={place}")
        try:
            group.proper_element(credential)
        except Fault as fault:
            raise fault.at(f"credential={place}") from fault
    count = len(found.credentials)
    demand(len(set(found.credentials)) == count, FaultCode.CREDENTIAL_REPEATED)
    report.holds("credentials", f"{count} 个投票凭证有效，无一重复", f"{count} credentials are valid, none twice")


# --- ballots ----------------------------------------------------------------------------------------------------------

_election: Election | None = None


def _begin(raw: bytes) -> None:
    """A worker process keeps the election and the table of its key."""
    global _election  # noqa: PLW0603  one per worker process, set when it starts
    _election = Election.parse(raw)


def _check_one(raw: bytes) -> CheckedBallot:
    assert _election is not None, "the process was begun"
    return ballot.check(_election, raw)


@contextmanager
def _checking(found: Archive, workers: int) -> Iterator[Iterator[CheckedBallot]]:
    """The ballots' checks in order; other processes are at work on them already while the setup is checked."""
    if workers <= 1 or len(found.ballots) < _WORTH_A_PROCESS:
        yield (ballot.check(found.election, raw) for raw in found.ballots)
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (found.election.raw,))
    try:
        yield pool.map(_check_one, found.ballots, chunksize=4)
    finally:
        pool.shutdown(cancel_futures=True)


def _check_ballots(found: Archive, results: Iterator[CheckedBallot], progress: Progress | None) -> list[CheckedBallot]:
    """Each ballot by itself, and what it cannot say of itself: its credential is listed and used once."""
    listed = set(found.credentials)
    used: dict[str, int] = {}
    checked: list[CheckedBallot] = []
    for place in range(len(found.ballots)):
        try:
            one = next(results)
        except Fault as fault:
            raise fault.at(f"ballot={place}") from fault
        demand(one.credential in listed, FaultCode.CREDENTIAL_UNKNOWN, f"ballot={place}")
        earlier = used.setdefault(one.credential, place)
        demand(earlier == place, FaultCode.CREDENTIAL_USED_TWICE, f"ballot={place} ballot={earlier}")
        checked.append(one)
        if progress is not None:
            progress(len(checked), len(found.ballots))
    return checked


# --- tally and result -------------------------------------------------------------------------------------------------


def _check_tally(found: Archive, ballots: Sequence[CheckedBallot], report: Report) -> None:
    said = (found.num_tallied, found.total_weight)
    demand(said == (len(ballots), len(ballots)), FaultCode.NUM_TALLIED_WRONG, f"{said[0]}/{len(ballots)}")
    demand(found.encrypted_tally == tally.encrypted_tally(found.election, ballots), FaultCode.ENCRYPTED_TALLY_WRONG)
    report.holds("tally", "密文合计恰为全部选票之积", "The encrypted tally is the product of all ballots")


def _check_partials(found: Archive, report: Report) -> dict[int, list[list[int]]]:
    """The factors of each trustee who decrypted."""
    assert found.encrypted_tally is not None, "asked by the caller"
    factors: dict[int, list[list[int]]] = {}
    for owner, partial in found.partials:
        demand(owner not in factors, FaultCode.PARTIAL_REPEATED, f"trustee={owner}")
        factors[owner] = tally.check_partial(found.election, found.trustees, owner, found.encrypted_tally, partial)
    count = len(factors)
    report.holds("partials", f"{count} 名监票人的部分解密有效", f"The partial decryptions of {count} trustees hold")
    return factors


def _check_result(found: Archive, factors: dict[int, list[list[int]]], report: Report) -> None:
    if found.result is None:
        return
    assert found.encrypted_tally is not None, "the order of events was checked"
    trustees = threshold.check(found.trustees)
    numbers = tally.read_out(found.election, trustees, found.encrypted_tally, factors, len(found.ballots))
    demand(found.result == numbers, FaultCode.RESULT_WRONG)
    report.result = parse(numbers)["result"]
    report.holds("result", "结果与解密一致", "The result is what the decryptions say")


# --- what was announced -----------------------------------------------------------------------------------------------


def _check_expectations(found: Archive, ballots: Sequence[CheckedBallot], expect: Expectations, report: Report) -> None:
    wanted: list[tuple[object, object, FaultCode]] = [
        (expect.election, report.fingerprints["election"], FaultCode.EXPECTED_ELECTION),
        (expect.trustees, report.fingerprints["trustees"], FaultCode.EXPECTED_TRUSTEES),
        (expect.credentials, report.fingerprints["credentials"], FaultCode.EXPECTED_CREDENTIALS),
        (expect.credential_count, len(found.credentials), FaultCode.EXPECTED_CREDENTIAL_COUNT),
        (expect.ballots, len(ballots), FaultCode.EXPECTED_BALLOTS),
    ]
    for announced, is_, code in wanted:
        demand(announced is None or announced == is_, code, f"{is_}")
    for place, one in enumerate(ballots):
        demand(one.credential not in expect.withdrawn, FaultCode.WITHDRAWN_CREDENTIAL_USED, f"ballot={place}")
    final = report.fingerprints["final_event"]
    demand(expect.final_event is None or expect.final_event == final, FaultCode.EXPECTED_FINAL_EVENT, final)
    report.holds("expected", "与会场宣读、会议记录的一致", "All is as announced in the chamber and in the minutes")
