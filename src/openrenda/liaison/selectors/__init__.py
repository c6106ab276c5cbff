"""Reads of the slice. SIGNATURES ONLY in this first commit: bodies follow, same names. Rows are frozen dataclasses."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from openrenda.kernel.actor import Actor
from openrenda.kernel.deadlines import Lamp, Step
from openrenda.kernel.verdict import Verdict
from openrenda.kernel.workflow import Offer
from openrenda.liaison.models import Category, Clock, Opinion, Referral, Station
from openrenda.liaison.states import (ClockKind, Nature, OpinionState, PublishState, ReceptionState, Satisfaction, Solved)

T = TypeVar("T")

@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `next` is the keyset token for ?after=, "" at the end."""
    rows: list[T]
    next: str

@dataclass(frozen=True, slots=True)
class StationRow:
    unit_id: int; code: str; name: str; level: str; street: str; address: str; phone: str; reception_text: str; stars: int
    next_reception: datetime | None; deputies: int; lng: Decimal | None; lat: Decimal | None

@dataclass(frozen=True, slots=True)
class DeputyRow:
    mandate_id: int; code: str; name: str; delegation: str; constituency: str; station_code: str; station_name: str; sc_post: str; level: str

@dataclass(frozen=True, slots=True)
class ReceptionRow:
    id: int; station_code: str; station_name: str; starts_at: datetime; ends_at: datetime; place: str; topic: str
    state: ReceptionState; deputies: tuple[str, ...]; moved_note: str; bookable: bool; bookings: int; needs_substitute: bool

@dataclass(frozen=True, slots=True)
class StationPage:
    station: Station; deputies: list[DeputyRow]; receptions: list[ReceptionRow]; published: int

@dataclass(frozen=True, slots=True)
class DeputyPage:
    row: DeputyRow; person_name: str; receptions: list[ReceptionRow]; opinions_answered: int; qr_token: str

@dataclass(frozen=True, slots=True)
class PublishedRow:
    id: int; number: str; title: str; state: OpinionState; category: str; station: str; street: str; submitted_on: date
    published_at: datetime; satisfaction: Satisfaction; solved: Solved; residents: int   # 1 + merged children

@dataclass(frozen=True, slots=True)
class StoryStep:
    """One line of the life story. `waited` = working days since the line before; None for the first."""
    at: datetime; move: str; label: str; who: str; detail: str; state: OpinionState; waited: int | None; is_public: bool

@dataclass(frozen=True, slots=True)
class PublishedOpinion:
    row: PublishedRow; summary: str; answer: str; story: list[StoryStep]; deputies: tuple[str, ...]

@dataclass(frozen=True, slots=True)
class InboxRow:
    id: int; number: str; title: str; state: OpinionState; awaiting: str; category: str; station: str; handler: str; is_urgent: bool
    due_on: date | None; days_left: int | None; lamp: Lamp; answer_due: date | None; answer_lamp: Lamp; updated_at: datetime

@dataclass(frozen=True, slots=True)
class ClockRow:
    kind: ClockKind; due: date; starts_on: date; basis: str; lamp: Lamp; days_left: int | None; met_on: date | None
    is_superseded: bool; note: str; steps: tuple[Step, ...]   # "how this date was computed"

@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the workbench shows. `contact_masked` is "" when this actor may not even see the mask."""
    opinion: Opinion; story: list[StoryStep]; clocks: list[ClockRow]; referrals: list[Referral]; children: list[InboxRow]
    offers: list[Offer[OpinionState]]; publish_offers: list[Offer[PublishState]]; may_reveal: Verdict; contact_masked: str
    deputies: tuple[str, ...]; lookalikes: list[InboxRow]

@dataclass(frozen=True, slots=True)
class TrackView:
    """What the resident sees. offers: moves open to the resident (withdraw, rate, …)."""
    id: int; number: str; title: str; content: str; state: OpinionState; story: list[StoryStep]; answer: str; answer_due: date | None
    answer_lamp: Lamp; way_on: str; refusal: str; satisfaction: Satisfaction; solved: Solved; rating_until: date | None
    may_publish: bool; may_share: bool; publish_state: PublishState; public_title: str; public_summary: str
    merged_into: str; may_withdraw: bool; may_rate: bool; station_name: str; station_phone: str

@dataclass(frozen=True, slots=True)
class OpinionBrief:
    id: int; number: str; title: str; summary: str; state: OpinionState; station: str; category: str; submitted_on: date; residents: int; is_public: bool

# public: find -----------------------------------------------------------------------------------------------------
def stations(*, congress_id: int, q: str = "", street_id: int | None = None, after: str = "", size: int = 30) -> Page[StationRow]: ...
def station_page(*, congress_id: int, code: str) -> StationPage: ...
def station_by_token(token: str) -> Station: ...
def deputies(*, congress_id: int, q: str = "", street_id: int | None = None, delegation_id: int | None = None, after: str = "", size: int = 30) -> Page[DeputyRow]: ...
def deputy_page(*, congress_id: int, code: str) -> DeputyPage: ...
def published(*, congress_id: int, q: str = "", category_id: int | None = None, street_id: int | None = None, station_id: int | None = None,
              state: OpinionState | None = None, year: int | None = None, after: str = "", size: int = 20) -> Page[PublishedRow]: ...
def published_opinion(*, congress_id: int, number: str) -> PublishedOpinion: ...
def receptions(*, congress_id: int, station_id: int | None = None, upcoming: bool = True, after: str = "", size: int = 20) -> Page[ReceptionRow]: ...
# the resident -----------------------------------------------------------------------------------------------------
def tracked_id(actor: Actor) -> int: ...
def tracking(*, actor: Actor) -> TrackView: ...
# the workbench ----------------------------------------------------------------------------------------------------
def inbox(*, actor: Actor, lane: str = "mine", q: str = "", state: OpinionState | None = None, after: str = "", size: int = 30) -> Page[InboxRow]:
    """lane: "mine" (my turn, by urgency), "waiting" (for others), "done" (lately)."""
def lane_counts(*, actor: Actor) -> dict[str, int]: ...
def opinion_for(*, actor: Actor, opinion_id: int) -> Opinion:
    """The gate: unknown = invisible = NotFound."""
def case_page(*, actor: Actor, opinion_id: int) -> CasePage: ...
def opinions_for_deputy(*, actor: Actor, after: str = "", size: int = 30) -> Page[InboxRow]: ...
def opinion_brief(ids: Sequence[int]) -> dict[int, OpinionBrief]: ...
def reception_for(*, actor: Actor, event_id: int) -> ReceptionRow: ...
# choices for forms ------------------------------------------------------------------------------------------------
def category_choices(congress_id: int) -> list[tuple[str, list[tuple[int, str]]]]: ...
def unit_choices(congress_id: int, level: str, opinion_id: int | None = None) -> list[tuple[int, str]]: ...
def deputy_choices(congress_id: int, station_id: int | None = None) -> list[tuple[int, str]]: ...
