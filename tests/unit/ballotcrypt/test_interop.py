"""What we write, belenios-tool accepts; what it makes from first to last, we accept."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from ballotcrypt import credentials, verify
from ballotcrypt.faults import Fault, FaultCode
from tests.makers import ballotcrypt as make

TOOL = shutil.which("belenios-tool")
GROUP = ("--group", "BELENIOS-2048")
pytestmark = pytest.mark.skipif(TOOL is None, reason="apt-get install belenios-tool")


def tool(where: Path, *call: str, given: str = "") -> str:
    """What the tool prints."""
    asked = ["belenios-tool", *call]
    done = subprocess.run(asked, cwd=where, input=given, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def accepts(where: Path) -> tuple[bool, str]:
    call = ["belenios-tool", "election", "verify", "--dir", str(where)]
    done = subprocess.run(call, text=True, capture_output=True, check=False)
    return done.returncode == 0, done.stderr


# --- ours, checked by the tool ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def keys() -> make.Ceremony:
    return make.ceremony(3, 2)


@pytest.mark.parametrize("voters", [0, 1, 7])
def test_the_tool_accepts_our_election(tmp_path: Path, keys: make.Ceremony, voters: int) -> None:
    votes = [[[int((voter + place) % 2) for place in range(12)], [0, 1, 0]] for voter in range(voters)]
    made = make.counted(make.opened(make.PROJECTS, 7, keys=keys), votes, owners=(2, 3))
    path = tmp_path / f"{made.election.uuid}.bel"
    path.write_bytes(made.archive())
    accepted, said = accepts(tmp_path)
    assert accepted, said
    assert "all checks passed" in said
    assert "W:" not in said
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(bytes(whole))
    assert not accepts(tmp_path)[0]


def test_the_tool_votes_with_our_slip(tmp_path: Path, keys: make.Ceremony) -> None:
    made = make.opened(voters=2, keys=keys)
    path = tmp_path / f"{made.election.uuid}.bel"
    path.write_bytes(made.writer().bytes())
    derived = tool(tmp_path, "setup", "generate-credentials", "--uuid", made.election.uuid, *GROUP, "--derive",
                   made.slips[0].private)  # fmt: skip
    assert derived.strip() == made.slips[0].public
    vote(tmp_path, made.slips[0].private, [[0, 1]])
    assert verify.verify(path.read_bytes(), unfinished=True).result is None


# --- the tool's, checked by us ----------------------------------------------------------------------------------------


def vote(where: Path, private: str, choices: Sequence[Sequence[int]]) -> None:
    (where / "slip").write_text(private, "utf-8")
    (where / "choices").write_text(json.dumps(choices), "utf-8")
    raw = tool(where, "election", "generate-ballot", "--privcred", "slip", "--ballot", "choices")
    tool(where, "archive", "add-event", "--type=Ballot", given=raw)


def threshold_keys(where: Path) -> list[str]:
    """The tool's own ceremony, three scrutineers and any two; the files in the order of their numbers."""
    step = ("setup", "generate-trustee-key-threshold", *GROUP)
    for _ in range(3):
        tool(where, *step, "--step", "1")
    names = sorted(path.stem for path in where.glob("*.key"))
    (where / "certs.jsons").write_text("".join((where / f"{name}.cert").read_text() for name in names))
    certs = (*step, "--certs", "certs.jsons")
    shares = [tool(where, *certs, "--key", f"{name}.key", "--step", "3", "--threshold", "2") for name in names]
    (where / "polynomials.jsons").write_text("".join(shares))
    tool(where, *certs, "--step", "4", "--polynomials", "polynomials.jsons")
    keys = [
        tool(where, *certs, "--key", f"{name}.key", "--step", "5", given=(where / f"{name}.vinput").read_text())
        for name in names
    ]
    record = tool(where, *certs, "--step", "6", "--polynomials", "polynomials.jsons", given="".join(keys))
    (where / "threshold.json").write_text(record)
    return names


def opened_by_the_tool(where: Path, *, single: bool) -> tuple[list[str], list[str]]:
    """Everything up to the first ballot; private credentials and the names of the scrutineers' files."""
    uuid = tool(where, "setup", "generate-token").strip()
    (where / "voters.txt").write_text("".join(f"{number}@example.invalid\n" for number in (1, 2, 3)))
    tool(where, "setup", "generate-credentials", "--uuid", uuid, *GROUP, "--file", "voters.txt")
    next(where.glob("*.pubcreds")).rename(where / "public_creds.json")
    lines = next(where.glob("*.privcreds")).read_text().splitlines()
    names = threshold_keys(where)
    public = ""
    if single:
        tool(where, "setup", "generate-trustee-key", *GROUP)
        public = next(where.glob("*.pubkey")).read_text()
    (where / "public_keys.jsons").write_text(public)
    tool(where, "setup", "make-trustees")
    template = {"description": "", "name": "工具所做", "questions": [question.json() for question in make.TWO]}
    (where / "template.json").write_text(json.dumps(template, ensure_ascii=False), "utf-8")
    tool(where, "setup", "make-election", "--uuid", uuid, *GROUP, "--template", "template.json")
    tool(where, "archive", "init")
    assert credentials.well_formed(lines[0].split()[1])
    return [line.split()[1] for line in lines], names


def decrypted_by_the_tool(where: Path, names: Sequence[str], *, single: bool) -> None:
    """Closed, decrypted by the first and third of three scrutineers, and by the one who cannot be spared."""
    tool(where, "archive", "add-event", "--type=EndBallots")
    sums = tool(where, "election", "compute-encrypted-tally")
    tool(where, "archive", "add-event", "--type=EncryptedTally", given=sums)
    order = json.loads((where / "trustees.json").read_text())
    first = 1 + (order[0][0] == "Single")
    parts = [
        tool(where, "election", "decrypt-threshold", "--key", f"{names[place]}.key", "--decryption-key",
             f"{names[place]}.dkey", "--trustee-id", str(first + place))
        for place in (0, 2)
    ]  # fmt: skip
    if single:
        key = next(where.glob("*.privkey")).name
        owner = "1" if first == 2 else "4"
        parts.append(tool(where, "election", "decrypt", "--privkey", key, "--trustee-id", owner))
    for part in parts:
        tool(where, "archive", "add-event", "--type=PartialDecryption", given=part)
    result = tool(where, "election", "compute-result")
    tool(where, "archive", "add-event", "--type=Result", given=result)


@pytest.mark.parametrize("single", [False, True])
def test_we_accept_a_whole_election_of_the_tool(tmp_path: Path, single: bool) -> None:
    slips, names = opened_by_the_tool(tmp_path, single=single)
    vote(tmp_path, slips[0], [[1, 0]])
    vote(tmp_path, slips[1], [[0, 0]])
    board = next(tmp_path.glob("*.bel"))
    running = board.read_bytes()
    verify.verify(running, unfinished=True)
    if single:  # once is enough: the tool takes a second vote in place of the first, we do not
        vote(tmp_path, slips[0], [[0, 1]])
        with pytest.raises(Fault) as refused:
            verify.verify(board.read_bytes(), unfinished=True)
        assert refused.value.code is FaultCode.CREDENTIAL_USED_TWICE
        board.write_bytes(running)
    decrypted_by_the_tool(tmp_path, names, single=single)
    report = verify.verify(board.read_bytes())
    assert report.result == [[1, 0]]
    assert report.credential_count == 3
