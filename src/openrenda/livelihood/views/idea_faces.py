"""An idea as everybody sees it, as its proposer sees it, and in lists."""

from collections.abc import Sequence

from django.urls import reverse

from openrenda.kernel.text import N_
from openrenda.livelihood.models import Idea, IdeaStep
from openrenda.livelihood.selectors.pages import is_public
from openrenda.livelihood.states import DeclineCode, IdeaSource, IdeaState, Outcome
from openrenda.ui.filters import t

from .shapes import Entry, IdeaFace, IdeaRow

TONES = {
    IdeaState.NEW: "open",
    IdeaState.MERGED: "done",
    IdeaState.ADOPTED: "done",
    IdeaState.RESERVE: "neutral",
    IdeaState.DECLINED: "stop",
}


def row(idea: Idea) -> IdeaRow:
    """A published idea in a list."""
    state = IdeaState(idea.state)
    return IdeaRow(
        idea.key,
        idea.public_title,
        reverse("livelihood:idea", args=[idea.key]),
        IdeaSource(idea.source).label,
        idea.category,
        idea.submitted_at,
        state.label,
        TONES[state],
    )


def face(idea: Idea, steps: Sequence[IdeaStep], *, own: bool = False) -> IdeaFace:
    """`own`: the proposer reads her own words, everybody else the masked ones."""
    state, project = IdeaState(idea.state), idea.project
    linked = project is not None and is_public(project)
    return IdeaFace(
        key=idea.key,
        title=idea.title if own else idea.public_title,
        content=idea.content if own else idea.public_content,
        place=idea.place,
        category=idea.category,
        source=IdeaSource(idea.source).label,
        state=state.label,
        tone=TONES[state],
        explanation=idea.explanation,
        refusal=DeclineCode(idea.decline_code).label if idea.decline_code else "",
        project_name=project.name if project is not None and (own or linked) else "",
        project_url=reverse("livelihood:project", args=[project.year.year, project.serial])
        if project is not None and linked
        else "",
        story=_story(idea, steps, own=own),
    )


def _story(idea: Idea, steps: Sequence[IdeaStep], *, own: bool) -> list[Entry]:
    entries = [Entry(N_("提出建议"), idea.submitted_at, IdeaSource(idea.source).label)]
    for step in steps:
        project = step.project
        linked = is_public(project)
        shown = project is not None and (own or linked)
        url = reverse("livelihood:project", args=[project.year.year, project.serial]) if project and linked else ""
        note = "\n".join(part for part in (project.name if project and shown else "", step.note) if part)
        tone = "stop" if step.outcome in (Outcome.DECLINED, Outcome.TERMINATED) else "done"
        entries.append(Entry(t(Outcome(step.outcome).label), step.at, "", note, url, tone))
    if idea.state == IdeaState.NEW:
        entries.append(Entry(N_("等区政府研究"), tone="later"))
    return entries
