"""A row of an old register with everything found that it names: what is taken over, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from openrenda.orgs.models import Mandate, Session, Unit
from openrenda.orgs.states import SessionPeriod
from openrenda.suggestions.rules.numbers import key_of, series_of, shelf_of
from openrenda.suggestions.rules.register_cells import RehandleCell
from openrenda.suggestions.states import ContactWay, Publicity, Rating, ReplyClass


@dataclass(frozen=True, slots=True)
class PastReturn:
    """退办: `by` gave it back on a day, `to` got it on another."""

    on: date
    by: Unit
    reason: str
    reassigned_on: date
    to: Unit


@dataclass(frozen=True, slots=True)
class PastReply:
    """The (first) answer. `promise` and its date belong together; a class C reply may have neither."""

    on: date
    reply_class: ReplyClass
    body: str
    doc_no: str = ""
    promise: str = ""
    promise_due: date | None = None


@dataclass(frozen=True, slots=True)
class PastRating:
    """The lead deputy's verdict on the first answer; `on` None: the register does not date it."""

    attitude: Rating
    result: Rating
    on: date | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """One suggestion as the register tells it. Without `assigned_on` it has only its number."""

    sheet: str
    line: int
    session: Session
    period: SessionPeriod
    year: int
    serial: int
    own_series: bool
    filed_on: date
    title: str
    problem: str
    proposal: str
    category_id: int
    lead: Mandate
    cosigners: tuple[Mandate, ...] = ()
    opinion_ids: tuple[int, ...] = ()
    unit: Unit | None = None
    co_units: tuple[Unit, ...] = ()
    assigned_on: date | None = None
    is_extended: bool = False
    signed_on: date | None = None
    returned: PastReturn | None = None
    contact_way: ContactWay | None = None
    contact_on: date | None = None
    reply: PastReply | None = None
    rating: PastRating | None = None
    again: RehandleCell | None = None
    is_key: bool = False
    key_leader: str = ""
    oversight_unit_id: int | None = None
    publicity: Publicity = Publicity.PENDING
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """JY-16-5-041."""
        return key_of(self.session.term.number, self.session.number, self.serial, own_series=self.own_series)

    @property
    def shelf(self) -> int:
        """Its place on the shelf."""
        return shelf_of(self.session.term.number, self.session.number, self.serial, own_series=self.own_series)

    @property
    def series(self) -> str:
        """The number series it belongs to."""
        return series_of(self.session.term.number, self.session.number, own_series=self.own_series)
