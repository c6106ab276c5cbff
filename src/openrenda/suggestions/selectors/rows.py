"""What selectors answer with: frozen rows, no templates' logic in them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from openrenda.kernel.deadlines import Lamp
from openrenda.kernel.workflow import Offer
from openrenda.suggestions.models import (
    Assignment,
    Commitment,
    Contact,
    Cosigner,
    DueChange,
    ExtensionRequest,
    Feedback,
    LookBack,
    Nudge,
    Objection,
    PlannedUnit,
    Publication,
    RegisterLine,
    Reply,
    ReturnRequest,
    Suggestion,
    Supplement,
)
from openrenda.suggestions.states import (
    AssignmentState,
    CommitmentState,
    Importance,
    Publicity,
    ReplyClass,
    State,
)


@dataclass(frozen=True, slots=True)
class Behind:
    """One matter, n people: suggestions, deputies who signed one of them (each once), residents who spoke of it."""

    suggestions: int
    deputies: int
    residents: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What a visitor narrows the public list by; empty means all."""

    text: str = ""
    year: int | None = None
    session_id: int | None = None
    category_id: int | None = None
    unit_id: int | None = None
    state: State | None = None
    reply_class: ReplyClass | None = None
    delegation_id: int | None = None
    key_only: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the public list. `title` is masked, and empty where the title is not public."""

    id: int
    key: str
    number: str
    title: str
    category: str
    state: State
    unit: str
    lead: str
    reply_class: ReplyClass | None
    importance: Importance
    publicity: Publicity
    submitted_on: date
    due: date | None
    lamp: Lamp
    shelf: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list; `next_after` is the keyset cursor of the next one, None at the end."""

    rows: list[ListRow]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet with its count."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of numbered suggestions per facet, within the chosen year (all years without one)."""

    total: int
    years: tuple[FacetValue, ...]
    sessions: tuple[FacetValue, ...]
    categories: tuple[FacetValue, ...]
    units: tuple[FacetValue, ...]
    states: tuple[FacetValue, ...]
    classes: tuple[FacetValue, ...]
    delegations: tuple[FacetValue, ...]
    key: int


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One step of the life story as shown: `text` is a msgid, `params` fill it. `waited_days` since the step before."""

    at: datetime
    kind: str
    text: str
    params: dict[str, str]
    who: str
    waited_days: int
    is_public: bool
    source: str = "suggestion"


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock with its lamp: `label` is a msgid; `days_left` in working days, negative when overdue."""

    label: str
    start: date | None
    due: date | None
    lamp: Lamp
    days_left: int | None
    basis: str
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitTurn:
    """A unit's turn as shown: its own clock and how many days it held the matter."""

    assignment_id: int
    unit: str
    part: str
    part_text: str
    state: AssignmentState
    assigned_on: date
    signed_on: date | None
    ended_on: date | None
    days_held: int
    clock: Clock


@dataclass(frozen=True, slots=True)
class PublicReply:
    """A reply as the public may read it; `body` empty with `hidden_because` where it is not public."""

    round: int
    unit: str
    doc_no: str
    reply_class: ReplyClass
    issued_on: date
    body: str
    hidden_because: str


@dataclass(frozen=True, slots=True)
class PublicPromise:
    """A promise as the public may read it."""

    id: int
    content: str
    unit: str
    first_deadline: date
    deadline: date
    state: CommitmentState
    lamp: Lamp
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class PublicRating:
    """The lead's verdict on a round, shown once the case is closed."""

    round: int
    attitude: str
    result: str
    comment: str
    given_on: date


@dataclass(frozen=True, slots=True)
class DueShift:
    """A change of the legal date, as the public reads it."""

    old_due: date
    new_due: date
    reason: str


@dataclass(frozen=True, slots=True)
class PublicCase:
    """The public case page. `hidden_because` says why the text is not public; then the text fields are empty."""

    id: int
    key: str
    number: str
    title: str
    category: str
    lead: str
    cosigners: tuple[str, ...]
    delegation: str
    submitted_on: date
    state: State
    outcome: str
    round: int
    importance: Importance
    key_decision: str
    publicity: Publicity
    hidden_because: str
    problem: str
    analysis: str
    proposal: str
    summary: str
    masked_count: int
    reply_class: ReplyClass | None
    legal_clock: Clock
    turns: tuple[UnitTurn, ...]
    replies: tuple[PublicReply, ...]
    ratings: tuple[PublicRating, ...]
    promises: tuple[PublicPromise, ...]
    story: tuple[StoryLine, ...]
    due_changes: tuple[DueShift, ...]
    same_matter: tuple[tuple[str, str], ...]
    behind: Behind | None
    is_carried_term: bool
    is_from_register: bool = False


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of a workbench list. `turn` is a msgid that says what is wanted of the reader."""

    id: int
    number: str
    title: str
    state: State
    turn: str
    unit: str
    lead: str
    due: date | None
    lamp: Lamp
    days_left: int | None
    assignment_id: int | None = None
    commitment_id: int | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Inbox:
    """A workbench: my turn (most urgent first), waiting for others, done lately. Each list is cut at its limit."""

    mine: list[InboxRow]
    waiting: list[InboxRow]
    done: list[InboxRow]
    mine_total: int = 0


@dataclass(frozen=True, slots=True)
class AssignmentTurn:
    """An assignment on the workbench's case page with the moves open on it to this actor."""

    assignment: Assignment
    clock: Clock
    offers: "list[Offer[AssignmentState]]"
    return_request: ReturnRequest | None = None
    extension: ExtensionRequest | None = None
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class PromiseTurn:
    """A promise on the workbench with the moves open on it to this actor."""

    commitment: Commitment
    lamp: Lamp
    offers: "list[Offer[CommitmentState]]"


@dataclass(frozen=True, slots=True)
class WorkCase:
    """Everything an entitled reader of a case may see, and the moves open to this actor.

    `offers` are moves of the suggestion itself; `extras` names what is no move and open now: release,
    review_publicity, share_reply, nudge, mark_key, choose_look_back, and answers waited for: answer_contact,
    answer_nudge, answer_objection, record_look_back. `feedbacks` holds only what this actor may see.
    """

    suggestion: Suggestion
    number: str
    cosigners: list[Cosigner]
    planned: list[PlannedUnit]
    legal_clock: Clock
    assignments: list[AssignmentTurn]
    contacts: list[Contact]
    replies: list[Reply]
    feedbacks: list[Feedback]
    promises: list[PromiseTurn]
    due_changes: list[DueChange]
    supplements: list[Supplement]
    objections: list[Objection]
    nudges: list[Nudge]
    look_backs: list[LookBack]
    publication: Publication | None
    story: list[StoryLine]
    opinion_ids: list[int]
    same_matter: list[Suggestion]
    behind: Behind | None
    offers: "list[Offer[State]]"
    extras: frozenset[str] = field(default_factory=frozenset)
    register_line: RegisterLine | None = None


@dataclass(frozen=True, slots=True)
class AssignRow:
    """One line of assignment day: `problem` is a msgid, empty when it can be assigned."""

    suggestion: Suggestion
    number: str
    units: list[str]
    oversight: str
    assign_by: date | None
    lamp: Lamp
    problem: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One line of the promise ledger."""

    id: int
    suggestion_id: int
    number: str
    key: str
    title: str
    unit: str
    content: str
    first_deadline: date
    deadline: date
    state: CommitmentState
    lamp: Lamp
    days_left: int | None
    change_count: int
    reported_on: date | None
    ledger_year: int


@dataclass(frozen=True, slots=True)
class DateShift:
    """What a changed calendar would do to a running case."""

    suggestion_id: int
    number: str
    field: str
    old: date
    new: date
