"""What the workbench reads: a year's desk, an idea, a project with everything of it that its forms ask about."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.parameters import number
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.workflow import Offer
from openrenda.livelihood.errors import NoIdea, NoProject, NoYear
from openrenda.livelihood.models import (
    Adjustment,
    Idea,
    Inspection,
    Milestone,
    Progress,
    Project,
    ProjectStep,
    Score,
    ScreeningOpinion,
    SupervisionGroup,
    SupervisionOrder,
    Year,
)
from openrenda.livelihood.rules import clocks
from openrenda.livelihood.rules.votes import Difference
from openrenda.livelihood.states import (
    BEFORE_VOTE,
    CHOSEN,
    AdjustmentState,
    IdeaState,
    ProjectState,
    YearState,
)
from openrenda.livelihood.workflow import ADJUSTMENT, IDEA, PROJECT, YEAR
from openrenda.meetings.selectors import items_about
from openrenda.orgs.models import Mandate
from openrenda.orgs.selectors import deputies_in_office, handling_units, units_of_kind
from openrenda.orgs.states import Role, UnitKind

UNITS = (Role.UNIT_ADMIN, Role.UNIT_CLERK, Role.UNIT_LEADER)
SEE_ALL = (
    Role.GOV_HUB, Role.SC_OFFICE, Role.SC_REP, Role.SC_COMMITTEE, Role.SC_LEADER, Role.SC_MEMBER,
)  # fmt: skip
SEE_ALL_IDEAS = (
    Role.GOV_HUB, Role.SC_OFFICE, Role.SC_REP, Role.SC_COMMITTEE, Role.SC_LEADER, Role.STREET_NPC,
)  # fmt: skip
STATIONS = (Role.STATION_STAFF, Role.STATION_HEAD, Role.STREET_NPC)
INSIDERS = (*SEE_ALL, *UNITS, *STATIONS, Role.DEPUTY)
IDEAS_PAGE = 50
Choices = list[tuple[int, str]]


def visible_projects(actor: Actor) -> QuerySet[Project]:
    """Offices see all; deputies what is weighed and later; units their own and, to give opinions, what is weighed."""
    rows = Project.objects.filter(congress_id=actor.congress_id)
    if actor.has(*SEE_ALL):
        return rows
    if actor.has(Role.DEPUTY, *STATIONS):
        return rows.exclude(state=ProjectState.IDEA_POOL)
    mine = actor.scopes(*UNITS)
    own = Q(lead_unit__in=mine) | Q(
        pk__in=Project.co_units.through.objects.filter(unit_id__in=mine).values("project_id")
    )
    if actor.has(Role.UNIT_LEADER):
        own |= Q(state=ProjectState.PRELIM)
    return rows.filter(own) if mine else rows.none()


def visible_ideas(actor: Actor) -> QuerySet[Idea]:
    """The government's and the committee's offices and the streets see all; others what they handed in."""
    rows = Idea.objects.filter(congress_id=actor.congress_id)
    if actor.has(*SEE_ALL_IDEAS):
        return rows
    mine = Q(mandate_id__in=actor.scopes(Role.DEPUTY)) | Q(unit_id__in=actor.scopes(*UNITS, *STATIONS))
    return rows.filter(mine)


# -- the year ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearDesk:
    """A year on the workbench: projects by state, what is open, and what its forms may choose from."""

    year: Year
    projects: Sequence[Project]
    ideas: dict[str, int]
    offers: Sequence[Offer[YearState]]
    difference: Difference
    missing: Sequence[Project]
    actor: Actor

    def _in(self, *states: ProjectState) -> Choices:
        return [(p.pk, p.name) for p in self.projects if p.state in states]

    @property
    def prelim_choices(self) -> Choices:
        return self._in(ProjectState.PRELIM)

    @property
    def discussed_choices(self) -> Choices:
        return self._in(ProjectState.PARTY_DISCUSSED)

    @property
    def deliberated_choices(self) -> Choices:
        return self._in(ProjectState.SC_DELIBERATED)

    @property
    def item_choices(self) -> Choices:
        """Agenda items about this year, newest meeting first. One query."""
        rows = items_about(SubjectRef("livelihood.year", self.year.pk)).select_related("meeting")
        return [(row.pk, f"{row.meeting} {row}") for row in rows.order_by("-meeting__held_on", "number")]

    @property
    def idea_choices(self) -> Choices:
        """Ideas without an outcome, and those in reserve. One query."""
        rows = Idea.objects.filter(year=self.year, state__in=[IdeaState.NEW, IdeaState.RESERVE])
        return [(row.pk, f"{row.key} {row.title}") for row in rows.order_by("pk")[:300]]

    @property
    def street_choices(self) -> Choices:
        return streets(self.year.congress_id)

    @property
    def unit_choices(self) -> Choices:
        return units(self.year.congress_id)


def streets(congress_id: int) -> Choices:
    """One query."""
    return [(row.pk, row.name) for row in units_of_kind(congress_id, UnitKind.STREET).order_by("code")]


def units(congress_id: int) -> Choices:
    """One query."""
    return [(row.pk, row.name) for row in handling_units(congress_id).order_by("code")]


def deputies(congress_id: int) -> Choices:
    """One query."""
    rows = deputies_in_office(congress_id, clock.today()).order_by("person__name")
    return [(row.pk, f"{row.person.name}（{row.delegation}）") for row in rows]


def years(congress_id: int) -> list[Year]:
    """Newest first. One query."""
    return list(Year.objects.filter(congress_id=congress_id).order_by("-year"))


def year_desk(actor: Actor, pk: int) -> YearDesk:
    """Four queries and those of the offers."""
    year = Year.objects.filter(congress_id=actor.congress_id, pk=pk).first() if actor.has(*INSIDERS) else None
    if year is None:
        raise NoYear
    rows = visible_projects(actor).filter(year=year).select_related("lead_unit", "year")
    projects = list(rows.order_by("final_no", "cand_no", "serial"))
    ideas = visible_ideas(actor).filter(year=year).order_by().values_list("state").annotate(n=Count("pk"))
    ready = sum(p.state in (ProjectState.SC_DELIBERATED, ProjectState.CANDIDATE) for p in projects)
    return YearDesk(
        year=year,
        projects=projects,
        ideas=dict(ideas),
        offers=YEAR.offers(actor, year),
        difference=Difference(
            ready,
            year.quota,
            clocks.least_difference(year.congress_id),
            number(clocks.WARN_DIFF_RATIO, year.congress_id),
        ),
        missing=[p for p in projects if "missing" in p.lamp_reasons],
        actor=actor,
    )


# -- an idea ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IdeaDesk:
    """An idea, its proposer as far as she may be seen, and what is open."""

    idea: Idea
    proposer: str
    phone: str
    offers: Sequence[Offer[IdeaState]]

    @property
    def project_choices(self) -> Choices:
        """Projects of the year that are still worked out. One query."""
        rows = Project.objects.filter(year=self.idea.year, state__in=[str(s) for s in BEFORE_VOTE])
        return [(row.pk, row.name) for row in rows.order_by("serial")]


def idea_desk(actor: Actor, pk: int) -> IdeaDesk:
    """Two queries and those of the offers. A resident's name is shown masked, her number not at all."""
    rows = visible_ideas(actor).select_related("year", "project__year", "unit", "mandate__person", "contact")
    idea = rows.filter(pk=pk).first()
    if idea is None:
        raise NoIdea
    contact = getattr(idea, "contact", None)
    who = str(idea.mandate or "") or (str(idea.unit or "") if contact is None else contact.name_masked)
    return IdeaDesk(idea, who, contact.phone_masked if contact else "", IDEA.offers(actor, idea))


def ideas_page(
    actor: Actor, year: Year, *, state: str, category: str, text: str, before: int | None, size: int = IDEAS_PAGE
) -> list[Idea]:
    """One more than a page, newest first. One query."""
    rows = visible_ideas(actor).filter(year=year).select_related("project", "unit")
    if state:
        rows = rows.filter(state=state)
    if category:
        rows = rows.filter(category=category)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(key__icontains=text) | Q(content__icontains=text))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[: size + 1])


# -- a project --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AdjustmentDesk:
    """A change that is asked for, and what may be done with it."""

    row: Adjustment
    offers: Sequence[Offer[AdjustmentState]]


@dataclass(frozen=True, slots=True)
class ProjectDesk:
    """A project with all that its page and its forms need."""

    project: Project
    offers: Sequence[Offer[ProjectState]]
    ideas: Sequence[Idea]
    milestones: Sequence[Milestone]
    progress: Sequence[Progress]
    scores: Sequence[Score]
    opinions: Sequence[ScreeningOpinion]
    steps: Sequence[ProjectStep]
    adjustments: Sequence[AdjustmentDesk]
    inspections: Sequence[Inspection]
    orders: Sequence[SupervisionOrder]
    group: SupervisionGroup | None
    members: Sequence[Mandate]
    street_ids: Sequence[int]
    co_unit_ids: Sequence[int]

    @property
    def member_ids(self) -> list[int]:
        return [row.pk for row in self.members]

    @property
    def next_month(self) -> str:
        """The month after the last reported one; at first the month in which works begin."""
        last = max((row.month for row in self.progress if not row.is_missing), default="")
        if not last:
            starts = self.project.starts_on
            return f"{starts:%Y-%m}" if starts else f"{clock.today():%Y-%m}"
        year, month = int(last[:4]), int(last[5:])
        return f"{year + month // 12}-{month % 12 + 1:02d}"

    @property
    def deputy_choices(self) -> Choices:
        return deputies(self.project.congress_id)

    @property
    def street_choices(self) -> Choices:
        return streets(self.project.congress_id)

    @property
    def unit_choices(self) -> Choices:
        return units(self.project.congress_id)

    @property
    def replacement_choices(self) -> Choices:
        """Projects of the same vote that were not chosen. One query."""
        rows = Project.objects.filter(year=self.project.year, state=ProjectState.VOTED_OUT)
        return [(row.pk, row.name) for row in rows.order_by("-approve_votes")]

    @property
    def year_choices(self) -> Choices:
        """Years whose pool is open. One query."""
        rows = Year.objects.filter(
            congress_id=self.project.congress_id, state__in=[YearState.COLLECTING, YearState.SCREENING]
        )
        return [(row.pk, str(row.year)) for row in rows.exclude(pk=self.project.year_id)]


def project_desk(actor: Actor, pk: int) -> ProjectDesk:
    """About sixteen queries and those of the offers."""
    rows = visible_projects(actor).select_related("year", "lead_unit").filter(pk=pk) if actor.has(*INSIDERS) else None
    project = rows.first() if rows is not None else None
    if project is None:
        raise NoProject
    group = SupervisionGroup.objects.filter(project=project).select_related("leader__person").first()
    return ProjectDesk(
        project=project,
        offers=PROJECT.offers(actor, project),
        ideas=list(visible_ideas(actor).filter(project=project)),
        milestones=list(project.milestones.all()),
        progress=list(project.progress.all()),
        scores=list(project.scores.all()),
        opinions=list(project.opinions.select_related("unit")),
        steps=list(project.steps.all()),
        adjustments=[AdjustmentDesk(row, ADJUSTMENT.offers(actor, row)) for row in project.adjustments.all()],
        inspections=list(project.inspections.all()),
        orders=list(project.orders.all()),
        group=group,
        members=list(group.members.select_related("person")) if group else [],
        street_ids=list(project.streets.values_list("pk", flat=True)),
        co_unit_ids=list(project.co_units.values_list("pk", flat=True)),
    )


def unsettled(actor: Actor) -> tuple[Year, int] | None:
    """The newest year with ideas that wait for an outcome, and how many. Two queries."""
    rows = visible_ideas(actor).filter(state=IdeaState.NEW)
    newest = rows.select_related("year").order_by("-year__year").first()
    return None if newest is None else (newest.year, rows.filter(year=newest.year).count())


def own_projects(actor: Actor, year: Year | None) -> list[Project]:
    """A unit's projects that it leads. One query."""
    rows = Project.objects.filter(lead_unit__in=actor.scopes(*UNITS), state__in=[str(s) for s in CHOSEN])
    if year is not None:
        rows = rows.filter(year=year)
    return list(rows.select_related("year").order_by("-year__year", "final_no"))
