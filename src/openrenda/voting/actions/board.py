"""The public board: events are chained and appended, nothing is ever changed.

No audit row is written for a ballot: the board is its own record, and a row with a time and an address beside
each ballot would say who cast it.
"""

import json
from collections.abc import Sequence

from ballotcrypt import archive, tally, trustees
from ballotcrypt.election import Election
from openrenda.voting.errors import CredentialsWrong
from openrenda.voting.models import BoardEvent, Option, Poll, Setup
from openrenda.voting.rules.ballots import digest_of, questions_of, sealed_marks
from openrenda.voting.selectors.board import election_of
from openrenda.voting.states import EventKind

from .ceremony import ceremony_of, must_be_complete


def append(poll: Poll, kind: EventKind, payload: str = "", inner: str = "") -> BoardEvent:
    """Chain one more event; the poll's row is locked by the caller, who saves it."""
    digest = digest_of(payload) if payload else ""
    height = poll.board_height + 1
    body = archive.event(poll.board_head or None, height, str(kind), digest or None).decode()
    poll.board_height, poll.board_head = height, digest_of(body)
    return BoardEvent.objects.create(
        poll=poll, height=height, kind=kind, body=body, payload=payload, inner=inner, digest=digest
    )


def open_board(poll: Poll, options: Sequence[Option], present: int) -> None:
    """The election is put together from the scrutineers' keys, and the first event appended."""
    setup = Setup.objects.select_for_update().get(poll=poll)
    if poll.credentials.count() < max(present, 1):
        raise CredentialsWrong(why="凭证少于实到人数" if setup.credentials else "还没有提交凭证公开清单")
    ceremony = ceremony_of(poll)
    must_be_complete(ceremony)
    trustees_raw, public_key = trustees.assemble(ceremony.certs, ceremony.polynomials, ceremony.keys)
    election = Election(
        uuid=poll.uuid,
        name=poll.title,
        description=f"{poll.congress.name} {poll.key}",
        questions=questions_of(poll.form, poll.title, [option.label for option in options], poll.minimum, poll.maximum),
        public_key=public_key,
        administrator=poll.congress.name,
        credential_authority=poll.congress.name,
    )
    assert poll.opened_at is not None, "a board opens with its poll"
    setup.timestamp = int(poll.opened_at.timestamp())
    setup.election, setup.trustees = election.raw.decode(), trustees_raw.decode()
    setup.save()
    poll.election_hash, poll.trustees_hash = digest_of(setup.election), digest_of(setup.trustees)
    poll.credentials_hash = digest_of(setup.credentials)
    data = archive.setup_data(election.raw, trustees_raw, setup.credentials.encode())
    append(poll, EventKind.SETUP, data.decode())


def close_board(poll: Poll) -> None:
    """No more ballots; their product is what the scrutineers will decrypt. The caller saves the poll."""
    append(poll, EventKind.END_BALLOTS)
    cast = [sealed_marks(raw) for raw in _ballots(poll)]
    encrypted = tally.encrypted_tally(election_of(poll), cast)
    append(poll, EventKind.ENCRYPTED_TALLY, archive.sized_tally(encrypted, len(cast)).decode(), encrypted.decode())


def _ballots(poll: Poll) -> list[str]:
    rows = poll.events.filter(kind=EventKind.BALLOT).order_by("height")
    return list(rows.values_list("payload", flat=True))


def append_partial(poll: Poll, owner: int, raw: str) -> None:
    """One scrutineer's partial decryption, checked by the caller."""
    append(poll, EventKind.PARTIAL, archive.owned(owner, raw.encode()).decode(), raw)


def append_result(poll: Poll) -> None:
    """The result, from the partial decryptions on the board."""
    setup = Setup.objects.get(poll=poll)
    encrypted = poll.events.get(kind=EventKind.ENCRYPTED_TALLY).inner
    rows = poll.events.filter(kind=EventKind.PARTIAL)
    partials = {json.loads(row.payload)["owner"]: row.inner for row in rows}
    raw = tally.result(election_of(poll), setup.trustees.encode(), encrypted, partials)
    append(poll, EventKind.RESULT, raw.decode())
