"""Facts of a year of livelihood projects."""

from dataclasses import dataclass
from typing import ClassVar

from openrenda.kernel.event import Event


@dataclass(frozen=True)
class YearEvent(Event):
    """Base: which year."""

    year_id: int


@dataclass(frozen=True)
class CallOpened(YearEvent):
    """Ideas are asked for."""

    kind: ClassVar[str] = "livelihood.call_opened"


@dataclass(frozen=True)
class CandidatesFixed(YearEvent):
    """The standing committee fixed the candidates."""

    kind: ClassVar[str] = "livelihood.candidates_fixed"


@dataclass(frozen=True)
class CandidatesPublished(YearEvent):
    """The booklet goes to every deputy."""

    kind: ClassVar[str] = "livelihood.candidates_published"


@dataclass(frozen=True)
class ResultTaken(YearEvent):
    """Deputies have chosen."""

    kind: ClassVar[str] = "livelihood.result_taken"


@dataclass(frozen=True)
class IdeaSubmitted(Event):
    """An idea came in."""

    kind: ClassVar[str] = "livelihood.idea_submitted"
    idea_id: int


@dataclass(frozen=True)
class ProposersTold(Event):
    """What became of ideas: each of these proposers hears it, once."""

    kind: ClassVar[str] = "livelihood.proposers_told"
    idea_ids: tuple[int, ...]
    outcome: str
    project_id: int = 0
    grade: str = ""


@dataclass(frozen=True)
class ProjectEvent(Event):
    """Base: which project."""

    project_id: int


@dataclass(frozen=True)
class PlanPublished(ProjectEvent):
    """Goal, schedule and money are public."""

    kind: ClassVar[str] = "livelihood.plan_published"


@dataclass(frozen=True)
class Reported(ProjectEvent):
    """A month's progress."""

    kind: ClassVar[str] = "livelihood.reported"
    month: str = ""
    lamp: str = ""


@dataclass(frozen=True)
class ReportMissed(ProjectEvent):
    """The month's report did not come in time."""

    kind: ClassVar[str] = "livelihood.report_missed"
    month: str = ""


@dataclass(frozen=True)
class OrderIssued(ProjectEvent):
    """A supervision order (督办单)."""

    kind: ClassVar[str] = "livelihood.order_issued"
    order_id: int = 0
    due: str = ""


@dataclass(frozen=True)
class OrderAnswered(ProjectEvent):
    """The unit answered a supervision order."""

    kind: ClassVar[str] = "livelihood.order_answered"
    order_id: int = 0


@dataclass(frozen=True)
class Inspected(ProjectEvent):
    """A supervision group was on site."""

    kind: ClassVar[str] = "livelihood.inspected"
    inspection_id: int = 0


@dataclass(frozen=True)
class AdjustmentRequested(ProjectEvent):
    """A change waits for the chairpersons' meeting."""

    kind: ClassVar[str] = "livelihood.adjustment_requested"
    adjustment_id: int = 0


@dataclass(frozen=True)
class AdjustmentEndorsed(ProjectEvent):
    """A change waits for the standing committee."""

    kind: ClassVar[str] = "livelihood.adjustment_endorsed"
    adjustment_id: int = 0


@dataclass(frozen=True)
class AdjustmentDecided(ProjectEvent):
    """Approved, refused, or only filed."""

    kind: ClassVar[str] = "livelihood.adjustment_decided"
    adjustment_id: int = 0
    state: str = ""


@dataclass(frozen=True)
class ProjectCompleted(ProjectEvent):
    """The unit says it is done."""

    kind: ClassVar[str] = "livelihood.completed"


@dataclass(frozen=True)
class ProjectAccepted(ProjectEvent):
    """Checked and taken over."""

    kind: ClassVar[str] = "livelihood.accepted"


@dataclass(frozen=True)
class AcceptanceRefused(ProjectEvent):
    """Checked and sent back."""

    kind: ClassVar[str] = "livelihood.acceptance_refused"
    reason: str = ""


@dataclass(frozen=True)
class Graded(ProjectEvent):
    """The vote of satisfaction has its grade."""

    kind: ClassVar[str] = "livelihood.graded"
    grade: str = ""
    round: int = 1


@dataclass(frozen=True)
class RectificationDue(ProjectEvent):
    """Put right what was found wanting: plan and result have their days."""

    kind: ClassVar[str] = "livelihood.rectification_due"
    plan_due: str = ""
    result_due: str = ""


@dataclass(frozen=True)
class RectificationFiled(ProjectEvent):
    """A plan or a result of rectification came in."""

    kind: ClassVar[str] = "livelihood.rectification_filed"
    stage: str = ""
