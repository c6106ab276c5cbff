"""Ballots verified per second: our verifier with one and two processes, and belenios-tool, on the same archive.

All three run as commands, start and setup included, one after the other in each round.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from ballotcrypt import archive, ballot, credentials, tally, trustees
from ballotcrypt.election import Election, Question, new_uuid

GOAL_ONE, GOAL_TWO = 2.0, 3.5
TOOL = "belenios-tool"
QUESTION = Question("票决：十二选至多十", tuple(f"项目{number:02}" for number in range(1, 13)), 0, 10)


@dataclass
class Verified:
    """Seconds per round of each verifier, on an archive of so many ballots; the tool may be missing."""

    ballots: int
    one: list[float] = field(default_factory=list)
    two: list[float] = field(default_factory=list)
    tool: list[float] = field(default_factory=list)

    def ratio(self, ours: list[float]) -> float | None:
        """How many times as fast as the tool; the median of the rounds."""
        pairs = zip(self.tool, ours, strict=bool(self.tool))
        return statistics.median(theirs / mine for theirs, mine in pairs) if self.tool else None


def measure(ballots: int, rounds: int) -> Verified:
    """Make an archive and let everyone verify it in turn."""
    found = Verified(ballots)
    with tempfile.TemporaryDirectory() as folder:
        path = _made(Path(folder), ballots)
        ours = [sys.executable, "-m", "ballotcrypt", "verify", str(path), "--workers"]
        runs = [(found.one, [*ours, "1"]), (found.two, [*ours, "2"])]
        if shutil.which(TOOL):
            runs.insert(0, (found.tool, [TOOL, "election", "verify", "--dir", folder]))
        else:
            print(f"apt-get install {TOOL}: without it there is nothing to compare with", file=sys.stderr)
        for _ in tqdm(range(rounds), desc="verifying ballots"):
            for into, call in runs:
                into.append(_seconds(call))
    return found


def _seconds(call: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(call, check=True, capture_output=True)  # noqa: S603  our own command, or the tool
    return time.perf_counter() - start


def _made(folder: Path, count: int) -> Path:
    """An election of three scrutineers, any two of whom decrypt, with that many ballots."""
    seeds = [trustees.new_seed() for _ in range(3)]
    certs = [trustees.certificate(seed, index, 3, 2) for index, seed in enumerate(seeds, 1)]
    polynomials = [trustees.polynomial(seed, certs) for seed in seeds]
    keys = [trustees.verification_key(seed, at, certs, polynomials) for at, seed in enumerate(seeds, 1)]
    record, public_key = trustees.assemble(certs, polynomials, keys)
    election = Election(new_uuid(), "bench", "", (QUESTION,), public_key)
    slips = credentials.generate(election.uuid, count)
    votes = [[int((voter + place) % 3 == 0) for place in range(12)] for voter in range(count)]
    cast = zip(slips, votes, strict=True)
    raws = [ballot.cast(election, slip.private, [vote]) for slip, vote in tqdm(cast, "casting", count)]
    checked = [ballot.check(election, raw) for raw in tqdm(raws, "checking")]
    sums = tally.encrypted_tally(election, checked)
    partials = {
        owner: trustees.partial_decryption(seeds[owner - 1], owner, certs, polynomials, election, sums)
        for owner in (1, 2)
    }
    writer = archive.Writer(1_795_400_479, election.raw, record, [slip.public for slip in slips])
    for raw in raws:
        writer.add_ballot(raw)
    writer.end_ballots()
    writer.add_encrypted_tally(sums)
    for owner, partial in partials.items():
        writer.add_partial(owner, partial)
    writer.add_result(tally.result(election, record, sums, partials))
    path = folder / f"{election.uuid}.bel"
    path.write_bytes(writer.bytes())
    return path


def told(found: Verified) -> list[str]:
    """The section of the page."""
    rows = [
        ("belenios-tool", found.tool, None),
        ("ours, 1 process", found.one, GOAL_ONE),
        ("ours, 2 processes", found.two, GOAL_TWO),
    ]
    return [
        "## Verifying an archive",
        "",
        f"One archive of {found.ballots} ballots with 12 answers of which at most 10 are marked, verified in turn by",
        "`python -m ballotcrypt verify` with one and with two processes and by `belenios-tool election verify` (one",
        "process), each from start to end of the command. Medians of the rounds; the tool checks less.",
        "",
        "| verifier | seconds | ballots/s | times as fast | goal |",
        "|---|--:|--:|--:|---|",
        *(_row(found, *row) for row in rows if row[1]),
    ]


def _row(found: Verified, name: str, seconds: list[float], goal: float | None) -> str:
    median = statistics.median(seconds)
    ratio = found.ratio(seconds) if goal else None
    verdict = f"≥ {goal}: {'met' if ratio >= goal else 'missed'}" if goal and ratio else ""
    times = f"**{ratio:.2f}**" if ratio else ""
    return f"| {name} | {median:.1f} | {found.ballots / median:.1f} | {times} | {verdict} |"
