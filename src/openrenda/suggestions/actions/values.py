"""What people hand in, as values (no Django)."""

from dataclasses import dataclass, field
from datetime import date

from openrenda.suggestions.states import (
    CommitmentKind,
    ContactWay,
    Origin,
    Part,
    Publicity,
    PublicityWish,
    Rating,
    ReferenceReason,
    ReplyClass,
    Wish,
)


@dataclass(frozen=True, slots=True)
class Text:
    """A suggestion's text as its deputy writes it."""

    title: str
    problem: str
    proposal: str
    category_id: int
    analysis: str = ""
    wish: Wish = Wish.MEETING
    origin: Origin = Origin.RESEARCH
    repeat_of: str = ""
    publicity_wish: PublicityWish = PublicityWish.FULL
    publicity_wish_reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One unit in a plan; a share (分办) says which part."""

    unit_id: int
    part: Part
    part_text: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise in a reply."""

    content: str
    deadline: date
    responsible: str
    kind: CommitmentKind = CommitmentKind.PROMISE


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply as its unit writes it."""

    doc_no: str
    reply_class: ReplyClass
    body: str
    contact_name: str = ""
    contact_phone: str = ""
    co_summary: str = ""
    promises: tuple[Promise, ...] = field(default=())
    reference_reason: ReferenceReason | None = None
    reported_up: str = ""
    publicity: Publicity = Publicity.PENDING
    publicity_reason: str = ""
    secrecy_checked_by: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A signatory's verdict."""

    attitude: Rating
    result: Rating
    was_met: bool
    met_way: ContactWay | None = None
    comment: str = ""
    agree_publish: bool = True
    wish_further: bool = False
