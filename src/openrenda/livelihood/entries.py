"""What the search finds of the slice: ideas and projects.

A public entry holds what the public page shows. The audience of an inside entry says the same as
`selectors.desks.visible_ideas` and `visible_projects`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.urls import reverse

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.livelihood.models import Idea, Project
from openrenda.livelihood.selectors.desks import SEE_ALL, SEE_ALL_IDEAS, STATIONS, UNITS
from openrenda.livelihood.selectors.pages import is_public
from openrenda.livelihood.states import IdeaPublicity, IdeaState, ProjectState
from openrenda.orgs.states import Role
from openrenda.search import kinds
from openrenda.search.values import Doc, Hit

IDEA, PROJECT = "livelihood.idea", "livelihood.project"
ALL, WEIGHED, SHORTLISTED = "all", "weighed", "shortlisted"
_OVER = (
    ProjectState.VOTED_OUT,
    ProjectState.TERMINATED,
    ProjectState.EVALUATED,
    ProjectState.RE_EVALUATED,
    ProjectState.ARCHIVED,
    ProjectState.CARRIED_OVER,
)


# -- ideas -------------------------------------------------------------------------------------------------------------


def ideas(ids: Sequence[int]) -> Iterator[Doc]:
    """One query."""
    for row in Idea.objects.filter(pk__in=ids).select_related("year"):
        inside = _idea(row)
        yield inside
        if row.publicity == IdeaPublicity.PUBLISHED:
            body = f"{row.public_content}\n{row.place}"
            yield replace(inside, is_public=True, title=row.public_title, body=body, audience=frozenset(), unit_id=None)


def _idea(row: Idea) -> Doc:
    own = {f"mandate:{row.mandate_id}" if row.mandate_id else "", f"unit:{row.unit_id}" if row.unit_id else ""}
    return Doc(
        object_id=row.pk,
        congress_id=row.congress_id,
        is_public=False,
        ref=row.key,
        title=row.title,
        at=clock.local(row.submitted_at),
        body=f"{row.content}\n{row.place}",
        numbers=(row.key,),
        audience=frozenset({ALL, *own} - {""}),
        unit_id=row.unit_id,
        year=row.year.year,
        state=row.state,
        is_open=row.state == IdeaState.NEW,
    )


def every_idea(after: int, size: int) -> list[int]:
    """One query."""
    return list(Idea.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])


def idea_keys(actor: Actor) -> frozenset[str]:
    """As whom this actor finds ideas of the workbench. No query."""
    if actor.has(*SEE_ALL_IDEAS):
        return frozenset({ALL})
    keys = {f"mandate:{pk}" for pk in actor.scopes(Role.DEPUTY)}
    return frozenset(keys | {f"unit:{pk}" for pk in actor.scopes(*UNITS, *STATIONS)})


def idea_url(hit: Hit) -> str:
    """The public page or the workbench's. No query."""
    if hit.is_public:
        return reverse("livelihood:idea", args=[hit.ref])
    return reverse("livelihood:work_idea", args=[hit.object_id])


# -- projects ----------------------------------------------------------------------------------------------------------


def projects(ids: Sequence[int]) -> Iterator[Doc]:
    """Three queries."""
    rows = Project.objects.filter(pk__in=ids).select_related("year")
    for row in rows.prefetch_related("streets", "co_units"):
        inside = _project(row)
        yield inside
        if is_public(row):
            yield replace(inside, is_public=True, body=_text(row, is_out=True), audience=frozenset())


def _project(row: Project) -> Doc:
    streets = list(row.streets.all())
    return Doc(
        object_id=row.pk,
        congress_id=row.congress_id,
        is_public=False,
        ref=f"{row.year.year}-{row.serial}",
        title=row.name,
        at=clock.local(row.created_at),
        body=_text(row, is_out=False),
        audience=frozenset(_audience(row)),
        unit_id=row.lead_unit_id,
        street_id=streets[0].pk if len(streets) == 1 else None,
        year=row.year.year,
        state=row.state,
        is_open=row.state not in _OVER,
    )


def _text(row: Project, *, is_out: bool) -> str:
    plan = row.plan_text if row.plan_published_on is not None or not is_out else ""
    return "\n".join(filter(None, (row.target, row.content, row.place, row.beneficiaries, plan)))


def _audience(row: Project) -> Iterator[str]:
    yield ALL
    if row.state != ProjectState.IDEA_POOL:
        yield WEIGHED
    if row.state == ProjectState.PRELIM:
        yield SHORTLISTED
    for unit_id in {row.lead_unit_id, *(unit.pk for unit in row.co_units.all())} - {None}:
        yield f"unit:{unit_id}"


def every_project(after: int, size: int) -> list[int]:
    """One query."""
    return list(Project.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])


def project_keys(actor: Actor) -> frozenset[str]:
    """As whom this actor finds projects of the workbench. No query."""
    if actor.has(*SEE_ALL):
        return frozenset({ALL})
    if actor.has(Role.DEPUTY, *STATIONS):
        return frozenset({WEIGHED})
    keys = {f"unit:{pk}" for pk in actor.scopes(*UNITS)}
    return frozenset(keys | ({SHORTLISTED} if actor.has(Role.UNIT_LEADER) else set()))


def project_url(hit: Hit) -> str:
    """The public page or the workbench's. No query."""
    if hit.is_public:
        year, _, serial = hit.ref.partition("-")
        return reverse("livelihood:project", args=[int(year), int(serial)])
    return reverse("livelihood:work_project", args=[hit.object_id])


def register() -> None:
    """Called once, from the app's ready."""
    kinds.register(
        name=PROJECT, label=N_("民生实事项目"), order=60, docs=projects, every=every_project, keys=project_keys,
        url=project_url, words={str(state): state.label for state in ProjectState},
    )  # fmt: skip
    kinds.register(
        name=IDEA, label=N_("民生实事征集"), order=70, docs=ideas, every=every_idea, keys=idea_keys, url=idea_url,
        words={str(state): state.label for state in IdeaState},
    )  # fmt: skip
