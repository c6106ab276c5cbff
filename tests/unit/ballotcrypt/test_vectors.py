"""Numbers that the independent tool wrote, and those that the browser client must write as well."""

import base64
import json
import lzma
from typing import Any

import pytest

from ballotcrypt import archive, ballot, credentials, group, tally, verify
from ballotcrypt.election import Election
from ballotcrypt.encoding import compact, hex_digest, sha
from ballotcrypt.faults import Fault, FaultCode
from tests.makers import ballot_vectors


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ballot_vectors.PATH.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def tool(vectors: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = vectors["tool"]
    return found


def test_the_group_is_what_it_says() -> None:
    assert (group.P - 1) % group.Q == 0
    assert group.power(group.G, group.Q) == 1
    assert group.G != 1


def test_a_slip_of_the_tool_gives_its_public_credential(tool: dict[str, Any]) -> None:
    given = tool["credential"]
    assert credentials.well_formed(given["private"])
    assert credentials.secret_of(tool["uuid"], given["private"]) == int(given["secret_mod_q"])
    assert credentials.public_of(tool["uuid"], given["private"]) == given["public"]


def test_one_wrong_character_of_a_slip_is_noticed(tool: dict[str, Any]) -> None:
    slip = tool["credential"]["private"]
    for place, character in enumerate(slip):
        other = "2" if character != "2" else "3"
        assert not credentials.well_formed(slip[:place] + other + slip[place + 1 :])


def test_an_election_of_the_tool_is_read_and_written_alike(tool: dict[str, Any]) -> None:
    raw = tool["election"]["raw"].encode()
    read = Election.parse(raw)
    assert read.fingerprint == tool["election"]["fingerprint_b64"]
    assert compact(read.json()).encode() == raw


def test_a_ballot_of_the_tool_is_accepted(tool: dict[str, Any]) -> None:
    election = Election.parse(tool["election"]["raw"].encode())
    checked = ballot.check(election, tool["ballot1"]["raw"].encode())
    assert checked.tracker == tool["ballot1"]["tracker_b64"]
    assert checked.tracker_hex == tool["ballot1"]["sha256"] == hex_digest(checked.raw)
    assert checked.credential == tool["credential"]["public"]


def test_keys_and_weights_are_the_tools(tool: dict[str, Any]) -> None:
    given = tool["trustee1"]
    assert str(int.from_bytes(sha(f"sk|{given['seed']}"), "big")) == given["sk"]
    weights = {place: str(tally.lagrange(int(place), (1, 3))) for place in ("1", "3")}
    assert weights == tool["lagrange_at_0_for_{1,3}"]


def test_from_the_same_random_numbers_comes_the_same_election(vectors: dict[str, Any]) -> None:
    made = json.loads(json.dumps(ballot_vectors.made()))
    assert made == {name: value for name, value in vectors.items() if name != "tool"}


def test_the_vectors_archive_holds(vectors: dict[str, Any]) -> None:
    report = verify.verify(base64.b64decode(vectors["archive"]["base64"]))
    assert report.fingerprints["final_event"] == vectors["archive"]["final_event_hash"]
    assert report.result == json.loads(vectors["result"])["result"] == [[1, 0, 2, 0], [1, 0, 1], [1, 1, 1]]


def test_a_scrutineer_who_cannot_be_spared_beside_three_who_can() -> None:
    """An election in the extended form, which belenios-tool 2.0, 2.5.1 and 3.0 accept; one question knows blank."""
    data = lzma.decompress(ballot_vectors.PATH.with_name("single_and_threshold.bel.xz").read_bytes())
    report = verify.verify(data)
    assert report.result == [[2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1, 0], [1, 1, 1], [1, 1, 1]]
    read = archive.read(data)
    assert read.encrypted_tally is not None
    for missing in (1, 2):
        parts = {owner: part for owner, part in read.partials if owner != missing}
        with pytest.raises(Fault) as refused:
            tally.result(read.election, read.trustees, read.encrypted_tally, parts)
        assert refused.value.code is FaultCode.PARTIALS_TOO_FEW
