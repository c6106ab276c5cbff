"""Every manipulation of an archive is refused, each by its own name; the independent tool accepts some of them."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotcrypt import archive, ballot, verify
from ballotcrypt.encoding import b64_digest, compact, hex_digest
from ballotcrypt.faults import FaultCode
from ballotcrypt.verify import Expectations
from tests.makers import ballotcrypt as make
from tests.makers.ballotcrypt import refusal

Entry = tuple[str, bytes]


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
@settings(max_examples=120, deadline=None)
def test_no_byte_can_be_changed(made: make.Made, data: st.DataObject) -> None:
    whole = bytearray(made.archive())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    refusal(bytes(whole))


@given(st.data())
@settings(max_examples=50, deadline=None)
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
