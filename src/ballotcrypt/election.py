"""The election: its questions, its key, and the bytes that its fingerprint is of."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from . import group
from .encoding import BASE58, b64_digest, compact, fields, items, parse, small, string
from .faults import FaultCode, demand

_UUID = re.compile(rf"[{BASE58}]{{14,}}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # writers of JSON differ about them
_BAD = FaultCode.ELECTION_MALFORMED


def new_uuid() -> str:
    """A name for an election; its archive is called `<uuid>.bel`."""
    return "".join(secrets.choice(BASE58) for _ in range(14))


@dataclass(frozen=True)
class Question:
    """Answers of which between `minimum` and `maximum` are marked; with `blank`, none may be said explicitly."""

    text: str
    answers: tuple[str, ...]
    minimum: int
    maximum: int
    blank: bool = False

    def __post_init__(self) -> None:
        demand(self.answers and 0 <= self.minimum <= self.maximum <= len(self.answers), _BAD, "range")
        demand(not any(map(_CONTROL.search, (self.text, *self.answers))), _BAD, "control character")

    @property
    def width(self) -> int:
        """Ciphertexts of an answer: one for each choice, one more in front where blank can be said."""
        return len(self.answers) + self.blank

    def json(self) -> dict[str, Any]:
        """As the protocol writes it."""
        blank = {"blank": True} if self.blank else {}
        return {"answers": list(self.answers), **blank, "min": self.minimum, "max": self.maximum, "question": self.text}


@dataclass(frozen=True)
class Election:
    """What is voted on. Its bytes are kept as they were first written and never written anew."""

    uuid: str
    name: str
    description: str
    questions: Sequence[Question]
    public_key: str
    administrator: str = ""
    credential_authority: str = ""
    raw: bytes = field(default=b"", repr=False)
    fingerprint: str = field(default="", init=False)
    y: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        demand(_UUID.fullmatch(self.uuid), _BAD, "uuid")
        demand(self.questions, _BAD, "questions")
        texts = (self.name, self.description, self.administrator, self.credential_authority)
        demand(not any(map(_CONTROL.search, texts)), _BAD, "control character")
        object.__setattr__(self, "questions", tuple(self.questions))
        object.__setattr__(self, "y", group.proper_element(self.public_key))
        object.__setattr__(self, "raw", self.raw or compact(self.json()).encode())
        object.__setattr__(self, "fingerprint", b64_digest(self.raw))

    def json(self) -> dict[str, Any]:
        """As the protocol writes it."""
        optional = {"administrator": self.administrator, "credential_authority": self.credential_authority}
        return {
            "version": 1,
            "description": self.description,
            "name": self.name,
            "group": group.NAME,
            "public_key": self.public_key,
            "questions": [question.json() for question in self.questions],
            "uuid": self.uuid,
            **{name: value for name, value in optional.items() if value},
        }

    @property
    def key(self) -> group.Table:
        """The powers of the public key."""
        return group.table(self.y)

    @classmethod
    def parse(cls, raw: bytes) -> "Election":
        """From its bytes."""
        read = parse(raw, _BAD)
        demand(isinstance(read, dict), _BAD)
        optional = [name for name in ("administrator", "credential_authority") if name in read]
        names = ("version", "description", "name", "group", "public_key", "questions", "uuid", *optional)
        fields(read, names, _BAD)
        demand(small(read["version"], _BAD) == 1, _BAD, "version")
        demand(read["group"] == group.NAME, FaultCode.GROUP_UNKNOWN)
        return cls(
            uuid=string(read["uuid"], _BAD),
            name=string(read["name"], _BAD),
            description=string(read["description"], _BAD),
            questions=[_question(one) for one in items(read["questions"], code=_BAD)],
            public_key=read["public_key"],
            raw=raw,
            **{name: string(read[name], _BAD) for name in optional},
        )


def _question(read: Any) -> Question:
    blank = isinstance(read, dict) and read.get("blank") is True
    fields(read, ("answers", *(["blank"] if blank else []), "min", "max", "question"), _BAD)
    return Question(
        text=string(read["question"], _BAD),
        answers=tuple(string(answer, _BAD) for answer in items(read["answers"], code=_BAD)),
        minimum=small(read["min"], _BAD),
        maximum=small(read["max"], _BAD),
        blank=blank,
    )
