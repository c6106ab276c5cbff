"""The workbench: years, the pool of ideas, projects, and the one view behind every act on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openrenda.accounts.gates import needs_role
from openrenda.accounts.http import ActorRequest
from openrenda.documents.selectors import files_of_many
from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_
from openrenda.livelihood.forms.base import Ask
from openrenda.livelihood.models import Year
from openrenda.livelihood.selectors import asked, desks, places
from openrenda.livelihood.selectors.desks import INSIDERS
from openrenda.livelihood.states import (
    AdjustmentKind,
    AdjustmentState,
    Criterion,
    DeclineCode,
    Grade,
    IdeaChannel,
    IdeaPublicity,
    IdeaSource,
    IdeaState,
    Lamp,
    LampReason,
    OpinionKind,
    OrderCause,
    ProjectState,
    YearState,
)
from openrenda.orgs.states import Role
from openrenda.ui.filters import t
from openrenda.ui.forms import attempt
from openrenda.ui.render import page, see_other
from openrenda.ui.shapes import FacetGroup, Link

from . import charts, faces, moves, once, queries
from .act import Act
from .acts import IDEA_ACTS, PART_ACTS, PROJECT_ACTS, YEAR_ACTS

WORDS: Mapping[str, type[Labelled]] = {
    "year": YearState, "project": ProjectState, "idea": IdeaState, "source": IdeaSource, "channel": IdeaChannel,
    "publicity": IdeaPublicity, "decline": DeclineCode, "lamp": Lamp, "reason": LampReason, "opinion": OpinionKind,
    "cause": OrderCause, "adjustment": AdjustmentKind, "adjusted": AdjustmentState, "grade": Grade,
    "criterion": Criterion,
}  # fmt: skip


class _Words:
    """`words("project", p.state)`: the label of a column's value; `words.lamp(p.lamp)`: the lamp itself."""

    lamp = Lamp

    def __call__(self, kind: str, value: str) -> str:
        return WORDS[kind](value).label if value else ""


words = _Words()


def _page(request: ActorRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    return page(request, template, {**context, "words": words}, status=status)


@needs_role(*INSIDERS)
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """To the newest year; without one, how a year begins."""
    found = desks.years(request.actor.congress_id)
    if found:
        return see_other(reverse("livelihood:work_year", args=[found[0].pk]))
    context = {"may_open": request.actor.has(Role.GOV_HUB), "own": []}
    return _page(request, "livelihood/work/start.html", context)


@needs_role(*INSIDERS)
@require_safe
def year(request: ActorRequest, pk: int) -> HttpResponse:
    """Projects by state, missing reports, what is open."""
    desk = desks.year_desk(request.actor, pk)
    state = asked.project_state(request.GET.dict())
    shown = [p for p in desk.projects if state is None or p.state == state]
    counts: dict[str, int] = {}
    for p in desk.projects:
        counts[p.state] = counts.get(p.state, 0) + 1
    states = [(s.value, s.label, counts[s]) for s in ProjectState if s in counts]
    context = {
        "desk": desk,
        "year": desk.year,
        "years": _tabs(request.actor.congress_id, desk.year),
        "projects": shown,
        "facets": [FacetGroup(N_("状态"), queries.answers(request, "state", states))] if len(states) > 1 else [],
        "phases": faces.phases(desk.year),
        "idea_tasks": [
            Link(s.label, f"{reverse('livelihood:pool', args=[pk])}?state={s}", count=desk.ideas.get(s, 0))
            for s in IdeaState
        ],
        "groups": moves.of_year(desk),
        "call_open": desk.year.state == YearState.COLLECTING,
        "may_open": request.actor.has(Role.GOV_HUB),
    }
    return _page(request, "livelihood/work/year.html", context)


def _tabs(congress_id: int, here: Year) -> list[Link]:
    return [
        Link(
            t(N_("{year}年"), year=row.year), reverse("livelihood:work_year", args=[row.pk]), current=row.pk == here.pk
        )
        for row in desks.years(congress_id)
    ]


@needs_role(*INSIDERS)
@require_safe
def pool(request: ActorRequest, pk: int) -> HttpResponse:
    """The ideas of a year, filtered."""
    the_year = desks.year_desk(request.actor, pk).year
    narrowed = asked.pool(request.GET.dict())
    rows = desks.ideas_page(request.actor, the_year, **narrowed, before=queries.number(request, "before"))
    shown = rows[: desks.IDEAS_PAGE]
    states = [(s.value, s.label, None) for s in IdeaState]
    names = [(name, name, None) for name in places.categories(request.actor.congress_id)]
    context = {
        "year": the_year,
        "rows": shown,
        "q": narrowed["text"],
        "kept": {"state": narrowed["state"], "category": narrowed["category"]},
        "facets": [
            FacetGroup(N_("结果"), queries.answers(request, "state", states)),
            FacetGroup(N_("类别"), queries.answers(request, "category", names)),
        ],
        "clear": request.path if any(narrowed.values()) else "",
        "older": queries.here_with(request, before=shown[-1].pk) if len(rows) > len(shown) else "",
    }
    return _page(request, "livelihood/work/pool.html", context)


@needs_role(*INSIDERS)
@require_safe
def idea(request: ActorRequest, pk: int) -> HttpResponse:
    """One idea and what may become of it."""
    desk = desks.idea_desk(request.actor, pk)
    return _page(request, "livelihood/work/idea.html", {"desk": desk, "idea": desk.idea, "groups": moves.of_idea(desk)})


@needs_role(*INSIDERS)
@require_safe
def project(request: ActorRequest, pk: int) -> HttpResponse:
    """One project with all that is known of it, and the moves open to this reader with their reasons."""
    desk = desks.project_desk(request.actor, pk)
    photos = files_of_many("livelihood.progress", [row.pk for row in desk.progress])
    context = {
        "desk": desk,
        "p": desk.project,
        "groups": moves.of_project(desk, request.actor),
        "facts": faces.facts(desk.project),
        "chart": charts.months(faces.month_rows(desk.progress)),
        "photos": {pk: faces.photos(rows, desk.project.name) for pk, rows in photos.items()},
        "adjustments": list(
            zip(desk.adjustments, faces.adjustments([one.row for one in desk.adjustments]), strict=True)
        ),
        "is_weighed": desk.project.state == ProjectState.PRELIM,
        "sees_scores": request.actor.has(*desks.SEE_ALL),
    }
    return _page(request, "livelihood/work/project.html", context)


@needs_role(Role.UNIT_ADMIN, Role.UNIT_CLERK, Role.UNIT_LEADER)
@require_safe
def own(request: ActorRequest) -> HttpResponse:
    """A unit's own projects."""
    return _page(request, "livelihood/work/own.html", {"projects": desks.own_projects(request.actor, None)})


# -- acts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _On:
    """What an act is about: the desk, the row, where one comes from, what it is called."""

    desk: Any
    act: Act
    target: dict[str, int]
    back: str
    title: str
    part: Any = None


@needs_role(*INSIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def year_act(request: ActorRequest, pk: int, name: str) -> HttpResponse:
    """One act on a year."""
    row, desk = moves.act_of(YEAR_ACTS, name), desks.year_desk(request.actor, pk)
    target = {row.on: pk} if row.on else {}
    on = _On(desk, row, target, reverse("livelihood:work_year", args=[pk]), str(desk.year))
    return _act(request, on, moves.of_year(desk), name)


@needs_role(*INSIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def idea_act(request: ActorRequest, pk: int, name: str) -> HttpResponse:
    """One act on an idea."""
    row, desk = moves.act_of(IDEA_ACTS, name), desks.idea_desk(request.actor, pk)
    on = _On(desk, row, {row.on: pk}, reverse("livelihood:work_idea", args=[pk]), desk.idea.title)
    return _act(request, on, moves.of_idea(desk), name)


@needs_role(*INSIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def project_act(request: ActorRequest, pk: int, name: str, part: int = 0) -> HttpResponse:
    """One act on a project, or on a visit, an order, an adjustment of it."""
    row, desk = moves.act_of(PART_ACTS if part else PROJECT_ACTS, name), desks.project_desk(request.actor, pk)
    on = _On(
        desk, row, {row.on: part or pk}, reverse("livelihood:work_project", args=[pk]), desk.project.name,
        part=_part_of(desk, row.on, part),
    )  # fmt: skip
    return _act(request, on, moves.of_project(desk, request.actor), name, part)


def _part_of(desk: Any, on: str, part: int) -> Any:
    rows = {
        "inspection_id": desk.inspections,
        "order_id": desk.orders,
        "adjustment_id": [one.row for one in desk.adjustments],
    }.get(on, ())
    return next((row for row in rows if row.pk == part), None)


def _act(request: ActorRequest, on: _On, groups: list[moves.MoveGroup], name: str, part: int = 0) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    if request.method == "POST" and once.was_taken(request):
        return see_other(on.back)
    moves.check_open(groups, name, part)
    form = on.act.form(*sent, ask=Ask(on.desk, on.part, request.actor))
    if request.method != "POST":
        return _asked(request, on, form)
    if not form.is_valid() or attempt(form, _run, on, request.actor, form.values()) is None:
        return _asked(request, on, form, status=422)
    once.take(request)
    messages.success(request, t(on.act.done))
    return see_other(on.back)


def _run(on: _On, actor: Any, given: dict[str, Any]) -> bool:
    """Actions answer with all sorts of things; here it only counts that they did."""
    on.act.action(actor=actor, **on.target, **given)
    return True


def _asked(request: ActorRequest, on: _On, form: Any, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "act": on.act,
        "desk": on.desk,
        "about": on.part,
        "title": on.title,
        "back": on.back,
        "once": once.token(),
    }
    return _page(request, on.act.template, context, status=status)
