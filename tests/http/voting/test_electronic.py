"""What the ballot client asks for and sends: every answer, every refusal in JSON; what leaks nothing."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openrenda.kernel import outbox
from openrenda.voting import selectors
from openrenda.voting.states import State
from openrenda.voting.views.limits import BALLOT_BYTES, REFUSALS
from tests.http.voting.conftest import Doors
from tests.makers import voting
from tests.makers.voting import Electronic

RAW = "application/json"


def send(client: Client, walk: Electronic, raw: bytes) -> tuple[int, dict[str, Any]]:
    answer = client.post(reverse("voting:ballots", args=[walk.poll.key]), raw, content_type=RAW)
    return answer.status_code, json.loads(answer.content)


def read(client: Client, name: str, walk: Electronic) -> Any:
    answer = client.get(reverse(f"voting:{name}", args=[walk.poll.key]))
    assert answer.status_code == 200
    return json.loads(answer.content)


@pytest.fixture
def walk(doors: Doors) -> Electronic:
    return voting.an_electronic_poll(deputies=doors.deputies)


def test_a_ballot_is_taken_once_found_again_and_never_twice(walk: Electronic) -> None:
    visitor, raw = Client(enforce_csrf_checks=True), walk.marked(0, 1, 0, 0)
    status, first = send(visitor, walk, raw)
    assert status == 201
    assert send(visitor, walk, raw) == (200, first)
    status, told = send(visitor, walk, walk.marked(0, 0, 1, 0))
    assert (status, told["code"], told["tracker"]) == (409, "voting.already_voted", first["tracker"])
    assert first["tracker"] in told["message"]

    digest = selectors.board(walk.now)[0].tracker_hex
    found = visitor.get(reverse("voting:ballot", args=[walk.poll.key, digest]))
    assert json.loads(found.content) == first
    assert visitor.get(reverse("voting:ballot", args=[walk.poll.key, "0" * 64])).status_code == 404
    board = visitor.get(reverse("voting:board", args=[walk.poll.key]), {"tracker": f" {first['tracker']} "})
    assert "找到了" in board.content.decode()
    assert "没有找到" in visitor.get(reverse("voting:board", args=[walk.poll.key]) + "?tracker=abc").content.decode()


def _forged(walk: Electronic) -> bytes:
    ballot = json.loads(walk.marked(1, 1, 0, 0))
    proof = ballot["answers"][0]["overall_proof"][0]
    proof["response"] = str(int(proof["response"]) + 1)
    return json.dumps(ballot, separators=(",", ":")).encode()


GARBAGE = (
    b"", b"null", b"[]", b"{}", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"credential":' + b"[" * 5000,
    b'{"credential":7}',
    b'{"election_uuid":"x","election_hash":"y","credential":"z","answers":[],"signature":{}}', b"1e999999", b"NaN",
)  # fmt: skip


def test_what_is_no_ballot_of_this_vote_is_refused_by_name_and_leaves_nothing(walk: Electronic) -> None:
    client = Client()
    for raw in GARBAGE:
        status, told = send(client, walk, raw)
        assert status in (409, 422), raw[:40]
        assert set(told) == {"code", "message", "remedy"}
        assert told["code"].startswith("voting.")
        assert "{" not in told["message"] + told["remedy"]
    status, told = send(client, walk, _forged(walk))
    assert (status, told["code"]) == (422, "voting.ballot_refused")
    assert send(client, walk, walk.marked(1, 1, 0, 0))[0] == 201, "a refusal does not use up the slip"
    assert selectors.hall(walk.now).cast == 1


def test_another_elections_ballot_is_refused(walk: Electronic, doors: Doors) -> None:
    other = voting.an_electronic_poll(deputies=doors.deputies)
    status, told = send(Client(), walk, other.marked(0, 1, 0, 0))
    assert status in (409, 422)
    assert told["code"] in ("voting.ballot_refused", "voting.unknown_credential")
    assert selectors.hall(walk.now).cast == selectors.hall(other.now).cast == 0


def test_too_long_and_too_often(walk: Electronic) -> None:
    client = Client()
    assert send(client, walk, b"x" * (BALLOT_BYTES + 1))[0] == 413
    for _ in range(REFUSALS):
        assert send(client, walk, b"{}")[0] in (409, 422)
    answer = client.post(reverse("voting:ballots", args=[walk.poll.key]), b"{}", content_type=RAW)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert send(client, walk, walk.marked(0, 1, 0, 0))[0] == 201, "whoever holds a slip is not barred by garbage"


def test_the_setup_is_served_byte_for_byte_and_a_closed_vote_takes_nothing(walk: Electronic, doors: Doors) -> None:
    visitor, setup = doors["visitor"], selectors.setup_of(walk.now)
    assert setup is not None
    for name, text in (
        ("election", setup.election), ("trustees", setup.trustees), ("public_credentials", setup.credentials),
    ):  # fmt: skip
        answer = visitor.get(reverse(f"voting:{name}", args=[walk.poll.key]))
        assert answer.content.decode() == text
        assert answer.headers["Content-Type"].startswith("application/json")
    page = visitor.get(reverse("voting:cast", args=[walk.poll.key])).content.decode()
    assert page.count('integrity="sha384-') > 5
    late = walk.marked(0, 1, 0, 0)
    assert doors["chief"].post(reverse("voting:act", args=[walk.poll.key, "close"])).status_code == 303
    assert send(visitor, walk, late) == (409, send(visitor, walk, late)[1])


def test_slips_come_back_and_paper_is_handed_out_without_counting_anyone_twice(walk: Electronic, doors: Doors) -> None:
    withdraw = reverse("voting:withdraw", args=[walk.poll.key])
    voter, slip = doors.deputies[5], walk.slips[5]
    roll = reverse("voting:roll", args=[walk.poll.key])
    paper = {"do": "issue_paper", "id": voter.pk}
    assert doors["office"].post(roll, paper).status_code == 409, "the slip is still out"

    def take(**sent: object) -> int:
        return doors["scrutineer"].post(withdraw, sent, content_type=RAW).status_code

    assert take(credentials=[slip.public], reason="because") == 422
    assert take(credentials=["made up"], reason="paper") == 409
    assert take(credentials="all", reason="paper") == 422
    assert take(credentials=[slip.public], reason="paper") == 201
    assert doors["office"].post(roll, paper).status_code == 303
    status, told = send(Client(), walk, walk.marked(5, 1, 0, 0))
    assert (status, told["code"]) == (409, "voting.credential_withdrawn")


def test_keys_are_made_round_by_round_over_the_endpoints(doors: Doors) -> None:
    walk = voting.a_setup(keys=False, deputies=doors.deputies)
    watchers = [doors["chief"], doors["scrutineer"]]
    third = doors["third"]

    def post(client: Client, kind: str, raw: str) -> int:
        url = reverse("voting:trustee_message", args=[walk.poll.key, kind])
        return client.post(url, raw, content_type=RAW).status_code

    assert post(watchers[0], "polynomial", walk.keys.polynomials[0]) in (409, 422), "the second round before the first"
    assert post(watchers[0], "cert", "{}") == 422
    assert post(doors["voter"], "cert", walk.keys.certs[0]) in (403, 409)
    assert post(watchers[0], "burn", "{}") == 404
    for kind, messages in (("cert", walk.keys.certs), ("polynomial", walk.keys.polynomials), ("key", walk.keys.keys)):
        for client, raw in zip((*watchers, third), messages, strict=True):
            assert post(client, kind, raw) == 201
    said = read(watchers[0], "transcript", walk)
    assert (said["index"], said["size"], said["threshold"]) == (1, 3, 2)
    assert all(said["keys"])
    office = doors["office"]
    url = reverse("voting:credentials", args=[walk.poll.key])
    assert office.post(url, [slip.public for slip in walk.slips], content_type=RAW).status_code == 201
    assert office.post(url, ["not a key"], content_type=RAW).status_code == 422
    assert office.post(url, b"{", content_type=RAW).status_code == 422
    assert office.post(reverse("voting:act", args=[walk.poll.key, "open"]), {"read_aloud": "on"}).status_code == 303
    assert walk.now.state == State.OPEN


def test_decrypting_and_publishing_over_the_pages_and_not_a_word_before(walk: Electronic, doors: Doors) -> None:
    for slip, marks in enumerate(voting.BALLOTS):
        assert send(Client(), walk, walk.marked(slip, *marks))[0] == 201
    key = walk.poll.key
    assert doors["chief"].post(reverse("voting:act", args=[key, "close"])).status_code == 303
    url = reverse("voting:trustee_message", args=[key, "partial"])
    wrong = json.loads(voting.partial_of(walk, 1))
    wrong["decryption_factors"][0][0] = wrong["decryption_factors"][0][1]
    assert doors["chief"].post(url, json.dumps(wrong), content_type=RAW).status_code == 422
    answer = doors["chief"].post(url, voting.partial_of(walk, 1), content_type=RAW)
    assert json.loads(answer.content) == {"done": "partial", "is_last": False}
    answer = doors["scrutineer"].post(url, voting.partial_of(walk, 2), content_type=RAW)
    assert json.loads(answer.content) == {"done": "partial", "is_last": True}
    assert doors["chief"].post(reverse("voting:act", args=[key, "count"])).status_code == 303

    for who in ("visitor", "voter", "sc_leader"):
        for name in ("poll", "hall", "board", "archive", "proof", "transcript", "work"):
            shown = doors[who].get(reverse(f"voting:{name}", args=[key])).getvalue().decode("utf-8", "replace")
            for word in ("当选", "未过半数", '"result"', "hall-result"):
                assert word not in shown, f"{who} reads {word} at {name}"

    for who, act in (("chief", "confirm"), ("scrutineer", "confirm"), ("office", "publish")):
        assert doors[who].post(reverse("voting:act", args=[key, act])).status_code == 303
    outbox.drain()
    archive = doors["visitor"].get(reverse("voting:archive", args=[key]))
    assert archive.getvalue() == selectors.archive_bytes(walk.now, whole=True)
    proof = read(doors["visitor"], "proof", walk)
    assert proof["electronic"]["expect"]["ballots"] == 6
    assert proof["electronic"]["expect"]["final_event"] == walk.now.board_head
    shown = doors["visitor"].get(reverse("voting:poll", args=[key])).content.decode()
    assert walk.now.board_head in shown
    assert "当选" in shown
    assert doors["visitor"].get(reverse("voting:check", args=[key])).status_code == 200
