"""The five steps that every action of the slice takes alike: lock, (decide), write, record; and what follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import models

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock, lines
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_
from openrenda.livelihood.errors import NoProject, NoYear
from openrenda.livelihood.models import Project, ProjectStep, Revision, Year
from openrenda.livelihood.states import ProjectState
from openrenda.livelihood.workflow import PROJECT
from openrenda.orgs.models import Mandate, Unit
from openrenda.search.actions import touch

M = TypeVar("M", Unit, Mandate)
CLOCKWORK = N_("系统")
CONGRESS = N_("区人民代表大会")
HUB = N_("政府督查室")
OFFICE = N_("常委会办公室")
LONGEST = 10_000


@dataclass(slots=True)
class Locked:
    """A project under lock, with what it was before."""

    project: Project
    before: str
    was: ProjectState


def lock_year(year_id: int, actor: Actor) -> tuple[Year, str]:
    """Lock the year in the actor's congress, and its digest; NoYear otherwise. One query."""
    row = Year.objects.select_for_update(no_key=True).filter(pk=year_id, congress_id=actor.congress_id).first()
    if row is None:
        raise NoYear
    return row, digest(row)


def lock(project_id: int, actor: Actor) -> Locked:
    """Lock the project in the actor's congress; NoProject otherwise. One query."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("year", "lead_unit")
    row = rows.filter(pk=project_id, congress_id=actor.congress_id).first()
    if row is None:
        raise NoProject
    return Locked(row, digest(row), ProjectState(row.state))


def lock_all(project_ids: Iterable[int], year: Year) -> list[Locked]:
    """Lock several projects of a year, in order of their ids; NoProject if one is not there. One query."""
    wanted = set(project_ids)
    rows = Project.objects.select_for_update(of=("self",)).select_related("year", "lead_unit")
    found = list(rows.filter(pk__in=wanted, year=year).order_by("pk"))
    if len(found) != len(wanted):
        raise NoProject
    return [Locked(row, digest(row), ProjectState(row.state)) for row in found]


def take(case: Locked, name: str, actor: Actor) -> str:
    """Take a move of the table; the label of the move."""
    move = PROJECT.take(name, actor, case.project)
    case.project.state = move.lands(ProjectState(case.project.state))
    return move.label


def derive(case: Locked, name: str) -> str:
    """Take a move that follows from another decision."""
    return take(case, name, Actor.system("livelihood.follow", case.project.congress_id))


def write(
    case: Locked,
    *,
    kind: str,
    text: str,
    actor: Actor,
    who: str,
    note: str = "",
    is_public: bool = True,
    params: Mapping[str, str] | None = None,
    obj: models.Model | None = None,
    **detail: str | int | bool | None,
) -> None:
    """Save the project, tell the step in its life story, and record it: three queries."""
    project, now = case.project, clock.now()
    project.updated_at = now
    project.save()
    touch("livelihood.project", project.pk)
    lines.add(
        ProjectStep(
            project=project,
            at=now,
            kind=kind,
            text=text,
            params=dict(params or {}),
            note=note,
            who=who[:80],
            from_state=case.was if case.was != project.state else "",
            to_state=project.state,
            is_public=is_public,
        )
    )
    record(
        actor,
        f"livelihood.{kind}",
        obj or project,
        before="" if obj else case.before,
        project=project.pk,
        state=str(project.state),
        **detail,
    )
    case.before, case.was = digest(project), ProjectState(project.state)


def required(limit: int = LONGEST, **texts: str) -> dict[str, str]:
    """Trim the texts; Invalid names those that are empty or too long."""
    trimmed = {name: text.replace("\0", "").strip() for name, text in texts.items()}
    problems = {name: N_("请填写这一项。") for name, text in trimmed.items() if not text}
    problems |= {name: N_("内容太长，请缩短。") for name, text in trimmed.items() if len(text) > limit}
    if problems:
        raise Invalid(fields=problems)
    return trimmed


def not_in_future(field: str, on: date) -> None:
    """What has happened cannot lie ahead."""
    if on > clock.today():
        raise Invalid(fields={field: N_("日期不能晚于今天。")})


def known(model: type[M], ids: Iterable[int], actor: Actor, field: str) -> list[M]:
    """Rows of the actor's congress, each id found, in order; Invalid otherwise. One query, none for no ids."""
    wanted = set(ids)
    if not wanted:
        return []
    found = list(model.objects.filter(pk__in=wanted, congress_id=actor.congress_id).order_by("pk"))
    if len(found) != len(wanted):
        raise Invalid(fields={field: N_("请重新选择这一项。")})
    return found


SHOT = (
    "name",
    "category",
    "content",
    "target",
    "place",
    "beneficiaries",
    "investment_total",
    "fund_source",
    "leader",
    "starts_on",
    "finishes_on",
    "annual_goal",
)


def snapshot(project: Project) -> dict[str, str]:
    """What is promised, as text by field."""
    values = {field: getattr(project, field) for field in SHOT}
    return {field: "" if value is None else str(value) for field, value in values.items()}


def revise(project: Project, reason: str, decided_by: str = "") -> Revision:
    """A new version of what is promised, and why. Two queries."""
    return Revision.objects.create(
        project=project,
        number=project.revisions.count() + 1,
        reason=reason[:500],
        decided_by=decided_by[:120],
        snapshot=snapshot(project),
        at=clock.now(),
    )
