"""Facts of a suggestion's life."""

from dataclasses import dataclass
from typing import ClassVar

from openrenda.kernel.event import Event


@dataclass(frozen=True)
class SuggestionEvent(Event):
    """Base: which suggestion."""

    suggestion_id: int


@dataclass(frozen=True)
class CosignerInvited(SuggestionEvent):
    """A deputy was asked to co-sign, or to confirm anew after an edit."""

    kind: ClassVar[str] = "suggestions.cosigner_invited"
    mandate_ids: tuple[int, ...] = ()
    again: bool = False


@dataclass(frozen=True)
class CosignerAnswered(SuggestionEvent):
    """An invited deputy confirmed or declined."""

    kind: ClassVar[str] = "suggestions.cosigner_answered"
    mandate_id: int = 0
    confirmed: bool = True


@dataclass(frozen=True)
class Submitted(SuggestionEvent):
    """Filed by its lead deputy."""

    kind: ClassVar[str] = "suggestions.submitted"


@dataclass(frozen=True)
class Accepted(SuggestionEvent):
    """Taken on, with a number."""

    kind: ClassVar[str] = "suggestions.accepted"


@dataclass(frozen=True)
class SentBack(SuggestionEvent):
    """Returned for revision."""

    kind: ClassVar[str] = "suggestions.sent_back"
    reason: str = ""


@dataclass(frozen=True)
class Rejected(SuggestionEvent):
    """Not taken on."""

    kind: ClassVar[str] = "suggestions.rejected"
    code: str = ""
    reason: str = ""


@dataclass(frozen=True)
class WithdrawalAsked(SuggestionEvent):
    """The lead asks co-signers to agree to a withdrawal."""

    kind: ClassVar[str] = "suggestions.withdrawal_asked"
    reason: str = ""


@dataclass(frozen=True)
class Withdrawn(SuggestionEvent):
    """Withdrawn, or lapsed after a return."""

    kind: ClassVar[str] = "suggestions.withdrawn"
    lapsed: bool = False
    unit_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Supplemented(SuggestionEvent):
    """The deputy explained further."""

    kind: ClassVar[str] = "suggestions.supplemented"


@dataclass(frozen=True)
class Assigned(SuggestionEvent):
    """Handed to the organ concerned: the legal clock starts."""

    kind: ClassVar[str] = "suggestions.assigned"
    unit_ids: tuple[int, ...] = ()
    to_government: bool = False
    legal_due: str = ""


@dataclass(frozen=True)
class Grouped(SuggestionEvent):
    """Handled together with others of the same matter (并案)."""

    kind: ClassVar[str] = "suggestions.grouped"
    with_number: str = ""


@dataclass(frozen=True)
class Ungrouped(SuggestionEvent):
    """On its own again."""

    kind: ClassVar[str] = "suggestions.ungrouped"


@dataclass(frozen=True)
class Distributed(SuggestionEvent):
    """Handed to units by the government's office, or given to another unit."""

    kind: ClassVar[str] = "suggestions.distributed"
    unit_ids: tuple[int, ...] = ()
    co_unit_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class SignedFor(SuggestionEvent):
    """A unit took it on."""

    kind: ClassVar[str] = "suggestions.signed_for"
    unit_id: int = 0


@dataclass(frozen=True)
class ReturnRequested(SuggestionEvent):
    """A unit says it is not its own."""

    kind: ClassVar[str] = "suggestions.return_requested"
    unit_id: int = 0
    is_direct: bool = False
    joint: bool = False
    reason: str = ""


@dataclass(frozen=True)
class ReturnDecided(SuggestionEvent):
    """The request was granted or not."""

    kind: ClassVar[str] = "suggestions.return_decided"
    unit_id: int = 0
    granted: bool = False
    new_unit_id: int = 0


@dataclass(frozen=True)
class ExtensionRequested(SuggestionEvent):
    """A unit asks for six months."""

    kind: ClassVar[str] = "suggestions.extension_requested"
    unit_id: int = 0
    is_direct: bool = False


@dataclass(frozen=True)
class ExtensionEndorsed(SuggestionEvent):
    """The government's office agrees."""

    kind: ClassVar[str] = "suggestions.extension_endorsed"


@dataclass(frozen=True)
class ExtensionDecided(SuggestionEvent):
    """Granted or refused."""

    kind: ClassVar[str] = "suggestions.extension_decided"
    unit_id: int = 0
    granted: bool = False
    due: str = ""


@dataclass(frozen=True)
class ContactRecorded(SuggestionEvent):
    """A unit recorded that it met a deputy."""

    kind: ClassVar[str] = "suggestions.contact_recorded"
    contact_id: int = 0
    mandate_id: int = 0


@dataclass(frozen=True)
class ContactAnswered(SuggestionEvent):
    """The deputy confirmed or denied it."""

    kind: ClassVar[str] = "suggestions.contact_answered"
    unit_id: int = 0
    confirmed: bool = True


@dataclass(frozen=True)
class OpinionGiven(SuggestionEvent):
    """A co-handler gave its opinion to the lead unit."""

    kind: ClassVar[str] = "suggestions.opinion_given"
    unit_id: int = 0


@dataclass(frozen=True)
class ReplyDrafted(SuggestionEvent):
    """A reply waits for the unit's leader."""

    kind: ClassVar[str] = "suggestions.reply_drafted"
    unit_id: int = 0


@dataclass(frozen=True)
class ReplySigned(SuggestionEvent):
    """A reply waits for its check."""

    kind: ClassVar[str] = "suggestions.reply_signed"
    unit_id: int = 0
    is_direct: bool = False


@dataclass(frozen=True)
class ReplySentBack(SuggestionEvent):
    """A reply went back to its clerk."""

    kind: ClassVar[str] = "suggestions.reply_sent_back"
    unit_id: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Replied(SuggestionEvent):
    """A reply was delivered to every signatory."""

    kind: ClassVar[str] = "suggestions.replied"
    reply_id: int = 0
    complete: bool = True
    feedback_due: str = ""


@dataclass(frozen=True)
class FeedbackGiven(SuggestionEvent):
    """A signatory rated."""

    kind: ClassVar[str] = "suggestions.feedback_given"
    mandate_id: int = 0


@dataclass(frozen=True)
class FeedbackReminded(SuggestionEvent):
    """The window is over: once more."""

    kind: ClassVar[str] = "suggestions.feedback_reminded"
    mandate_ids: tuple[int, ...] = ()
    due: str = ""


@dataclass(frozen=True)
class FoundUnsatisfied(SuggestionEvent):
    """The verdict is 不满意."""

    kind: ClassVar[str] = "suggestions.unsatisfied"


@dataclass(frozen=True)
class RehandleOrdered(SuggestionEvent):
    """A new round begins."""

    kind: ClassVar[str] = "suggestions.rehandle_ordered"
    unit_ids: tuple[int, ...] = ()
    due: str = ""


@dataclass(frozen=True)
class Closed(SuggestionEvent):
    """Closed, with its outcome."""

    kind: ClassVar[str] = "suggestions.closed"
    outcome: str = ""


@dataclass(frozen=True)
class PromiseEvent(SuggestionEvent):
    """Base: which promise."""

    commitment_id: int
    unit_id: int = 0


@dataclass(frozen=True)
class PromiseClaimed(PromiseEvent):
    """The unit says it is done."""

    kind: ClassVar[str] = "suggestions.promise_claimed"


@dataclass(frozen=True)
class PromiseJudged(PromiseEvent):
    """Confirmed or denied."""

    kind: ClassVar[str] = "suggestions.promise_judged"
    kept: bool = True


@dataclass(frozen=True)
class PromiseChanged(PromiseEvent):
    """A new date, or it cannot be done."""

    kind: ClassVar[str] = "suggestions.promise_changed"
    deadline: str = ""


@dataclass(frozen=True)
class PromiseOverdue(PromiseEvent):
    """Its day is past."""

    kind: ClassVar[str] = "suggestions.promise_overdue"


@dataclass(frozen=True)
class PromiseDueSoon(PromiseEvent):
    """60, 30 or 7 days are left, or a quarterly report is due."""

    kind: ClassVar[str] = "suggestions.promise_due_soon"
    days: int = 0


@dataclass(frozen=True)
class KeyMarked(SuggestionEvent):
    """Made a key suggestion."""

    kind: ClassVar[str] = "suggestions.key_marked"


@dataclass(frozen=True)
class ObjectionRaised(SuggestionEvent):
    """The deputy objects to the unit."""

    kind: ClassVar[str] = "suggestions.objection_raised"


@dataclass(frozen=True)
class ObjectionAnswered(SuggestionEvent):
    """The deputies' office answered it."""

    kind: ClassVar[str] = "suggestions.objection_answered"


@dataclass(frozen=True)
class Nudged(SuggestionEvent):
    """A unit was urged."""

    kind: ClassVar[str] = "suggestions.nudged"
    unit_id: int = 0
    nudge_kind: str = ""


@dataclass(frozen=True)
class Published(SuggestionEvent):
    """Publication was decided."""

    kind: ClassVar[str] = "suggestions.published"
    decision: str = ""


@dataclass(frozen=True)
class LeadSucceeded(SuggestionEvent):
    """A co-signer leads now."""

    kind: ClassVar[str] = "suggestions.lead_succeeded"
    mandate_id: int = 0


@dataclass(frozen=True)
class LookedBack(SuggestionEvent):
    """A look-back has its verdict."""

    kind: ClassVar[str] = "suggestions.looked_back"
    verdict: str = ""
    regraded: bool = False


@dataclass(frozen=True)
class DueMoved(SuggestionEvent):
    """A changed calendar moved the date."""

    kind: ClassVar[str] = "suggestions.due_moved"
    due: str = ""


@dataclass(frozen=True)
class TakenOver(SuggestionEvent):
    """It came in from an office's old register; nobody is told."""

    kind: ClassVar[str] = "suggestions.taken_over"
    state: str = ""
