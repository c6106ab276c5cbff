"""How years, ideas, projects and their reports are called, where they stand, and who may see them."""

from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.livelihood.models import Adjustment, Idea, Inspection, Progress, Project, Year
from openrenda.livelihood.states import BEFORE_VOTE, IdeaPublicity
from openrenda.orgs.states import Role

INSIDE = (
    Role.GOV_HUB,
    Role.SC_OFFICE,
    Role.SC_REP,
    Role.SC_COMMITTEE,
    Role.SC_LEADER,
    Role.SC_MEMBER,
    Role.DEPUTY,
    Role.UNIT_ADMIN,
    Role.UNIT_CLERK,
    Role.UNIT_LEADER,
    Role.STREET_NPC,
)
"""Who works on projects, and sees them before the public does."""


def works_on_projects(actor: Actor) -> bool:
    """May this actor open the workbench's pages of projects?"""
    return actor.has(*INSIDE)


def year_title(pk: int) -> str:
    """One query."""
    row = Year.objects.filter(pk=pk).first()
    return str(row) if row else ""


def year_url(pk: int, actor: Actor) -> str:
    """One query at most."""
    if works_on_projects(actor):
        return reverse("livelihood:work_year", args=[pk])
    year = Year.objects.filter(pk=pk).values_list("year", flat=True).first()
    return reverse("livelihood:year", args=[year]) if year else reverse("livelihood:index")


def year_visible(actor: Actor, pk: int) -> bool:
    """Years are public. One query."""
    return Year.objects.filter(pk=pk, congress_id=actor.congress_id).exists()


def idea_title(pk: int) -> str:
    """One query."""
    row = Idea.objects.filter(pk=pk).only("key", "public_title").first()
    return f"{row.key} {row.public_title}" if row else ""


def idea_url(pk: int, actor: Actor) -> str:
    """One query at most."""
    if actor.urn == f"idea:{pk}":
        return reverse("livelihood:track")
    if works_on_projects(actor):
        return reverse("livelihood:work_idea", args=[pk])
    key = Idea.objects.filter(pk=pk).values_list("key", flat=True).first()
    return reverse("livelihood:idea", args=[key]) if key else reverse("livelihood:index")


def idea_visible(actor: Actor, pk: int) -> bool:
    """Its writer, whoever works on ideas, and everybody once it is out. One query at most."""
    if actor.urn == f"idea:{pk}":
        return True
    rows = Idea.objects.filter(pk=pk, congress_id=actor.congress_id)
    if not works_on_projects(actor):
        rows = rows.filter(publicity=IdeaPublicity.PUBLISHED)
    return rows.exists()


def project_title(pk: int) -> str:
    """One query."""
    row = Project.objects.filter(pk=pk).only("name").first()
    return row.name if row else ""


def project_url(pk: int, actor: Actor) -> str:
    """One query at most."""
    if works_on_projects(actor):
        return reverse("livelihood:work_project", args=[pk])
    row = Project.objects.filter(pk=pk).values_list("year__year", "serial").first()
    return reverse("livelihood:project", args=list(row)) if row else reverse("livelihood:index")


def project_visible(actor: Actor, pk: int) -> bool:
    """Public from candidate on. One query."""
    rows = Project.objects.filter(pk=pk, congress_id=actor.congress_id)
    if not works_on_projects(actor):
        rows = rows.exclude(state__in=BEFORE_VOTE)
    return rows.exists()


PARTS: dict[str, type[Progress] | type[Inspection] | type[Adjustment]] = {
    "livelihood.progress": Progress,
    "livelihood.inspection": Inspection,
    "livelihood.adjustment": Adjustment,
}
"""What hangs on a project: shown where the project is, to those who see the project."""


def project_of(kind: str, pk: int) -> int:
    """The project a part belongs to; 0 if there is none. One query."""
    return PARTS[kind].objects.filter(pk=pk).values_list("project_id", flat=True).first() or 0


def part_title(kind: str, pk: int) -> str:
    """Two queries."""
    return project_title(project_of(kind, pk))


def part_url(kind: str, pk: int, actor: Actor) -> str:
    """Two queries."""
    return project_url(project_of(kind, pk), actor)


def part_visible(kind: str, actor: Actor, pk: int) -> bool:
    """Two queries."""
    return project_visible(actor, project_of(kind, pk))
