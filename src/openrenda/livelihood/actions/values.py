"""What people hand in, as values (no Django)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from openrenda.kernel.pii import Finding
from openrenda.livelihood.states import Fund


@dataclass(frozen=True, slots=True)
class IdeaText:
    """An idea as it is written. `estimate` in 万元."""

    title: str
    content: str
    category: str = ""
    place: str = ""
    beneficiaries: str = ""
    estimate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Proposer:
    """A resident, as far as she says who she is; `may_publish`: the masked text may be shown to everybody."""

    name: str = ""
    phone: str = ""
    email: str = ""
    may_publish: bool = False
    notice_version: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a proposer takes home. `code` stands here only: the table keeps a keyed hash of it."""

    idea_id: int
    key: str
    code: str
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class ProjectText:
    """What is promised; sums in 万元. None and "" are left as they are by `edit_project`."""

    name: str = ""
    category: str = ""
    content: str = ""
    target: str = ""
    place: str = ""
    beneficiaries: str = ""
    investment_total: Decimal | None = None
    fund_code: Fund | None = None
    fund_source: str = ""
    lead_unit_id: int | None = None
    leader: str = ""
    starts_on: date | None = None
    finishes_on: date | None = None
    is_multi_year: bool | None = None
    annual_goal: str = ""
    land_status: str = ""
    lng: Decimal | None = None
    lat: Decimal | None = None
    street_ids: tuple[int, ...] | None = None
    co_unit_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """A milestone of the plan."""

    name: str
    plan_date: date
    weight: int


@dataclass(frozen=True, slots=True)
class ProjectResult:
    """A project's line in a vote's result; `ref` is the project's id."""

    ref: str
    approve: int
    chosen: bool
    oppose: int | None = None
    abstain: int | None = None


@dataclass(frozen=True, slots=True)
class ProjectGrades:
    """A project's line in a vote of satisfaction; `ref` is the project's id."""

    ref: str
    satisfied: int
    mostly: int
    unsatisfied: int
    abstain: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone reached."""

    milestone_id: int
    on: date
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A month's progress; `paid` so far, in 万元."""

    month: str
    actual: int
    note: str
    paid: Decimal | None = None
    reached: tuple[Reached, ...] = field(default=())


Change = Mapping[str, str]
"""New values of an adjustment by field (rules.changes.FIELDS); dates as ISO, sums as decimal text."""


@dataclass(frozen=True, slots=True)
class Preview:
    """As the public would see it: masked title and text, and what was masked."""

    title: str
    content: str
    findings: tuple[Finding, ...]
