"""How a poll looks as an election of the ballot library, and back."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Sequence

from ballotcrypt.ballot import CheckedBallot
from ballotcrypt.election import Question
from openrenda.voting.states import ANSWERS, Form


def digest_of(text: str | bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def tracker_of(digest: str) -> str:
    """The tracker that a voter sees, from the hex digest of her ballot."""
    return b64encode(bytes.fromhex(digest)).decode().rstrip("=")


def compact(value: object) -> str:
    """JSON as the archive's format writes it: no blanks, fields in the given order."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def questions_of(form: str, title: str, labels: Sequence[str], minimum: int, maximum: int) -> tuple[Question, ...]:
    """One question over all options (SELECT), or one per option with an answer for each possible mark."""
    if form == Form.SELECT:
        return (Question(title, tuple(labels), minimum, maximum),)
    answers = tuple(answer.label for answer in ANSWERS[Form(form)])
    return tuple(Question(label, answers, minimum, maximum) for label in labels)


def lines_of(form: str, result: str) -> tuple[tuple[int, ...], ...]:
    """Figures per option from the archive's result."""
    rows = json.loads(result)["result"]
    if form == Form.SELECT:
        return tuple((int(votes),) for votes in rows[0])
    return tuple(tuple(int(votes) for votes in row) for row in rows)


def sealed_marks(raw: str) -> CheckedBallot:
    """A ballot from the board, for adding up: its proofs were checked before it came there."""
    read = json.loads(raw)
    digest = digest_of(raw)
    sealed = [[(int(c["alpha"]), int(c["beta"])) for c in answer["choices"]] for answer in read["answers"]]
    return CheckedBallot(raw.encode(), read["credential"], tracker_of(digest), digest, sealed)
