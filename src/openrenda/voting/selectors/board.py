"""The public board of an electronic poll: its archive, its trackers, its election."""

import json
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ballotcrypt import archive
from ballotcrypt.election import Election
from openrenda.voting.models import BoardEvent, Credential, Poll, Setup
from openrenda.voting.rules.ballots import digest_of, tracker_of
from openrenda.voting.states import EventKind, State

_KEPT = 8
SHOWS_RESULT = (State.CONFIRMED, State.PUBLISHED)
_elections: OrderedDict[tuple[int, str], Election] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Found:
    """A ballot on the board."""

    tracker: str
    tracker_hex: str
    height: int


def election_of(poll: Poll) -> Election:
    """The poll's election with the tables of its key, kept in this process. One query at most."""
    key = (poll.pk, poll.election_hash)
    election = _elections.get(key)
    if election is None:
        election = Election.parse(Setup.objects.only("election").get(poll_id=poll.pk).election.encode())
        _elections[key] = election
        while len(_elections) > _KEPT:
            _elections.popitem(last=False)
    return election


def forget_elections() -> None:
    """Empty what this process keeps (tests)."""
    _elections.clear()


def find_tracker(poll: Poll, tracker_hex: str) -> Found | None:
    """The ballot with this digest, if it is on the board. One query."""
    height = (
        BoardEvent.objects.filter(poll_id=poll.pk, kind=EventKind.BALLOT, digest=tracker_hex)
        .values_list("height", flat=True)
        .first()
    )
    return None if height is None else Found(tracker_of(tracker_hex), tracker_hex, height)


def board(poll: Poll) -> list[Found]:
    """All ballots by tracker, so that their order says nothing to a reader who saw people go. One query."""
    rows = BoardEvent.objects.filter(poll=poll, kind=EventKind.BALLOT).order_by("digest")
    return [Found(tracker_of(digest), digest, height) for digest, height in rows.values_list("digest", "height")]


def knows_credential(poll: Poll, public: str) -> bool:
    """Is this one of the poll's slips, used or not? One query."""
    return Credential.objects.filter(poll=poll, digest=digest_of(public)).exists()


def setup_of(poll: Poll) -> Setup | None:
    """Election, trustees and credentials as they were hashed; None before the setup. One query."""
    return Setup.objects.filter(poll=poll).first()


def archive_parts(poll: Poll, *, whole: bool = False) -> Iterator[bytes]:
    """The .bel file piece by piece, byte for byte what was chained; rows are read as they are written out.

    Before the scrutineers have confirmed, partial decryptions and result are left out unless `whole`: who has enough
    of them knows the result. What remains is a valid archive of an election that is not decrypted yet.
    """
    setup = Setup.objects.get(poll=poll)
    stamp = setup.timestamp
    events = poll.events.order_by("height")
    if not whole and poll.state not in SHOWS_RESULT:
        events = events.exclude(kind__in=(EventKind.PARTIAL, EventKind.RESULT))
    yield archive.header(stamp)
    for event in events.iterator(chunk_size=50):
        for text in _data(event, setup):
            yield archive.data_entry(text.encode(), stamp)
        yield archive.event_entry(event.body.encode(), stamp)


def _data(event: BoardEvent, setup: Setup) -> list[str]:
    if event.kind == EventKind.SETUP:
        return [setup.election, setup.trustees, setup.credentials, event.payload]
    return [text for text in (event.inner, event.payload) if text]


def archive_bytes(poll: Poll, *, whole: bool = False) -> bytes:
    """The .bel file as `archive_parts` gives it. Empty before the vote opened."""
    return b"".join(archive_parts(poll, whole=whole)) if poll.board_height >= 0 else b""


def transcript(poll: Poll, index: int | None) -> dict[str, Any]:
    """What a trustee's page needs: all public messages, nothing secret. Four queries at most."""
    people = list(poll.scrutineers.filter(index__isnull=False).order_by("index"))
    setup = setup_of(poll)
    encrypted = poll.events.filter(kind=EventKind.ENCRYPTED_TALLY).first()
    partials = {json.loads(row.payload)["owner"]: row.inner for row in poll.events.filter(kind=EventKind.PARTIAL)}
    return {
        "uuid": poll.uuid,
        "size": len(people),
        "threshold": poll.threshold,
        "index": index,
        "names": [person.name for person in people],
        "certs": [person.cert or None for person in people],
        "polynomials": [person.polynomial or None for person in people],
        "keys": [person.verification_key or None for person in people],
        "election": (setup.election or None) if setup else None,
        "trustees": (setup.trustees or None) if setup else None,
        "encrypted_tally": encrypted.inner if encrypted else None,
        "partials": {str(owner): raw for owner, raw in sorted(partials.items())},
    }
