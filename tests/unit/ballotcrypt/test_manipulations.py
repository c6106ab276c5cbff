"""Every manipulation of an archive is refused, each by its own name; the independent tool accepts some of them."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotcrypt import archive, ballot, credentials, group, proofs, verify
from ballotcrypt.encoding import b64_digest, compact, hex_digest
from ballotcrypt.faults import Fault, FaultCode
from ballotcrypt.verify import Expectations
from tests.makers import ballotcrypt as make

Entry = tuple[str, bytes]


@pytest.fixture(scope="module")
def made() -> make.Made:
    return make.counted(make.opened(voters=3, keys=make.ceremony(3, 2)), [[[1, 0]], [[0, 1]]])


def refusal(data: bytes, *, unfinished: bool = False, expect: Expectations | None = None) -> Fault:
    with pytest.raises(Fault) as refused:
        verify.verify(data, unfinished=unfinished, expect=expect)
    return refused.value


def test_the_archive_itself_holds(made: make.Made) -> None:
    report = verify.verify(made.archive())
    assert report.result == [[1, 1]]
    assert report.trackers == [b64_digest(raw) for raw in made.ballots]
    assert [one.code for one in report.checks] == [
        "archive", "trustees", "credentials", "ballots", "tally", "partials", "result",
    ]  # fmt: skip


# --- the order of events ----------------------------------------------------------------------------------------------


def written(made: make.Made, steps: str) -> bytes:
    """An archive of these steps: a, b, c ballots, A the first voter's second, E end, T tally, P partials, R result."""
    writer = made.writer()
    third = ballot.cast(made.election, made.slips[2].private, [[1, 0]])
    listed = archive.credentials_raw(made.publics)
    about = archive.setup_data(made.election.raw, made.ceremony.record, listed)
    does: dict[str, Callable[[], object]] = {
        "a": lambda: writer.add_ballot(made.ballots[0]),
        "b": lambda: writer.add_ballot(made.ballots[1]),
        "A": lambda: writer.add_ballot(ballot.cast(made.election, made.slips[0].private, [[0, 0]])),
        "c": lambda: writer.add_ballot(third),
        "E": writer.end_ballots,
        "T": lambda: writer.add(archive.ENCRYPTED_TALLY, made.tally, archive.sized_tally(made.tally, 2)),
        "P": lambda: [writer.add_partial(owner, part) for owner, part in made.partials.items()],
        "p": lambda: writer.add_partial(1, made.partials[1]),
        "R": lambda: writer.add_result(made.result),
        "S": lambda: writer.add(archive.SETUP, made.election.raw, made.ceremony.record, listed, about),
    }
    for step in steps:
        does[step]()
    return writer.bytes()


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ("cEabETPR", FaultCode.BALLOT_AFTER_END),  # the tool counts the last run of ballots and drops the others
        ("abETcPR", FaultCode.BALLOT_AFTER_END),
        ("abETPRc", FaultCode.BALLOT_AFTER_END),
        ("aSbETPR", FaultCode.SETUP_REPEATED),
        ("abETPRS", FaultCode.SETUP_REPEATED),
        ("abAETPR", FaultCode.CREDENTIAL_USED_TWICE),
        ("abaETPR", FaultCode.BALLOT_REPLAYED),
        ("aAaETPR", FaultCode.BALLOT_REPLAYED),  # the old ballot again after another vote
        ("abTPR", FaultCode.END_BALLOTS_MISSING),
        ("ab", FaultCode.END_BALLOTS_MISSING),
        ("", FaultCode.END_BALLOTS_MISSING),
        ("abEPR", FaultCode.ENCRYPTED_TALLY_MISSING),
        ("abE", FaultCode.ENCRYPTED_TALLY_MISSING),
        ("abETP", FaultCode.RESULT_MISSING),
        ("abETR", FaultCode.PARTIALS_TOO_FEW),
        ("abETpR", FaultCode.PARTIALS_TOO_FEW),
        ("abETpPR", FaultCode.PARTIAL_REPEATED),
        ("abETPRR", FaultCode.EVENT_ORDER),
        ("abETPRp", FaultCode.EVENT_ORDER),
        ("abEETPR", FaultCode.EVENT_ORDER),
        ("abETTPR", FaultCode.EVENT_ORDER),
        ("aETPR", FaultCode.NUM_TALLIED_WRONG),  # a ballot left out
        ("acETPR", FaultCode.ENCRYPTED_TALLY_WRONG),  # a ballot put in another's place
    ],
)
def test_events_in_another_order(made: make.Made, steps: str, code: FaultCode) -> None:
    assert refusal(written(made, steps)).code is code


def test_a_board_while_voting_runs_is_taken_only_on_request(made: make.Made) -> None:
    report = verify.verify(written(made, "ab"), unfinished=True)
    assert (report.result, len(report.trackers)) == (None, 2)
    assert refusal(written(made, "abA"), unfinished=True).code is FaultCode.CREDENTIAL_USED_TWICE


# --- entries and their chain ------------------------------------------------------------------------------------------


def entries(data: bytes) -> list[bytes]:
    """The archive cut into its entries."""
    cuts = [*archive._cuts(data), len(data)]
    return [data[start:end] for start, end in pairwise(cuts)]


def test_no_entry_can_be_left_out_repeated_or_moved(made: make.Made) -> None:
    cut = entries(made.archive())
    for place in range(len(cut)):
        refusal(b"".join(cut[:place] + cut[place + 1 :]))
        refusal(b"".join(cut[: place + 1] + cut[place:]))
        if place + 1 < len(cut):
            refusal(b"".join([*cut[:place], cut[place + 1], cut[place], *cut[place + 2 :]]))


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_no_byte_can_be_changed(made: make.Made, data: st.DataObject) -> None:
    whole = bytearray(made.archive())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    refusal(bytes(whole))


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_no_byte_can_be_changed_by_a_server_that_writes_the_chain_anew(made: make.Made, data: st.DataObject) -> None:
    election, listed = made.election.raw, archive.credentials_raw(made.publics)
    bodies = [election, made.ceremony.record, listed, *made.ballots, made.tally, *made.partials.values(), made.result]
    bodies = [body.encode() if isinstance(body, str) else body for body in bodies]
    at = data.draw(st.integers(0, len(bodies) - 1))
    place = data.draw(st.integers(0, len(bodies[at]) - 1))
    altered = bytearray(bodies[at])
    altered[place] ^= data.draw(st.integers(1, 255))
    bodies[at] = bytes(altered)
    election, record, listed, one, other, sums, first_part, third_part, numbers = bodies
    writer = archive.Writer.__new__(archive.Writer)
    writer.timestamp, writer.height, writer.last = make.TIMESTAMP, -1, None
    writer._parts, writer._ballots = [archive.header(make.TIMESTAMP)], 2
    writer.add(archive.SETUP, election, record, listed, archive.setup_data(election, record, listed))
    writer.add(archive.BALLOT, one)
    writer.add(archive.BALLOT, other)
    writer.end_ballots()
    writer.add(archive.ENCRYPTED_TALLY, sums, archive.sized_tally(sums, 2))
    writer.add_partial(1, first_part)
    writer.add_partial(3, third_part)
    writer.add_result(numbers)
    refusal(writer.bytes())


def test_every_byte_around_an_event_counts(made: make.Made) -> None:
    whole = made.archive()
    tail = len(entries(whole)[-1])
    for place in [*range(1024), *range(len(whole) - tail, len(whole))]:
        refusal(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])


@pytest.mark.parametrize("length", [0, 1, 511, 512, 1024, 1025, -1, -512])
def test_an_archive_that_ends_early(made: make.Made, length: int) -> None:
    refusal(made.archive()[:length])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda w: w + b"\0" * 1024, FaultCode.ARCHIVE_MALFORMED),  # what tar itself would append
        (lambda w: w + b"\0", FaultCode.ARCHIVE_TRUNCATED),
        (lambda w: w[1024:], FaultCode.ARCHIVE_HEADER),
        (lambda _: archive.header(make.TIMESTAMP), FaultCode.SETUP_MISSING),
        (lambda w: archive.header(make.TIMESTAMP + 1) + w[1024:], FaultCode.ARCHIVE_MALFORMED),
        (lambda w: w + archive.data_entry(b"{}", make.TIMESTAMP), FaultCode.ENTRY_UNREFERENCED),
        (lambda w: w + archive.entry("note.txt", b"{}", make.TIMESTAMP), FaultCode.ARCHIVE_MALFORMED),
        (lambda w: w.replace(b'[["Pedersen"', b'[["pedersen"'), FaultCode.ENTRY_ALTERED),
    ],
)
def test_wrapping(made: make.Made, change: Callable[[bytes], bytes], code: FaultCode) -> None:
    assert refusal(change(made.archive())).code is code


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"height": 5, "type": "Ballot"}, FaultCode.CHAIN_BROKEN),
        ({"parent": "0" * 64, "height": 1, "type": "Ballot"}, FaultCode.CHAIN_BROKEN),
        ({"parent": None, "height": 2, "type": "Ballot"}, FaultCode.CHAIN_BROKEN),
        ({"parent": None, "height": 1, "type": "Ballot", "payload": "0" * 64}, FaultCode.ENTRY_MISMATCH),
        ({"parent": None, "height": 1, "type": "Shuffle"}, FaultCode.EVENT_MALFORMED),
        ({"parent": None, "height": True, "type": "Ballot"}, FaultCode.EVENT_MALFORMED),
        ({"parent": None, "height": 1, "type": "EndBallots", "payload": "0" * 64}, FaultCode.ENTRY_UNREFERENCED),
        ({"parent": None, "type": "Ballot", "height": 1}, FaultCode.EVENT_MALFORMED),
    ],
)
def test_the_chain(made: make.Made, event: dict[str, Any], code: FaultCode) -> None:
    writer = made.writer()
    if "parent" in event:
        event = {**event, "parent": event["parent"] or writer.last}
    data = archive.data_entry(made.ballots[0], make.TIMESTAMP)
    whole = writer.bytes() + data + archive.event_entry(compact(event).encode(), make.TIMESTAMP)
    assert refusal(whole, unfinished=True).code is code


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


# --- what was announced -----------------------------------------------------------------------------------------------


def test_what_was_announced_holds(made: make.Made) -> None:
    data = made.archive()
    prints = verify.verify(data).fingerprints
    announced = Expectations(**prints, ballots=2, credential_count=3, withdrawn=[made.slips[2].public])
    report = verify.verify(data, expect=announced)
    assert report.checks[-1].code == "expected"
    assert prints["election"] == hex_digest(made.election.raw)


@pytest.mark.parametrize(
    ("announced", "code"),
    [
        ({"election": "0" * 64}, FaultCode.EXPECTED_ELECTION),
        ({"trustees": "0" * 64}, FaultCode.EXPECTED_TRUSTEES),
        ({"credentials": "0" * 64}, FaultCode.EXPECTED_CREDENTIALS),
        ({"final_event": "0" * 64}, FaultCode.EXPECTED_FINAL_EVENT),
        ({"ballots": 3}, FaultCode.EXPECTED_BALLOTS),
        ({"credential_count": 4}, FaultCode.EXPECTED_CREDENTIAL_COUNT),
    ],
)
def test_something_else_was_announced(made: make.Made, announced: dict[str, Any], code: FaultCode) -> None:
    assert refusal(made.archive(), expect=Expectations(**announced)).code is code


def test_a_withdrawn_slip_that_voted(made: make.Made) -> None:
    expect = Expectations(withdrawn=[made.slips[1].public])
    assert refusal(made.archive(), expect=expect).code is FaultCode.WITHDRAWN_CREDENTIAL_USED


def test_a_misspelt_expectation_is_not_overlooked() -> None:
    with pytest.raises(ValueError, match="unknown: ballot;"):
        Expectations.parse({"ballot": 3})


def test_every_fault_speaks_both_languages() -> None:
    assert len({code.value for code in FaultCode}) == len({code.zh for code in FaultCode}) == len(FaultCode)
    assert all(code.zh and code.en for code in FaultCode)
