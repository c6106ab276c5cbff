"""What the edges hand to the actions, and what they get back."""

from dataclasses import dataclass
from decimal import Decimal

from openrenda.kernel.pii import Finding


@dataclass(frozen=True, slots=True)
class Consent:
    """What the writer agreed to; `notice_version` names the privacy notice that was shown."""

    notice_version: str
    may_share: bool = False
    may_publish: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call. Online a name to address and a phone suffice; offline both may be empty (anonymous)."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What the opinion is about on the map; all optional."""

    community_id: int | None = None
    text: str = ""
    lng: Decimal | None = None
    lat: Decimal | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the resident takes home. `code` stands here only: the table keeps a keyed hash of it.

    `is_repeat`: the same form was sent before; this is the first record again, with the same number and code (""
    if the code has been reset since)."""

    opinion_id: int
    number: str
    code: str
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """As the public would see it: masked title and text, and what was masked."""

    title: str
    summary: str
    findings: tuple[Finding, ...]
