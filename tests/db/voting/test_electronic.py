"""Electronic votes: the ceremony, ballots on the board, decryption, paper beside it."""

import json
from base64 import b64decode
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ballotcrypt import ballot as ballots
from ballotcrypt.archive import read
from ballotcrypt.credentials import generate
from ballotcrypt.verify import verify
from openrenda.audit.models import AuditEntry
from openrenda.kernel import outbox
from openrenda.kernel import subject as subjects
from openrenda.kernel.errors import Blocked, NotAllowed, WrongState
from openrenda.kernel.subject import SubjectRef
from openrenda.notifications.models import Notification
from openrenda.voting import actions, selectors
from openrenda.voting.actions import RollSpec
from openrenda.voting.errors import (
    AlreadyVoted,
    BallotRefused,
    CeremonyOutOfOrder,
    CredentialsWrong,
    CredentialWithdrawn,
    KeyRefused,
    NotDecrypted,
    NotOpen,
    PartialRefused,
    SlipNotWithdrawn,
    UnknownCredential,
)
from openrenda.voting.models import BoardEvent, Credential
from openrenda.voting.states import CredentialState, EventKind, Form, Issued, Method, Need, State, WithdrawalReason
from tests.makers.orgs import deputy_actor
from tests.makers.voting import (
    Electronic,
    a_cast_poll,
    a_finished_electronic_poll,
    a_poll,
    a_setup,
    a_sheet,
    an_electronic_poll,
    enter_keys,
    enter_twice,
    figures,
    office,
    partial_of,
    teller,
    voter,
)


def send(walk: Electronic, raw: bytes) -> actions.Receipt:
    return actions.accept_ballot(poll_key=walk.poll.key, raw=raw, actor=voter())


# ---- before opening --------------------------------------------------------------------------------------------------


def test_keys_come_in_three_rounds_from_their_owners_and_are_checked() -> None:
    walk = a_setup(keys=False)
    certs = walk.keys.certs
    with pytest.raises(CeremonyOutOfOrder):
        actions.open_poll(poll_id=walk.pk, actor=office())
    with pytest.raises(NotAllowed):
        actions.enter_certificate(poll_id=walk.pk, raw=certs[0], actor=deputy_actor(walk.deputies[5]))
    with pytest.raises(KeyRefused) as refused:  # the chief sends the second scrutineer's certificate
        actions.enter_certificate(poll_id=walk.pk, raw=certs[1], actor=walk.chief)
    assert refused.value.params["who"] == walk.deputies[0].person.name
    with pytest.raises(CeremonyOutOfOrder):
        actions.enter_polynomial(poll_id=walk.pk, raw=walk.keys.polynomials[0], actor=walk.chief)
    enter_keys(walk)
    actions.restart_keys(poll_id=walk.pk, reason="密钥种子遗失", actor=office())
    assert not any(selectors.transcript(walk.now, 1)["certs"])
    enter_keys(walk)
    assert actions.open_poll(poll_id=walk.pk, actor=office()).state == State.OPEN


def test_nobody_alone_decrypts_and_bad_lists_are_refused() -> None:
    for threshold in (1, 4):
        drawn = a_poll(method=Method.ELECTRONIC, watchers=3, threshold=threshold)
        with pytest.raises(Blocked):
            actions.begin_setup(poll_id=drawn.pk, actor=office())
    walk = a_setup(slips=6)
    with pytest.raises(CredentialsWrong):  # seven are present
        actions.open_poll(poll_id=walk.pk, actor=office())
    good = [slip.public for slip in walk.slips]
    for bad in ([], [*good, good[0]], [*good, "1"], [*good, "0" + good[0]], [*good, "5"]):
        with pytest.raises(CredentialsWrong):
            actions.enter_credentials(poll_id=walk.pk, publics=bad, actor=office())


def test_a_second_vote_takes_over_the_keys_of_the_same_scrutineers() -> None:
    walk = an_electronic_poll()
    actions.void_poll(poll_id=walk.pk, reason="会场停电", actor=walk.chief)
    roll = [RollSpec(person.pk, present=True) for person in walk.deputies]
    again = Electronic(actions.repeat_poll(poll_id=walk.pk, roll=roll, actor=office()), walk.deputies)
    actions.begin_setup(poll_id=again.pk, actor=office())
    assert selectors.transcript(again.now, 1)["keys"] == list(walk.keys.keys)
    again.slips = generate(again.poll.uuid, 7)
    actions.enter_credentials(poll_id=again.pk, publics=[slip.public for slip in again.slips], actor=office())
    actions.open_poll(poll_id=again.pk, actor=office())
    with pytest.raises(BallotRefused) as refused:  # a ballot of the first vote, with its slip
        actions.accept_ballot(poll_key=again.poll.key, raw=walk.marked(0, 1, 0, 0), actor=voter())
    assert refused.value.params["fault"] == "ballot_other_election"
    actions.issue_ballots(poll_id=again.pk, actor=office())
    again.cast(0, 1, 1, 0)
    actions.close_poll(poll_id=again.pk, actor=office())
    again.decrypt(1)
    assert again.decrypt(2)


# ---- ballots ---------------------------------------------------------------------------------------------------------


def test_a_ballot_is_answered_once_and_again_alike_and_a_second_one_is_told() -> None:
    walk = an_electronic_poll()
    raw = walk.marked(0, 1, 1, 0)
    first = send(walk, raw)
    assert first.is_new
    assert selectors.find_tracker(walk.poll, first.tracker_hex).height == first.height == 1  # type: ignore[union-attr]
    again = send(walk, raw)
    assert (again.tracker, again.height, again.is_new) == (first.tracker, first.height, False)
    with pytest.raises(AlreadyVoted) as refused:
        walk.cast(0, 0, 1, 0)
    assert refused.value.tracker == first.tracker
    assert BoardEvent.objects.filter(poll=walk.poll, kind=EventKind.BALLOT).count() == 1
    actions.close_poll(poll_id=walk.pk, actor=walk.chief)
    assert send(walk, raw).tracker == first.tracker, "asked again after the close, the answer is still the same"
    with pytest.raises(NotOpen):
        walk.cast(1, 1, 0, 0)


def test_forged_foreign_and_unknown_ballots_leave_nothing() -> None:
    walk, other = an_electronic_poll(), an_electronic_poll()
    good = json.loads(walk.marked(0, 1, 0, 0))
    good["answers"][0]["individual_proofs"][0][0]["response"] = "7"
    forged = json.dumps(good, separators=(",", ":")).encode()
    for raw in (forged, other.marked(0, 1, 0, 0), b"{}", b"\xff", b""):
        with pytest.raises(BallotRefused) as refused:
            send(walk, raw)
        assert refused.value.params["fault"]
    stranger = a_setup(keys=False).slips[0].private
    with pytest.raises(UnknownCredential):
        send(walk, ballots.cast(selectors.election_of(walk.now), stranger, [[1, 0, 0]]))
    assert walk.now.board_height == 0


def test_the_board_knows_no_person_and_no_time() -> None:
    walk = a_cast_poll(2)
    for model in (BoardEvent, Credential):
        kinds = {type(field).__name__ for field in model._meta.concrete_fields}
        names = {field.name for field in model._meta.concrete_fields}
        assert not kinds & {"DateTimeField", "DateField", "TimeField"}
        assert not names & {"user", "person", "mandate", "actor", "at", "origin"}
    assert not AuditEntry.objects.filter(actor_urn="public").exists(), "no log line beside a ballot says when and where"
    assert walk.poll.roll.filter(issued=Issued.ELECTRONIC).count() == 7
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM voting_boardevent WHERE kind = 'Ballot'")
    with pytest.raises(DatabaseError, match="spent"), transaction.atomic():
        Credential.objects.filter(poll=walk.poll, state=CredentialState.USED).update(state="free", height=None)
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
        Credential.objects.create(poll=walk.poll, public="9", digest="9" * 64)


def test_a_rolled_back_ballot_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = an_electronic_poll()
    raw = walk.marked(0, 1, 1, 0)

    def dies(*_: object, **__: object) -> None:
        raise RuntimeError("the power fails before the commit")

    with monkeypatch.context() as patch:
        patch.setattr(Credential, "save", dies)
        with pytest.raises(RuntimeError):
            send(walk, raw)
    assert walk.now.board_height == 0
    assert not selectors.board(walk.poll)
    receipt = send(walk, raw)
    assert (receipt.height, receipt.is_new) == (1, True)
    assert selectors.archive_bytes(walk.now) == selectors.archive_bytes(walk.now)


# ---- paper beside it -------------------------------------------------------------------------------------------------


def test_a_failed_device_falls_back_to_paper_and_nobody_counts_twice() -> None:
    walk = a_cast_poll(5)
    voted, waiting = walk.slips[0].public, walk.slips[5].public
    person = walk.deputies[6].pk
    with pytest.raises(SlipNotWithdrawn):
        actions.issue_ballot(poll_id=walk.pk, mandate_id=person, as_paper=True, actor=walk.chief)
    with pytest.raises(AlreadyVoted) as refused:  # her screen went dark, but the ballot had arrived
        actions.fall_back_to_paper(poll_id=walk.pk, mandate_id=person, public=voted, actor=walk.chief)
    assert selectors.find_tracker(walk.poll, _hex(refused.value.tracker))
    actions.fall_back_to_paper(poll_id=walk.pk, mandate_id=person, public=waiting, actor=walk.chief)
    with pytest.raises(CredentialWithdrawn):
        walk.cast(5, 1, 1, 0)
    with pytest.raises(SlipNotWithdrawn):  # one slip back is one paper
        actions.issue_ballot(poll_id=walk.pk, mandate_id=walk.deputies[5].pk, as_paper=True, actor=walk.chief)
    with pytest.raises(AlreadyVoted):
        actions.withdraw_credentials(
            poll_id=walk.pk, publics=[walk.slips[7].public, voted], reason=WithdrawalReason.UNISSUED, actor=walk.chief
        )
    assert Credential.objects.get(poll=walk.poll, public=walk.slips[7].public).state == CredentialState.FREE
    actions.close_poll(poll_id=walk.pk, actor=walk.chief)
    walk.decrypt(2)
    walk.decrypt(3)
    enter_twice(walk, figures(1, 0, 1, issued=1, returned=1))
    actions.count_poll(poll_id=walk.pk, actor=teller())
    tally = walk.now.tally
    assert tally["electronic"]["lines"] == [[4], [4], [1]]
    assert tally["total"]["lines"] == [[5], [4], [2]]
    assert (tally["total"]["issued"], tally["total"]["returned"]) == (7, 6)
    actions.file_tally_sheet(poll_id=walk.pk, upload=a_sheet(), actor=office())
    actions.confirm_result(poll_id=walk.pk, actor=walk.chief)
    assert selectors.proof_manifest(walk.now)["electronic"]["withdrawn"] == [{"public": waiting, "reason": "paper"}]


def _hex(tracker: str) -> str:
    return b64decode(tracker + "=").hex()


def test_more_ballots_than_slips_handed_out_make_the_vote_void() -> None:
    walk = an_electronic_poll(issue=False)
    actions.issue_ballot(poll_id=walk.pk, mandate_id=walk.deputies[0].pk, actor=office())
    walk.cast(0, 1, 0, 0)
    walk.cast(1, 1, 0, 0)  # a slip that was never handed out
    actions.close_poll(poll_id=walk.pk, actor=walk.chief)
    assert walk.now.state == State.VOIDED


# ---- decryption ------------------------------------------------------------------------------------------------------


def test_the_result_needs_the_threshold_and_a_wrong_share_is_named() -> None:
    walk = a_cast_poll(6)
    actions.close_poll(poll_id=walk.pk, actor=walk.chief)
    with pytest.raises(NotDecrypted) as few:
        actions.count_poll(poll_id=walk.pk, actor=walk.chief)
    assert few.value.params == {"given": 0, "needed": 2}
    with pytest.raises(PartialRefused) as refused:  # the chief's own share, sent by another
        actions.enter_partial(poll_id=walk.pk, raw=partial_of(walk, 1), actor=walk.watcher(2))
    assert refused.value.params["who"] == walk.deputies[1].person.name
    assert not walk.decrypt(1)
    with pytest.raises(CeremonyOutOfOrder):
        walk.decrypt(1)
    with pytest.raises(NotDecrypted):
        actions.count_poll(poll_id=walk.pk, actor=walk.chief)
    assert walk.decrypt(3), "the second trustee never comes; two of three are enough"
    assert "Result" not in str(selectors.archive_bytes(walk.now)), "not public before it is confirmed"
    with pytest.raises(CeremonyOutOfOrder):
        walk.decrypt(2)
    actions.count_poll(poll_id=walk.pk, actor=walk.chief)
    assert [(o.option.ref, o.approve, o.chosen) for o in selectors.result_lines(walk.now)] == [
        ("K01", 5, True), ("K02", 5, True), ("K03", 1, False)
    ]  # fmt: skip


def test_the_archive_is_rebuilt_byte_for_byte_and_verifies() -> None:
    walk = a_finished_electronic_poll(6)
    data = selectors.archive_bytes(walk.now)
    report = verify(data, workers=1)
    assert len(report.trackers) == 6
    found = read(data)
    assert found.final_event_hash == walk.poll.board_head
    assert selectors.proof_manifest(walk.poll)["electronic"]["final_event"] == walk.poll.board_head
    assert found.timestamp == int(walk.poll.opened_at.timestamp())  # type: ignore[union-attr]
    rows = list(walk.poll.events.order_by("height"))
    assert [row.height for row in rows] == list(range(len(rows)))
    hall = selectors.hall(walk.poll)
    assert (hall.issued, hall.cast) == (7, 6)


def test_a_load_brings_many_ballots_at_once() -> None:
    walk = an_electronic_poll()
    raws = [walk.marked(slip, 1, 1, 0) for slip in range(3)]
    assert actions.accept_ballots(poll_id=walk.pk, raws=raws, checked=True, actor=office()) == 3
    assert actions.accept_ballots(poll_id=walk.pk, raws=raws[:1], actor=office()) == 0
    with pytest.raises(AlreadyVoted):
        actions.accept_ballots(
            poll_id=walk.pk, raws=[walk.marked(3, 1, 0, 0), walk.marked(0, 0, 0, 1)], actor=office()
        )  # fmt: skip
    assert walk.now.board_height == 3, "all or none"


def test_nobody_voted() -> None:
    walk = a_finished_electronic_poll(0, publish=False)
    assert (walk.now.need, walk.poll.places) == (Need.SHORTFALL, 2)
    assert walk.poll.tally["total"] == {
        "issued": 7, "returned": 0, "valid": 0, "void": 0, "lines": [[0], [0], [0]]
    }  # fmt: skip
    assert verify(selectors.archive_bytes(walk.poll, whole=True), workers=1).trackers == []


def test_grades() -> None:
    walk = an_electronic_poll(form=Form.GRADES, candidates=2, base=3, present=3)
    for slip in range(3):
        raw = ballots.cast(
            selectors.election_of(walk.now), walk.slips[slip].private, [[1, 0, 0, 0], [0, 0, 1, 0]]
        )  # fmt: skip
        send(walk, raw)
    actions.close_poll(poll_id=walk.pk, actor=walk.chief)
    walk.decrypt(1)
    walk.decrypt(2)
    actions.count_poll(poll_id=walk.pk, actor=walk.chief)
    assert {o.option.ref: o.grade for o in selectors.result_lines(walk.now)} == {
        "K01": "satisfied", "K02": "unsatisfied"
    }  # fmt: skip
    with pytest.raises(WrongState):
        actions.withdraw_credentials(
            poll_id=walk.pk, publics=[walk.slips[7].public], reason=WithdrawalReason.UNISSUED, actor=walk.chief
        )


def test_the_election_is_read_once_per_process(django_assert_num_queries: Any) -> None:
    walk = an_electronic_poll()
    selectors.forget_elections()
    poll = walk.now
    with django_assert_num_queries(1):
        assert selectors.election_of(poll) is selectors.election_of(poll)
    with django_assert_num_queries(0):
        selectors.election_of(poll)


def test_scrutineers_are_told_when_it_is_their_turn() -> None:
    walk = an_electronic_poll()
    actions.close_poll(poll_id=walk.pk, actor=office())
    actions.void_poll(poll_id=walk.pk, reason="会场停电", actor=office())
    outbox.drain()
    titles = Notification.objects.filter(recipient=f"person:{walk.deputies[2].person_id}").values_list(
        "title", flat=True
    )
    assert sorted(titles) == ["“{matter}”投票已结束，请解密", "请为“{matter}”生成您的监票密钥"]
    assert subjects.known("voting.poll").url(walk.pk, walk.chief) == f"/work/votes/{walk.poll.key}/"
    assert subjects.known("voting.poll").url(walk.pk, voter()) == f"/votes/{walk.poll.key}/"
    assert not subjects.visible_inside(voter(), SubjectRef("voting.poll", walk.pk))
