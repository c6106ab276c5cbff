"""Whom a fact concerns, as addresses of notices ("person:17", "idea:55")."""

from collections.abc import Iterable

from openrenda.kernel import clock
from openrenda.kernel.crypto import unseal
from openrenda.livelihood.models import Idea, IdeaContact, Inspection, Project, SupervisionGroup
from openrenda.livelihood.rules.who import UNIT_ROLES
from openrenda.orgs.models import Mandate
from openrenda.orgs.selectors import deputies_in_office, people_in_role, people_with_role
from openrenda.orgs.states import Role


def people(ids: Iterable[int]) -> list[str]:
    """As addresses."""
    return [f"person:{pk}" for pk in ids]


def office(congress_id: int, *roles: Role) -> list[str]:
    """Whoever holds one of the roles. One query for each."""
    found: list[str] = []
    for role in roles:
        found += people(people_with_role(congress_id, role, clock.today()).values_list("pk", flat=True))
    return list(dict.fromkeys(found))


def unit_in_charge(project: Project) -> list[str]:
    """Whoever works at the unit in charge. Three queries."""
    if project.lead_unit_id is None:
        return []
    found: list[str] = []
    for role in UNIT_ROLES:
        rows = people_in_role(role, [project.lead_unit_id], clock.today())
        found += people(rows.values_list("pk", flat=True))
    return list(dict.fromkeys(found))


def group(project: Project) -> list[str]:
    """The deputies who follow the project. Two queries."""
    row = SupervisionGroup.objects.filter(project=project).select_related("leader").first()
    if row is None:
        return []
    return people(dict.fromkeys([row.leader.person_id, *row.members.values_list("person_id", flat=True)]))


def all_deputies(congress_id: int) -> list[str]:
    """One query."""
    return people(deputies_in_office(congress_id, clock.today()).values_list("person_id", flat=True))


def proposers(idea_ids: Iterable[int]) -> list[tuple[Idea, str]]:
    """Each idea with the address of its proposer. Two queries.

    A resident has no account: her tracking page shows the notice. A deputy is told as a person, a unit's idea by the
    person who filed it."""
    rows = list(Idea.objects.filter(pk__in=list(idea_ids)).select_related("mandate").order_by("pk"))
    return [(row, _address(row)) for row in rows]


def _address(idea: Idea) -> str:
    if idea.mandate is not None:
        return f"person:{idea.mandate.person_id}"
    return f"person:{idea.proposer_person_id}" if idea.proposer_person_id else f"idea:{idea.pk}"


def email_of(idea_id: int) -> str:
    """The address a resident left, or "". One query."""
    sealed = IdeaContact.objects.filter(idea_id=idea_id).values_list("email_sealed", flat=True).first()
    return unseal(sealed or "")


def project(project_id: int) -> Project:
    """For subscribers, who act for nobody. One query."""
    return Project.objects.select_related("year", "lead_unit").get(pk=project_id)


def inspectors(inspection_id: int) -> list[str]:
    """Deputies who were on site. One query."""
    rows = Mandate.objects.filter(pk__in=Inspection.deputies.through.objects.filter(
        inspection_id=inspection_id).values("mandate_id"))  # fmt: skip
    return people(rows.values_list("person_id", flat=True))
