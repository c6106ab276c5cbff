"""What the public pages read: a year with its projects, a project with its whole life, published ideas.

Nothing of a project is public before the candidates are published; of an idea only its masked text, if it is out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from openrenda.documents.selectors import FileRow, files_of_many
from openrenda.kernel.actor import Actor
from openrenda.kernel.subject import SubjectRef
from openrenda.livelihood.errors import NoIdea, NoProject, NoYear
from openrenda.livelihood.models import (
    Adjustment,
    Evaluation,
    Idea,
    IdeaStep,
    Inspection,
    Milestone,
    Progress,
    Project,
    ProjectStep,
    Revision,
    Year,
)
from openrenda.livelihood.states import CHOSEN, IdeaPublicity, ProjectState, YearState
from openrenda.meetings.models import AgendaItem
from openrenda.orgs.selectors import deputies_in_office

IDEAS_PAGE = 30
_CHOSEN = [str(state) for state in CHOSEN]
PUBLIC = Q(state__in=[*_CHOSEN, ProjectState.VOTED_OUT]) | Q(
    state=ProjectState.CANDIDATE, year__booklet_sent_on__isnull=False
)


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project with its newest photo and the streets it is for."""

    project: Project
    photo: FileRow | None = None
    street_ids: tuple[int, ...] = ()

    @property
    def is_chosen(self) -> bool:
        return self.project.state in _CHOSEN


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year and all of it that is public."""

    year: Year
    years: Sequence[int]
    rows: Sequence[ProjectRow]
    idea_count: int
    published_ideas: int
    base: int | None


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project's whole public life."""

    row: ProjectRow
    ideas: Sequence[Idea] = ()
    steps: Sequence[ProjectStep] = ()
    milestones: Sequence[Milestone] = ()
    progress: Sequence[Progress] = ()
    adjustments: Sequence[Adjustment] = ()
    evaluations: Sequence[Evaluation] = ()
    inspections: Sequence[Inspection] = ()
    revisions: Sequence[Revision] = ()
    photos: dict[int, list[FileRow]] = field(default_factory=dict)
    inspection_photos: dict[int, list[FileRow]] = field(default_factory=dict)


def latest_year(congress_id: int) -> Year | None:
    """The newest year with something to show, else the newest. One query."""
    rows = list(Year.objects.filter(congress_id=congress_id).order_by("-year")[:5])
    shown = (row for row in rows if row.booklet_sent_on or row.state not in (YearState.COLLECTING, YearState.SCREENING))
    return next(shown, rows[0] if rows else None)


def the_year(congress_id: int, year: int) -> Year:
    """One year; NoYear if there is none. One query."""
    row = Year.objects.filter(congress_id=congress_id, year=year).first()
    if row is None:
        raise NoYear
    return row


def year_page(congress_id: int, number: int) -> YearPage:
    """Seven queries, whatever the number of projects."""
    year = the_year(congress_id, number)
    rows = _rows(Project.objects.filter(PUBLIC, year=year).order_by("final_no", "cand_no", "serial"))
    ideas = Idea.objects.filter(year=year)
    return YearPage(
        year=year,
        years=list(Year.objects.filter(congress_id=congress_id).order_by("-year").values_list("year", flat=True)),
        rows=rows,
        idea_count=ideas.count(),
        published_ideas=ideas.filter(publicity=IdeaPublicity.PUBLISHED).count(),
        base=vote_base(year),
    )


def chosen(year: Year) -> list[Project]:
    """The year's chosen projects by their places. One query."""
    return list(Project.objects.filter(year=year, state__in=_CHOSEN).order_by("final_no", "serial"))


def vote_base(year: Year) -> int | None:
    """All members on the day of the vote: as the meeting counted them, else those in office. Up to two queries."""
    if year.voted_on is None:
        return None
    about = SubjectRef("livelihood.year", year.pk)
    item = AgendaItem.objects.filter(subject_kind=about.kind, subject_id=about.id, meeting__base__gt=0)
    base = item.order_by("pk").values_list("meeting__base", flat=True).first()
    return base or deputies_in_office(year.congress_id, year.voted_on).count() or None


def _rows(found: QuerySet[Project]) -> list[ProjectRow]:
    projects = list(found.select_related("year", "lead_unit").prefetch_related("streets"))
    reports = Progress.objects.filter(project__in=projects).order_by("month")
    newest = dict(reports.values_list("pk", "project_id"))
    photos = files_of_many("livelihood.progress", newest, public_only=True, purpose="photo")
    shown = {newest[pk]: rows[0] for pk, rows in sorted(photos.items()) if rows}
    return [ProjectRow(row, shown.get(row.pk), tuple(s.pk for s in row.streets.all())) for row in projects]


def project_page(congress_id: int, number: int, serial: int) -> ProjectPage:
    """A public project; NoProject if it is none, or not yet. About fourteen queries."""
    rows = _rows(Project.objects.filter(PUBLIC, congress_id=congress_id, year__year=number, serial=serial))
    if not rows:
        raise NoProject
    return _life(rows[0])


def _life(row: ProjectRow) -> ProjectPage:
    project = row.project
    progress, visits = list(project.progress.all()), list(project.inspections.all())
    return ProjectPage(
        row=row,
        ideas=list(project.ideas.filter(publicity=IdeaPublicity.PUBLISHED)),
        steps=list(project.steps.filter(is_public=True)),
        milestones=list(project.milestones.all()),
        progress=progress,
        adjustments=list(project.adjustments.all()),
        evaluations=list(project.evaluations.all()),
        inspections=visits,
        revisions=list(project.revisions.all()),
        photos=files_of_many("livelihood.progress", [r.pk for r in progress], public_only=True),
        inspection_photos=files_of_many("livelihood.inspection", [r.pk for r in visits], public_only=True),
    )


def first_idea(project: Project) -> Idea | None:
    """The earliest idea of a project, published or not: only its day is shown. One query."""
    return project.ideas.order_by("submitted_at").first()


def public_ideas(year: Year, category: str, before: int | None, size: int = IDEAS_PAGE) -> list[Idea]:
    """Published ideas, newest first, one more than a page. One query."""
    rows = Idea.objects.filter(year=year, publicity=IdeaPublicity.PUBLISHED).select_related("project__year")
    if category:
        rows = rows.filter(category=category)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[: size + 1])


def idea_categories(year: Year) -> list[str]:
    """Categories of published ideas. One query."""
    rows = Idea.objects.filter(year=year, publicity=IdeaPublicity.PUBLISHED).exclude(category="")
    return sorted(set(rows.order_by().values_list("category", flat=True)))


def public_idea(congress_id: int, key: str) -> tuple[Idea, list[IdeaStep]]:
    """A published idea and what became of it. Two queries."""
    rows = Idea.objects.filter(congress_id=congress_id, key=key, publicity=IdeaPublicity.PUBLISHED)
    idea = rows.select_related("year", "project__year").first()
    if idea is None:
        raise NoIdea
    return idea, list(idea.steps.select_related("project__year"))


def own_idea(actor: Actor) -> tuple[Idea, list[IdeaStep]]:
    """For the proposer, who showed number and code (urn "idea:<id>"). Two queries."""
    kind, _, pk = actor.urn.partition(":")
    if kind != "idea" or not pk.isdigit():
        raise NoIdea
    rows = Idea.objects.filter(congress_id=actor.congress_id, pk=int(pk))
    idea = rows.select_related("year", "project__year").first()
    if idea is None:
        raise NoIdea
    return idea, list(idea.steps.select_related("project__year"))


def is_public(project: Project | None) -> bool:
    """May its page be linked?"""
    if project is None:
        return False
    if project.state == ProjectState.CANDIDATE:
        return project.year.booklet_sent_on is not None
    return project.state in _CHOSEN or project.state == ProjectState.VOTED_OUT
