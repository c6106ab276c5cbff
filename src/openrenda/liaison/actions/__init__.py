"""Every write of the slice. SIGNATURES ONLY in this first commit: bodies follow in one module per noun, same names.

All are keyword-only, atomic (except track), raise NotFound / NotAllowed / Conflict / Invalid of kernel.errors.
Unless told otherwise an opinion action returns the changed Opinion, a reception action the ReceptionEvent.
"""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from openrenda.kernel.actor import Actor
from openrenda.liaison.models import Booking, Category, Opinion, ReceptionEvent, Station
from openrenda.liaison.states import (
    Attendance, Channel, FeedbackWay, IdentityMode, Nature, OfficialGroup, RefusalReason, RouteLevel, Satisfaction,
    SensitiveFlag, Solved, StationLevel, StationStatus)


@dataclass(frozen=True, slots=True)
class Consent:
    """What the writer agreed to; `notice_version` names the privacy notice shown."""
    notice_version: str
    may_share: bool = False
    may_publish: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Who to call. Online a name to address and a phone suffice; offline both may be empty (anonymous)."""
    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    community_id: int | None = None
    text: str = ""
    lng: Decimal | None = None
    lat: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the resident takes home. `code` is 8 digits and stands here only; the table keeps a keyed hash.
    `is_repeat`: the same form was sent before, this is the first record again (same number, same code)."""
    opinion_id: int
    number: str
    code: str
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """As the public sees it: masked title and text, and what was masked. Nothing is written."""
    title: str
    summary: str
    findings: tuple[object, ...]   # kernel.pii.Finding


# -- submitting (public) ------------------------------------------------------------------------------------------
def preview(*, title: str, content: str) -> Preview: ...
def submit(*, actor: Actor, station_id: int, title: str, content: str, contact: Contact, consent: Consent, idempotency_key: str,
           channel: Channel = Channel.ONLINE, identity_mode: IdentityMode = IdentityMode.WITHHELD, deputy_id: int | None = None,
           category_id: int | None = None, nature: Nature = Nature.PROBLEM, place: Place = Place(), is_voter: bool = False,
           constituency_name: str = "", pii_confirmed: bool = False, mask_pii: bool = False, file_ids: Sequence[int] = (),
           external_ref: str = "") -> Receipt:
    """Public. actor: Actor.anonymous. Personal numbers in the text refuse (PersonalNumbersFound, an Invalid with .findings)
    unless mask_pii (mask them in the stored text) or pii_confirmed (keep; still masked in the public summary)."""
def register_walk_in(*, actor: Actor, station_id: int, channel: Channel, title: str, content: str, contact: Contact, consent: Consent,
                     idempotency_key: str, identity_mode: IdentityMode = IdentityMode.WITHHELD, deputy_ids: Sequence[int] = (),
                     reception_id: int | None = None, category_id: int | None = None, nature: Nature = Nature.PROBLEM,
                     place: Place = Place(), is_voter: bool = False, constituency_name: str = "", file_ids: Sequence[int] = (),
                     external_ref: str = "") -> Receipt:
    """Station staff on somebody's behalf; the opinion is REGISTERED at once. Use actor.speaking_for("来访群众")."""

# -- station: intake ----------------------------------------------------------------------------------------------
def register(*, opinion_id: int, actor: Actor) -> Opinion: ...
def not_accept(*, opinion_id: int, reason: RefusalReason, actor: Actor, note: str = "") -> Opinion: ...
def withdraw(*, opinion_id: int, actor: Actor, reason: str = "") -> Opinion:
    """The resident (actor from `track`)."""
def answer_on_the_spot(*, opinion_id: int, text: str, actor: Actor, way: FeedbackWay = FeedbackWay.IN_PERSON) -> Opinion: ...
def classify(*, opinion_id: int, category_id: int, actor: Actor, nature: Nature | None = None, is_urgent: bool = False,
             deputy_id: int | None = None, sensitive_flags: Sequence[SensitiveFlag] = (), community_id: int | None = None) -> Opinion: ...
def assign_deputy(*, opinion_id: int, mandate_id: int, actor: Actor) -> Opinion: ...
def set_pooled(*, opinion_id: int, is_pooled: bool, actor: Actor) -> Opinion:
    """Flag for the livelihood-project pool."""
def merge(*, opinion_id: int, into_id: int, actor: Actor, note: str = "") -> Opinion:
    """The child REGISTERED → MERGED; returns the child."""
def split(*, opinion_id: int, reason: str, actor: Actor) -> Opinion: ...

# -- handing on ---------------------------------------------------------------------------------------------------
def refer(*, opinion_id: int, level: RouteLevel, unit_id: int, actor: Actor, note: str = "") -> Opinion:
    """STATION_HEAD. COMMUNITY is sent at once; other levels wait for approval (opinion.awaiting_role: STREET_NPC, SC_REP)."""
def approve_referral(*, opinion_id: int, actor: Actor, unit_id: int | None = None, note: str = "") -> Opinion:
    """STREET_NPC sends to the street; SC_REP sends to court/procuratorate/supervision, or passes a department on to GOV_HUB; GOV_HUB sends to the department."""
def decline_referral(*, opinion_id: int, reason: str, actor: Actor) -> Opinion:
    """Whoever is asked says no: the head chooses another way."""
def sign_for(*, opinion_id: int, actor: Actor) -> Opinion: ...
def send_back(*, opinion_id: int, reason: str, actor: Actor, suggested_unit_id: int | None = None) -> Opinion: ...
def request_extension(*, opinion_id: int, workdays: int, reason: str, actor: Actor) -> Opinion: ...
def decide_extension(*, opinion_id: int, granted: bool, actor: Actor, note: str = "") -> Opinion: ...
def escalate(*, opinion_id: int, to: str, actor: Actor, note: str = "") -> Opinion: ...

# -- results ------------------------------------------------------------------------------------------------------
def draft_result(*, opinion_id: int, text: str, actor: Actor) -> Opinion: ...
def return_draft(*, opinion_id: int, reason: str, actor: Actor) -> Opinion: ...
def approve_result(*, opinion_id: int, actor: Actor) -> Opinion: ...
def reject_result(*, opinion_id: int, reason: str, actor: Actor) -> Opinion: ...
def enter_result(*, opinion_id: int, text: str, actor: Actor) -> Opinion: ...
def edit_plain_answer(*, opinion_id: int, text: str, actor: Actor) -> Opinion:
    """The responsible deputy (or the head) puts a converted opinion's answer in plain words before it is fed back."""
def feed_back(*, opinion_id: int, actor: Actor, text: str = "", way: FeedbackWay = FeedbackWay.SITE) -> Opinion:
    """STATION_HEAD; `text` empty = the result as it stands."""

# -- conversion (called by suggestions) -------------------------------------------------------------------------
def convert(*, opinion_id: int, actor: Actor, note: str = "", ref: str = "") -> Opinion: ...
def release(*, opinion_id: int, reason: str, actor: Actor) -> Opinion: ...
def take_answer(*, opinion_id: int, text: str, actor: Actor) -> Opinion: ...

# -- the resident's verdict and after ---------------------------------------------------------------------------
def rate(*, opinion_id: int, satisfaction: Satisfaction, actor: Actor, reason: str = "") -> Opinion: ...
def say_solved(*, opinion_id: int, solved: Solved, actor: Actor, note: str = "") -> Opinion: ...
def revisit(*, opinion_id: int, way: FeedbackWay, result: str, actor: Actor) -> Opinion: ...
def reopen(*, opinion_id: int, reason: str, actor: Actor) -> Opinion: ...
def close_silent(*, opinion_id: int, actor: Actor) -> Opinion: ...
def archive(*, opinion_id: int, actor: Actor) -> Opinion: ...

# -- publication ------------------------------------------------------------------------------------------------
def edit_public_summary(*, opinion_id: int, title: str, summary: str, actor: Actor) -> Opinion: ...
def approve_publication(*, opinion_id: int, actor: Actor) -> Opinion:
    """STATION_HEAD: WAITING → AT_STREET; STREET_NPC: AT_STREET → PUBLIC."""
def refuse_publication(*, opinion_id: int, reason: str, actor: Actor) -> Opinion: ...
def reconsider_publication(*, opinion_id: int, actor: Actor) -> Opinion: ...
def object_to_publication(*, opinion_id: int, actor: Actor, reason: str = "") -> Opinion:
    """The resident."""
def set_consent(*, opinion_id: int, actor: Actor, may_share: bool | None = None, may_publish: bool | None = None) -> Opinion:
    """The resident gives or takes back a consent; None leaves it as it is."""

# -- identity and tracking --------------------------------------------------------------------------------------
def track(*, number: str, code: str, congress_id: int, origin: str) -> Actor:
    """The resident's own Actor (urn "opinion:<id>"; see selectors.tracked_id(actor)); one error for all failures: TrackRefused. Not atomic."""
def reveal_contact(*, opinion_id: int, reason: str, actor: Actor) -> Contact: ...
def reset_query_code(*, opinion_id: int, reason: str, actor: Actor) -> Receipt: ...

# -- reception days ---------------------------------------------------------------------------------------------
def plan_reception(*, station_id: int, starts_at: datetime, ends_at: datetime, place: str, mandate_ids: Sequence[int], actor: Actor,
                   topic: str = "", department_ids: Sequence[int] = (), rule_day: date | None = None, moved_note: str = "") -> ReceptionEvent: ...
def generate_receptions(*, station_id: int, weeks: int, actor: Actor) -> list[ReceptionEvent]:
    """Plan what the station's reception rule says for the next weeks; days off move to the next working day. Idempotent."""
def announce_reception(*, event_id: int, actor: Actor, late_reason: str = "") -> ReceptionEvent: ...
def start_reception(*, event_id: int, actor: Actor) -> ReceptionEvent: ...
def finish_reception(*, event_id: int, attendance: Mapping[int, Attendance], visitors: int, actor: Actor) -> ReceptionEvent: ...
def postpone_reception(*, event_id: int, starts_at: datetime, ends_at: datetime, reason: str, actor: Actor) -> ReceptionEvent:
    """Returns the new event; bookings move along and are told."""
def cancel_reception(*, event_id: int, reason: str, actor: Actor) -> ReceptionEvent: ...
def excuse_deputy(*, event_id: int, mandate_id: int, reason: str, actor: Actor) -> ReceptionEvent: ...
def substitute_deputy(*, event_id: int, mandate_id: int, substitute_id: int, actor: Actor) -> ReceptionEvent: ...
def notify_bookers(*, event_id: int, message: str, actor: Actor) -> ReceptionEvent: ...
def book_reception(*, event_id: int, name: str, phone: str, actor: Actor, idempotency_key: str, subject: str = "", email: str = "") -> tuple[Booking, str]:
    """The booking and its cancel code."""
def cancel_booking(*, booking_id: int, code: str, actor: Actor) -> Booking: ...

# -- stations, categories, calendar -----------------------------------------------------------------------------
def set_up_station(*, unit_id: int, level: StationLevel, actor: Actor, address: str = "", lng: Decimal | None = None, lat: Decimal | None = None,
                   phone: str = "", opening_note: str = "", reception_text: str = "", contact_name: str = "", head_id: int | None = None,
                   stars: int = 0, established_on: date | None = None) -> Station: ...
def edit_station(*, unit_id: int, actor: Actor, address: str, phone: str, opening_note: str, reception_text: str, contact_name: str,
                 head_id: int | None, status: StationStatus = StationStatus.OPEN) -> Station: ...
def add_category(*, code: str, name: str, actor: Actor, parent_id: int | None = None, default_unit_id: int | None = None,
                 official_group: OfficialGroup | None = None) -> Category: ...
def edit_category(*, category_id: int, name: str, default_unit_id: int | None, official_group: OfficialGroup | None, is_retired: bool, actor: Actor) -> Category: ...
def add_standard_categories(*, actor: Actor) -> list[Category]:
    """The two-level list of domain.md 12.1; existing names are left alone."""
