"""What the selectors answer with: frozen rows."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from openrenda.kernel.deadlines import Lamp, Step
from openrenda.kernel.verdict import Verdict
from openrenda.kernel.workflow import Offer
from openrenda.liaison.models import Opinion, Referral, Station
from openrenda.liaison.states import ClockKind, OpinionState, PublishState, ReceptionState, Satisfaction, Solved

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `next` is the keyset token for ?after=, "" at the end."""

    rows: list[T]
    next: str


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station in a list."""

    unit_id: int
    code: str
    name: str
    level: str
    street: str
    address: str
    phone: str
    reception_text: str
    stars: int
    next_reception: datetime | None
    deputies: int
    lng: Decimal | None
    lat: Decimal | None


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """A deputy in a list. Nothing here is private."""

    mandate_id: int
    code: str
    name: str
    delegation: str
    constituency: str
    station_code: str
    station_name: str
    sc_post: str
    level: str


@dataclass(frozen=True, slots=True)
class ReceptionRow:
    """A reception day."""

    id: int
    station_id: int
    station_code: str
    station_name: str
    starts_at: datetime
    ends_at: datetime
    place: str
    topic: str
    state: ReceptionState
    deputies: tuple[str, ...]
    moved_note: str
    late_notice_reason: str
    end_reason: str
    bookable: bool
    bookings: int
    needs_substitute: bool


@dataclass(frozen=True, slots=True)
class StationPage:
    """A station's public page."""

    station: Station
    deputies: list[DeputyRow]
    receptions: list[ReceptionRow]
    published: int


@dataclass(frozen=True, slots=True)
class DeputyPage:
    """A deputy's public page."""

    row: DeputyRow
    station_id: int | None
    receptions: list[ReceptionRow]
    opinions_answered: int
    qr_token: str


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A published opinion in a list. `residents`: the writer and those whose opinions were merged into this one."""

    id: int
    number: str
    title: str
    state: OpinionState
    category: str
    station: str
    street: str
    submitted_on: date
    published_at: datetime
    satisfaction: Satisfaction
    solved: Solved
    residents: int


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One line of the life story. `waited`: working days since the line before; None for the first."""

    at: datetime
    move: str
    label: str
    who: str
    detail: str
    state: OpinionState
    waited: int | None
    is_public: bool


@dataclass(frozen=True, slots=True)
class OtherVoice:
    """A matter that others have told: as the public sees it, with its summary and what is said alike."""

    row: PublishedRow
    summary: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """An opinion that seems to tell of the same matter. `words`: what it says alike; `same_place`: None if nobody can
    tell; `takes_in`: this one may be merged into it; `goes_in`: it may be merged into this one."""

    id: int
    number: str
    title: str
    state: OpinionState
    station: str
    submitted_at: datetime
    words: tuple[str, ...]
    same_place: bool | None
    takes_in: bool
    goes_in: bool


@dataclass(frozen=True, slots=True)
class BesideFace:
    """One of two opinions side by side; the parts say which pieces the other tells too."""

    id: int
    number: str
    title: str
    state: OpinionState
    station: str
    category: str
    place: str
    submitted_at: datetime
    title_parts: tuple[tuple[str, bool], ...]
    parts: tuple[tuple[str, bool], ...]
    may_go_in: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Two opinions and what they say alike."""

    words: tuple[str, ...]
    one: BesideFace
    other: BesideFace


@dataclass(frozen=True, slots=True)
class PublishedOpinion:
    """The public page of an opinion."""

    row: PublishedRow
    summary: str
    answer: str
    rating_reason: str
    solved_note: str
    story: list[StoryStep]
    deputies: tuple[str, ...]
    station_code: str
    may_join: bool


@dataclass(frozen=True, slots=True)
class MergedVoice:
    """What somebody else said of the same matter, for whoever works on it; `is_open`: this reader may open it too."""

    id: int
    number: str
    title: str
    words: str
    station: str
    submitted_at: datetime
    satisfaction: Satisfaction
    is_open: bool


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An opinion in the workbench. `due_on`: the holder's day; `answer_due`: the day promised to the resident."""

    id: int
    number: str
    title: str
    state: OpinionState
    awaiting: str
    category: str
    station: str
    handler: str
    is_urgent: bool
    due_on: date | None
    due_kind: str
    days_left: int | None
    lamp: Lamp
    answer_due: date | None
    answer_lamp: Lamp
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock with how its day was computed."""

    kind: ClockKind
    due: date
    starts_on: date
    basis: str
    lamp: Lamp
    days_left: int | None
    met_on: date | None
    is_superseded: bool
    note: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """All the workbench shows of one opinion. `contact_masked` is "" when this actor may not see even the mask."""

    opinion: Opinion
    story: list[StoryStep]
    clocks: list[ClockRow]
    referrals: list[Referral]
    children: list[MergedVoice]
    offers: list[Offer[OpinionState]]
    publish_offers: list[Offer[PublishState]]
    may_reveal: Verdict
    contact_masked: str
    deputies: tuple[str, ...]
    lookalikes: list[Alike]
    lamp: Lamp
    days_left: int | None
    answer_lamp: Lamp


@dataclass(frozen=True, slots=True)
class TrackView:
    """What the resident sees with number and code."""

    id: int
    number: str
    title: str
    content: str
    state: OpinionState
    story: list[StoryStep]
    answer: str
    answer_due: date | None
    answer_lamp: Lamp
    refusal: str
    refusal_note: str
    way_on: str
    satisfaction: Satisfaction
    solved: Solved
    rating_until: date | None
    may_share: bool
    may_publish: bool
    publish_state: PublishState
    public_title: str
    public_summary: str
    merged_into: str
    merged_is_public: bool
    may_withdraw: bool
    may_rate: bool
    may_say_solved: bool
    station_name: str
    station_phone: str
    deputies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpinionBrief:
    """What other slices show of an opinion: masked words only. `is_public`: may stand on a public page."""

    id: int
    number: str
    title: str
    summary: str
    state: OpinionState
    station: str
    category: str
    submitted_on: date
    residents: int
    is_public: bool
