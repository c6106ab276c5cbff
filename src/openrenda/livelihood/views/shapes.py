"""What the pages show, as small frozen values: built by faces.py, drawn by the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openrenda.livelihood.states import Lamp
from openrenda.ui.shapes import Bar, Photo


@dataclass(frozen=True, slots=True)
class CardFace:
    """A project at a glance."""

    name: str
    url: str
    label: str  # 第3项, 候选7号
    number: int
    category: str
    drawing: str
    state: str
    tone: str
    lamp: Lamp | None
    reasons: Sequence[str]
    target: str
    place: str
    beneficiaries: str
    planned: int | None
    actual: int | None
    total: Decimal | None
    paid: Decimal | None
    paid_percent: int | None
    month: str
    grade: str
    lead: str = ""
    photo: Photo | None = None
    street_ids: tuple[int, ...] = ()
    lng: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A candidate and what deputies said."""

    name: str
    url: str
    number: int | None
    votes: int | None
    percent: float
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class VoteFace:
    """The vote: all candidates by votes, the line, and where to re-count."""

    rows: Sequence[VoteRow]
    base: int | None
    line: int | None
    line_percent: float | None
    held_on: date | None
    proof_url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of a story, perhaps with pictures and a lamp."""

    what: str
    when: date | datetime | None = None
    who: str = ""
    note: str = ""
    url: str = ""
    tone: str = "done"
    photos: Sequence[Photo] = ()
    lamp: Lamp | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure with its words."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AdjustmentFace:
    """A change: kind, state, why, (field, before, after), the decision in a sentence."""

    kind: str
    state: str
    reason: str
    changes: Sequence[tuple[str, str, str]]
    decision: str


@dataclass(frozen=True, slots=True)
class EvaluationFace:
    """A vote of satisfaction."""

    title: str
    bars: Sequence[Bar]
    note: str


@dataclass(frozen=True, slots=True)
class IdeaRow:
    """An idea in a list."""

    key: str
    title: str
    url: str
    source: str
    category: str
    on: date | datetime
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class IdeaFace:
    """An idea's page."""

    key: str
    title: str
    content: str
    place: str
    category: str
    source: str
    state: str
    tone: str
    explanation: str
    refusal: str
    project_name: str
    project_url: str
    story: Sequence[Entry]
