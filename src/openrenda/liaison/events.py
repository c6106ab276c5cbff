"""Facts of the slice. Each names the opinion (or reception day) and those whom it touches; readers look up the rest."""

from dataclasses import dataclass
from typing import ClassVar

from openrenda.kernel.event import Event


@dataclass(frozen=True)
class OpinionEvent(Event):
    """Something happened to one opinion."""

    opinion_id: int


@dataclass(frozen=True)
class OpinionSubmitted(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_submitted"


@dataclass(frozen=True)
class OpinionRegistered(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_registered"


@dataclass(frozen=True)
class OpinionNotAccepted(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_not_accepted"
    reason: str = ""


@dataclass(frozen=True)
class OpinionWithdrawn(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_withdrawn"


@dataclass(frozen=True)
class OpinionAnswered(OpinionEvent):
    """Answered on the spot."""

    kind: ClassVar[str] = "liaison.opinion_answered"


@dataclass(frozen=True)
class OpinionClassified(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_classified"
    is_urgent: bool = False


@dataclass(frozen=True)
class DeputyAssigned(OpinionEvent):
    kind: ClassVar[str] = "liaison.deputy_assigned"
    mandate_id: int = 0


@dataclass(frozen=True)
class ReferralProposed(OpinionEvent):
    """An office must agree: its role stands in `awaiting`."""

    kind: ClassVar[str] = "liaison.referral_proposed"
    awaiting: str = ""


@dataclass(frozen=True)
class ReferralDeclined(OpinionEvent):
    kind: ClassVar[str] = "liaison.referral_declined"


@dataclass(frozen=True)
class OpinionReferred(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_referred"
    unit_id: int = 0


@dataclass(frozen=True)
class ReferralSigned(OpinionEvent):
    kind: ClassVar[str] = "liaison.referral_signed"
    unit_id: int = 0


@dataclass(frozen=True)
class ReferralSentBack(OpinionEvent):
    kind: ClassVar[str] = "liaison.referral_sent_back"
    unit_id: int = 0


@dataclass(frozen=True)
class ExtensionAsked(OpinionEvent):
    kind: ClassVar[str] = "liaison.extension_asked"


@dataclass(frozen=True)
class ExtensionDecided(OpinionEvent):
    kind: ClassVar[str] = "liaison.extension_decided"
    granted: bool = False


@dataclass(frozen=True)
class ResultDrafted(OpinionEvent):
    kind: ClassVar[str] = "liaison.result_drafted"


@dataclass(frozen=True)
class DraftReturned(OpinionEvent):
    kind: ClassVar[str] = "liaison.draft_returned"


@dataclass(frozen=True)
class ResultArrived(OpinionEvent):
    """A unit, a suggestion or a higher level has answered: the station must tell the resident."""

    kind: ClassVar[str] = "liaison.result_arrived"


@dataclass(frozen=True)
class AnsweredAgain(OpinionEvent):
    """The suggestion it became was answered anew, after the resident had been told of the first answer."""

    kind: ClassVar[str] = "liaison.answered_again"


@dataclass(frozen=True)
class ResultRejected(OpinionEvent):
    kind: ClassVar[str] = "liaison.result_rejected"


@dataclass(frozen=True)
class OpinionFedBack(OpinionEvent):
    """The answer reached the resident, and those whose opinions were merged into this one."""

    kind: ClassVar[str] = "liaison.opinion_fed_back"


@dataclass(frozen=True)
class OpinionConverted(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_converted"
    mandate_id: int = 0


@dataclass(frozen=True)
class OpinionReleased(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_released"


@dataclass(frozen=True)
class OpinionEscalated(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_escalated"


@dataclass(frozen=True)
class OpinionMerged(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_merged"
    into_id: int = 0


@dataclass(frozen=True)
class OpinionJoined(OpinionEvent):
    """A resident said "me too" (同感): an opinion of her own, handled with the one that was there."""

    kind: ClassVar[str] = "liaison.opinion_joined"
    into_id: int = 0


@dataclass(frozen=True)
class OpinionSplit(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_split"
    from_id: int = 0


@dataclass(frozen=True)
class OpinionRated(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_rated"
    satisfaction: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class OpinionReworked(OpinionEvent):
    """A new round begins: the resident was dissatisfied, or the head decided so."""

    kind: ClassVar[str] = "liaison.opinion_reworked"
    round: int = 2


@dataclass(frozen=True)
class HeadMustDecide(OpinionEvent):
    """A dissatisfied word that reopens nothing by itself (late, merged, or after the second round)."""

    kind: ClassVar[str] = "liaison.head_must_decide"


@dataclass(frozen=True)
class NotSolvedSaid(OpinionEvent):
    kind: ClassVar[str] = "liaison.not_solved_said"


@dataclass(frozen=True)
class OpinionClosed(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_closed"
    in_silence: bool = False


@dataclass(frozen=True)
class OpinionPublished(OpinionEvent):
    kind: ClassVar[str] = "liaison.opinion_published"


@dataclass(frozen=True)
class PublicationAsked(OpinionEvent):
    """The head has agreed: the street's office has the last word."""

    kind: ClassVar[str] = "liaison.publication_asked"


@dataclass(frozen=True)
class PublicationObjected(OpinionEvent):
    kind: ClassVar[str] = "liaison.publication_objected"


@dataclass(frozen=True)
class ReceptionEventFact(Event):
    """Something happened to one reception day."""

    event_id: int


@dataclass(frozen=True)
class ReceptionAnnounced(ReceptionEventFact):
    kind: ClassVar[str] = "liaison.reception_announced"


@dataclass(frozen=True)
class ReceptionChanged(ReceptionEventFact):
    """Postponed or cancelled; bookers must know."""

    kind: ClassVar[str] = "liaison.reception_changed"
    state: str = ""


@dataclass(frozen=True)
class ReceptionFinished(ReceptionEventFact):
    kind: ClassVar[str] = "liaison.reception_finished"


@dataclass(frozen=True)
class DeputyExcused(ReceptionEventFact):
    kind: ClassVar[str] = "liaison.deputy_excused"
    mandate_id: int = 0
    is_short_notice: bool = False


@dataclass(frozen=True)
class DeputySubstituted(ReceptionEventFact):
    kind: ClassVar[str] = "liaison.deputy_substituted"
    mandate_id: int = 0
    substitute_id: int = 0


@dataclass(frozen=True)
class BookersTold(ReceptionEventFact):
    kind: ClassVar[str] = "liaison.bookers_told"
    message: str = ""


@dataclass(frozen=True)
class BookingMade(ReceptionEventFact):
    kind: ClassVar[str] = "liaison.booking_made"
    booking_id: int = 0
