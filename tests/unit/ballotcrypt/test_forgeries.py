"""What a voter, a scrutineer or the server may put into an archive with good signatures, and what it is refused for."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ballotcrypt import archive, ballot, credentials, group, proofs
from ballotcrypt.encoding import b64_digest, compact
from ballotcrypt.faults import Fault, FaultCode
from tests.makers import ballotcrypt as make
from tests.makers.ballotcrypt import refusal

# --- ballots ----------------------------------------------------------------------------------------------------------


def resigned(made: make.Made, body: dict[str, Any], secret: int | None = None) -> bytes:
    """The ballot with a good signature of the first voter under it, whatever it says."""
    body = {name: value for name, value in body.items() if name != "signature"}
    if secret is None:
        secret = credentials.secret_of(made.election.uuid, made.slips[0].private)
    digest = b64_digest(compact(body))
    proof = proofs.sign(f"sig|{digest}|", secret, group.random_scalar)
    return compact({**body, "signature": {"hash": digest, "proof": proof.json()}}).encode()


def forged(made: make.Made, change: Callable[[dict[str, Any]], None]) -> FaultCode:
    """What a ballot is refused for, changed by its own voter and signed again."""
    body = json.loads(made.ballots[0])
    change(body)
    return refused_ballot(made, resigned(made, body))


def refused_ballot(made: make.Made, raw: bytes) -> FaultCode:
    with pytest.raises(Fault) as alone:
        ballot.check(made.election, raw)
    writer = made.writer()
    writer.add_ballot(raw)
    on_board = refusal(writer.bytes(), unfinished=True)
    assert on_board.code is alone.value.code
    return alone.value.code


def plus(value: str, more: int) -> str:
    return str(int(value) + more)


def first(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = body["answers"][0]
    return found


def change_choice(name: str, to: Callable[[str], Any]) -> Callable[[dict[str, Any]], None]:
    def change(body: dict[str, Any]) -> None:
        choice = first(body)["choices"][0]
        choice[name] = to(choice[name])

    return change


def change_proof(name: str, to: Callable[[str], Any]) -> Callable[[dict[str, Any]], None]:
    def change(body: dict[str, Any]) -> None:
        proof = first(body)["individual_proofs"][0][0]
        proof[name] = to(proof[name])

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (change_proof("response", lambda v: plus(v, 1) if int(v) + 1 < group.Q else "0"), "ballot_individual_proof"),
        (lambda b: first(b)["individual_proofs"].reverse(), "ballot_individual_proof"),
        (lambda b: first(b)["choices"].reverse(), "ballot_individual_proof"),
        (lambda b: first(b)["overall_proof"].reverse(), "ballot_overall_proof"),
        (change_choice("alpha", lambda v: "0" + v), "decimal_not_canonical"),
        (change_choice("alpha", lambda v: "+" + v), "decimal_not_canonical"),
        (change_choice("beta", lambda v: v + " "), "decimal_not_canonical"),
        (change_choice("beta", lambda v: "٣" + v[1:]), "decimal_not_canonical"),
        (change_choice("beta", lambda _: 7), "decimal_not_canonical"),
        (change_choice("alpha", lambda v: plus(v, group.P)), "not_in_group"),
        (change_choice("alpha", lambda v: str(group.P - int(v))), "not_in_group"),
        (change_choice("beta", lambda v: str(group.P - int(v))), "not_in_group"),
        (change_choice("beta", lambda _: "0"), "not_in_group"),
        (change_choice("beta", lambda _: "1"), "neutral_element"),
        (change_proof("challenge", lambda v: plus(v, group.Q)), "scalar_out_of_range"),
        (change_proof("response", lambda v: plus(v, group.Q)), "scalar_out_of_range"),
        (lambda b: b.update(election_uuid="11111111111111"), "ballot_other_election"),
        (lambda b: b.update(credential=plus(b["credential"], group.P)), "not_in_group"),
        (lambda b: b.update(credential=str(group.P - int(b["credential"]))), "not_in_group"),
        (lambda b: b.update(credential="1"), "neutral_element"),
        (lambda b: b.update(more=1), "ballot_malformed"),
        (lambda b: b["answers"].append(b["answers"][0]), "ballot_malformed"),
        (lambda b: b["answers"].clear(), "ballot_malformed"),
        (lambda b: first(b)["choices"].pop(), "ballot_malformed"),
        (lambda b: first(b).update(blank_proof=[]), "ballot_malformed"),
        (lambda b: first(b).update(overall_proof={}), "fields_wrong"),
    ],
)
def test_a_voter_cannot_sign_what_does_not_hold(
    made: make.Made, change: Callable[[dict[str, Any]], None], code: str
) -> None:
    assert forged(made, change).value == code


def test_five_votes_in_one_mark(made: make.Made) -> None:
    def stuffed(body: dict[str, Any]) -> None:
        choice = first(body)["choices"][0]
        choice["beta"] = str(group.product((int(choice["beta"]), group.g_power(5))))

    assert forged(made, stuffed) is FaultCode.BALLOT_INDIVIDUAL_PROOF


def test_more_marks_than_allowed(made: make.Made) -> None:
    roomy = replace(made.election, questions=(replace(make.TWO[0], maximum=2),), raw=b"")
    object.__setattr__(roomy, "fingerprint", made.election.fingerprint)
    body = json.loads(ballot.cast(roomy, made.slips[0].private, [[1, 1]]))
    first(body)["overall_proof"].pop()
    assert refused_ballot(made, resigned(made, body)) is FaultCode.BALLOT_OVERALL_PROOF


def test_a_mark_without_randomness_is_no_secret(made: make.Made) -> None:
    draws = iter([0, *(group.random_scalar() for _ in range(40))])
    raw = ballot.cast(made.election, made.slips[0].private, [[1, 0]], draw=lambda: next(draws))
    assert refused_ballot(made, raw) is FaultCode.NEUTRAL_ELEMENT


def test_a_ballot_changed_by_somebody_else(made: make.Made) -> None:
    body = json.loads(made.ballots[0])
    first(body)["choices"].reverse()
    assert refused_ballot(made, compact(body).encode()) is FaultCode.BALLOT_SIGNATURE
    body = json.loads(made.ballots[0])
    body["signature"]["proof"]["response"] = "1"
    assert refused_ballot(made, compact(body).encode()) is FaultCode.BALLOT_SIGNATURE


def test_proofs_are_bound_to_the_voter(made: make.Made) -> None:
    body = {**json.loads(made.ballots[1]), "credential": made.slips[0].public}
    assert refused_ballot(made, resigned(made, body)) is FaultCode.BALLOT_INDIVIDUAL_PROOF


def test_another_elections_ballot(made: make.Made) -> None:
    other = make.opened(voters=1, keys=made.ceremony)
    raw = ballot.cast(other.election, other.slips[0].private, [[1, 0]])
    assert refused_ballot(made, raw) is FaultCode.BALLOT_OTHER_ELECTION


@pytest.mark.parametrize("spoil", [lambda r: r.replace(b",", b", ", 1), lambda r: r + b"\n", lambda r: b" " + r])
def test_one_spelling_only(made: make.Made, spoil: Callable[[bytes], bytes]) -> None:
    assert refused_ballot(made, spoil(made.ballots[0])) is FaultCode.JSON_NOT_CANONICAL


@pytest.mark.parametrize("raw", [b"", b"{", b"null", b"[]", b"\xff", b"[" * 100_000, b'{"a":"\\ud800"}', b"1" * 5000])
def test_no_ballot_at_all(made: make.Made, raw: bytes) -> None:
    with pytest.raises(Fault):
        ballot.check(made.election, raw)


def test_a_credential_that_is_not_on_the_list(made: make.Made) -> None:
    stranger = credentials.generate(made.election.uuid, 1)[0]
    writer = made.writer()
    writer.add_ballot(ballot.cast(made.election, stranger.private, [[1, 0]]))
    assert refusal(writer.bytes(), unfinished=True).code is FaultCode.CREDENTIAL_UNKNOWN


# --- setup ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda c: [*c, c[0]], FaultCode.CREDENTIAL_REPEATED),
        (lambda c: [c[0] + ",2", *c[1:]], FaultCode.CREDENTIAL_WEIGHTED),
        (lambda c: ["0" + c[0], *c[1:]], FaultCode.DECIMAL_NOT_CANONICAL),
        (lambda c: [str(group.P - int(c[0])), *c[1:]], FaultCode.NOT_IN_GROUP),
        (lambda c: ["1", *c[1:]], FaultCode.NEUTRAL_ELEMENT),
        (lambda c: [1, *c[1:]], FaultCode.CREDENTIALS_MALFORMED),
        (dict.fromkeys, FaultCode.CREDENTIALS_MALFORMED),
    ],
)
def test_the_list_of_credentials(
    made: make.Made, change: Callable[[list[str]], Any], code: FaultCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "credentials_raw", lambda given: compact(change(given)).encode())
    assert refusal(made.writer().bytes(), unfinished=True).code is code


def change_record(made: make.Made, change: Callable[[dict[str, Any]], None]) -> FaultCode:
    record = json.loads(made.ceremony.record)
    change(record[0][1])
    raw = compact(record).encode()
    writer = archive.Writer(make.TIMESTAMP, made.election.raw, raw, made.publics)
    return refusal(writer.bytes(), unfinished=True).code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda r: r.update(threshold=1), FaultCode.TRUSTEE_CERTIFICATE),
        (lambda r: r.update(threshold=4), FaultCode.TRUSTEES_MALFORMED),
        (lambda r: r["certs"].reverse(), FaultCode.TRUSTEE_CERTIFICATE),
        (lambda r: r["coefexps"].reverse(), FaultCode.TRUSTEE_POLYNOMIAL),
        (lambda r: r["signatures"].reverse(), FaultCode.TRUSTEE_POLYNOMIAL),
        (lambda r: r.pop("signatures"), FaultCode.TRUSTEE_CERTIFICATE),
        (lambda r: r["verification_keys"].reverse(), FaultCode.TRUSTEE_KEY),
        (lambda r: r["verification_keys"][1].pop("signature"), FaultCode.TRUSTEE_KEY),
        (lambda r: r["verification_keys"].pop(), FaultCode.TRUSTEES_MALFORMED),
    ],
)
def test_the_trustees_record(made: make.Made, change: Callable[[dict[str, Any]], None], code: FaultCode) -> None:
    assert change_record(made, change) is code


def test_a_key_that_the_trustees_do_not_hold(made: make.Made) -> None:
    other = replace(made, election=replace(made.election, public_key=str(group.g_power(5)), raw=b""))
    assert refusal(other.writer().bytes(), unfinished=True).code is FaultCode.PUBLIC_KEY_WRONG


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda e: {**e, "public_key": "1"}, FaultCode.NEUTRAL_ELEMENT),
        (lambda e: {**e, "group": "RFC-3526-2048"}, FaultCode.GROUP_UNKNOWN),
        (lambda e: {**e, "version": 2}, FaultCode.ELECTION_MALFORMED),
        (lambda e: {**e, "version": True}, FaultCode.ELECTION_MALFORMED),
        (lambda e: {**e, "uuid": "../../etc"}, FaultCode.ELECTION_MALFORMED),
        (lambda e: {**e, "questions": []}, FaultCode.ELECTION_MALFORMED),
        (lambda e: {**e, "questions": [{**e["questions"][0], "max": 3}]}, FaultCode.ELECTION_MALFORMED),
        (lambda e: {**e, "administrator": None}, FaultCode.ELECTION_MALFORMED),
    ],
)
def test_the_election(made: make.Made, change: Callable[[dict[str, Any]], dict[str, Any]], code: FaultCode) -> None:
    raw = compact(change(json.loads(made.election.raw))).encode()
    writer = archive.Writer(make.TIMESTAMP, raw, made.ceremony.record, made.publics)
    assert refusal(writer.bytes(), unfinished=True).code is code


# --- tally, decryption, result ----------------------------------------------------------------------------------------


def closed(made: make.Made, **other: Any) -> bytes:
    """The archive with another tally, other partials or another result, written as if nothing were wrong."""
    writer = made.writer()
    for raw in made.ballots:
        writer.add_ballot(raw)
    writer.end_ballots()
    sums = other.get("tally", made.tally)
    writer.add(archive.ENCRYPTED_TALLY, sums, other.get("sized") or archive.sized_tally(sums, 2))
    for owner, partial in other.get("partials", made.partials.items()):
        writer.add_partial(owner, partial)
    writer.add_result(other.get("result", made.result))
    return writer.bytes()


@pytest.mark.parametrize("number", [0, 1, 3, 2**50])
def test_a_false_number_of_ballots(made: make.Made, number: int) -> None:
    assert refusal(closed(made, sized=archive.sized_tally(made.tally, number))).code is FaultCode.NUM_TALLIED_WRONG


@pytest.mark.parametrize(
    "garbage", [b"{}", b"[]", b"garbage", b'[[{"alpha":"1","beta":"1"},{"alpha":"1","beta":"1"}]]']
)
def test_a_garbage_tally(made: make.Made, garbage: bytes) -> None:
    assert refusal(closed(made, tally=garbage)).code is FaultCode.ENCRYPTED_TALLY_WRONG


def test_the_same_scrutineer_twice_first_wrong(made: make.Made) -> None:
    bad = compact(json.loads(made.partials[1]) | {"decryption_factors": [["1", "1"]]})
    refused = refusal(closed(made, partials=[(1, bad), *made.partials.items()]))
    assert (refused.code, refused.detail[:9]) == (FaultCode.PARTIAL_PROOF, "trustee=1")
    refused = refusal(closed(made, partials=[*made.partials.items(), (1, bad)]))
    assert refused.code is FaultCode.PARTIAL_REPEATED


@pytest.mark.parametrize(
    ("owner", "change", "code"),
    [
        (4, {}, FaultCode.PARTIAL_OWNER_UNKNOWN),
        (0, {}, FaultCode.PARTIAL_OWNER_UNKNOWN),
        (2, {}, FaultCode.PARTIAL_PROOF),
        (1, {"decryption_proofs": []}, FaultCode.PARTIAL_MALFORMED),
        (1, {"decryption_factors": [["1"]]}, FaultCode.PARTIAL_MALFORMED),
        (1, {"decryption_factors": [["0", "0"]]}, FaultCode.NOT_IN_GROUP),
        (1, {"decryption_factors": [["01", "1"]]}, FaultCode.DECIMAL_NOT_CANONICAL),
        (1, {"more": 1}, FaultCode.PARTIAL_MALFORMED),
    ],
)
def test_a_wrong_partial_decryption(made: make.Made, owner: int, change: dict[str, Any], code: FaultCode) -> None:
    partial = compact(json.loads(made.partials[1]) | change)
    assert refusal(closed(made, partials=[(owner, partial), (3, made.partials[3])])).code is code


@pytest.mark.parametrize("result", [b'{"result":[[1,2]]}', b'{"result":[[1]]}', b'{"result": [[1,1]]}', b"null"])
def test_a_wrong_result(made: make.Made, result: bytes) -> None:
    assert refusal(closed(made, result=result)).code is FaultCode.RESULT_WRONG
