"""`python -m ballotcrypt` on a laptop without anything else of this project."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ballotcrypt import __main__ as command
from ballotcrypt import credentials, trustees, verify
from tests.makers import ballotcrypt as make


@pytest.fixture(scope="module")
def made() -> make.Made:
    return make.counted(make.opened(voters=2, keys=make.ceremony(2, 2)), [[[1, 0]]], owners=(1, 2))


@pytest.fixture
def bel(made: make.Made, tmp_path: Path) -> Path:
    path = tmp_path / f"{made.election.uuid}.bel"
    path.write_bytes(made.archive())
    return path


@pytest.mark.parametrize(("lang", "says"), [("zh", "全部通过"), ("en", "all checks passed")])
def test_an_archive_that_holds(bel: Path, lang: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["verify", str(bel), "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert said.endswith(f"{says}\n")
    assert "     1 甲\n         0 乙" in said


def test_one_flipped_byte(bel: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = bytearray(bel.read_bytes())
    whole[5000] ^= 1
    bel.write_bytes(bytes(whole))
    assert command.main(["verify", str(bel)]) == 1
    assert "entry_altered" in capsys.readouterr().err
    assert command.main(["verify", str(bel), "--json", "--lang", "en"]) == 1
    assert json.loads(capsys.readouterr().out)["fault"] == "entry_altered"


def test_what_was_announced(bel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expect = tmp_path / "expect.json"
    expect.write_text(json.dumps({"ballots": 1, "credential_count": 2}), "utf-8")
    assert command.main(["verify", str(bel), "--expect", str(expect), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["result"], told["checks"][-1]["code"]) == (True, [[1, 0]], "expected")
    expect.write_text(json.dumps({"ballots": 2}), "utf-8")
    assert command.main(["verify", str(bel), "--expect", str(expect)]) == 1
    assert "expected_ballots" in capsys.readouterr().err


def test_no_such_file(tmp_path: Path) -> None:
    assert command.main(["verify", str(tmp_path / "none.bel")]) == 2


def test_it_runs_as_a_module_with_several_processes(tmp_path: Path, made: make.Made) -> None:
    many = make.counted(make.opened(voters=17, keys=made.ceremony), [[[1, 0]]] * 17, owners=(1, 2))
    path = tmp_path / "many.bel"
    path.write_bytes(many.archive())
    call = [sys.executable, "-m", "ballotcrypt", "verify", str(path), "--workers", "2", "--json"]
    told = subprocess.run(call, capture_output=True, check=True, text=True)
    assert json.loads(told.stdout)["result"] == [[17, 0]]


def test_a_bad_ballot_is_named_by_the_processes_too(made: make.Made) -> None:
    many = make.counted(make.opened(voters=17, keys=made.ceremony), [[[1, 0]]] * 17, owners=(1, 2))
    body = json.loads(many.ballots[16])
    body["answers"][0]["choices"].reverse()
    many.ballots[16] = json.dumps(body, separators=(",", ":")).encode()
    seen: list[int] = []
    with pytest.raises(verify.Fault) as refused:
        verify.verify(many.archive(), workers=2, progress=lambda done, _: seen.append(done))
    assert (refused.value.name, refused.value.detail) == ("ballot_signature", "ballot=16 hash")
    assert seen == list(range(1, 17))


def test_slips_are_for_their_maker_alone(tmp_path: Path, made: make.Made) -> None:
    out = tmp_path / "slips"
    assert command.main(["credentials", "--uuid", made.election.uuid, "--count", "3", "--out", str(out)]) == 0
    slips = (out / "slips.txt").read_text("utf-8").split()
    publics = [credentials.public_of(made.election.uuid, slip) for slip in slips]
    assert json.loads((out / "public_credentials.json").read_bytes()) == sorted(publics, key=int)
    assert (out / "slips.txt").stat().st_mode & 0o077 == 0
    again = command.main(["credentials", "--uuid", made.election.uuid, "--count", "3", "--out", str(out)])
    assert again == 2, "slips once made are never overwritten"


def test_a_scrutineers_four_messages(tmp_path: Path, made: make.Made, capsys: pytest.CaptureFixture[str]) -> None:
    transcript, seed_file = tmp_path / "transcript.json", tmp_path / "seed.txt"
    assert command.main(["trustee", "new"]) == 0
    seed = capsys.readouterr().out.strip()
    seed_file.write_text(seed + "\n", "utf-8")
    other = trustees.new_seed()
    said: dict[str, Any] = {"index": 1, "size": 2, "threshold": 2, "certs": [None, None], "polynomials": [None, None]}

    def run(step: str, wanted: int = 0) -> str:
        transcript.write_text(json.dumps(said), "utf-8")
        assert command.main(["trustee", step, str(transcript), "--seed", str(seed_file)]) == wanted
        return capsys.readouterr().out.strip()

    assert run("polynomial", wanted=2) == "", "not before all certificates are there"
    said["certs"] = [run("certificate"), trustees.certificate(other, 2, 2, 2)]
    said["polynomials"] = [run("polynomial"), trustees.polynomial(other, said["certs"])]
    keys = [run("key"), trustees.verification_key(other, 2, said["certs"], said["polynomials"])]
    record, public_key = trustees.assemble(said["certs"], said["polynomials"], keys)
    election = make.Election(made.election.uuid, "", "", make.TWO, public_key)
    said |= {"election": election.raw.decode(), "encrypted_tally": made.tally.decode()}
    trustees.check_partial(election, record, 1, made.tally, run("decrypt"))
