"""Facts: frozen dataclasses that go up through the outbox."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, Self


@dataclass(frozen=True, slots=True)
class Meta:
    """What delivery knows about a fact besides the fact."""

    event_id: int
    congress_id: int
    happened_at: datetime
    actor_urn: str


@dataclass(frozen=True)
class Event:
    """Base of facts. Fields are ints, strings, bools, or tuples of them: a fact is read years later."""

    kind: ClassVar[str] = ""

    def payload(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {key: _plain(value) for key, value in asdict(self).items()}

    @classmethod
    def restore(cls, payload: dict[str, Any]) -> Self:
        """The fact back from its payload; fields unknown today are left out."""
        known = {f.name for f in fields(cls)}
        return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in payload.items() if k in known})


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        raise TypeError(f"put dates into facts as ISO strings, not {value!r}")
    return json.loads(json.dumps(value))
