"""The life story, from the resident's opinion to the promise kept."""

from openrenda.kernel import clock
from openrenda.kernel.prepared import Prepared
from openrenda.kernel.text import N_
from openrenda.liaison.selectors import opinion_brief
from openrenda.suggestions.models import SourceOpinion, Step, Suggestion
from openrenda.suggestions.rules.offices import INSTITUTIONS
from openrenda.suggestions.states import State

from .public import HIDDEN_LEAD
from .rows import StoryLine

CLOSED_STEP = N_("内部办理环节，不公开")
_steps = Prepared(lambda suggestion_id: Step.objects.filter(suggestion_id=suggestion_id), suggestion_id=int)
_sources = Prepared(
    lambda suggestion_id: SourceOpinion.objects.filter(suggestion_id=suggestion_id, is_released=False),
    suggestion_id=int,
)
BEFORE_NUMBER = frozenset({State.DRAFT, State.COSIGNING, State.SUBMITTED, State.RETURNED_EDIT})


def full_story(row: Suggestion) -> list[StoryLine]:
    """Every step, for those who work on it. One query."""
    return [_line(step) for step in row.steps.all()]


def public_story(row: Suggestion) -> list[StoryLine]:
    """The steps as the public sees them: what is not public after acceptance is shown as such, a day's run of it as
    one line. One query."""
    lines: list[StoryLine] = []
    for step in _steps(suggestion_id=row.pk):
        if step.is_public or step.to_state not in BEFORE_NUMBER:
            line = _masked(step, row)
            if not (lines and _goes_on(lines[-1], line)):
                lines.append(line)
    return lines


def _goes_on(last: StoryLine, line: StoryLine) -> bool:
    return line.kind == last.kind == "closed_step" and clock.local(line.at).date() == clock.local(last.at).date()


def _line(step: Step) -> StoryLine:
    source = "register" if step.params.get("from") == "register" else "suggestion"
    return StoryLine(step.at, step.kind, step.text, step.params, step.who, step.waited_days, step.is_public, source)


def _masked(step: Step, row: Suggestion) -> StoryLine:
    if not step.is_public:
        return StoryLine(step.at, "closed_step", CLOSED_STEP, {}, "", step.waited_days, is_public=False)
    if row.is_confidential and step.unit_id is None and step.who not in INSTITUTIONS:
        return StoryLine(step.at, step.kind, step.text, step.params, HIDDEN_LEAD, step.waited_days, is_public=True)
    if row.is_confidential and step.kind == "lead_succeeded":
        return StoryLine(step.at, step.kind, N_("更换领衔代表"), {}, step.who, step.waited_days, is_public=True)
    return _line(step)


def source_story(row: Suggestion) -> list[StoryLine]:
    """Where it began: the published opinions it grew from. Two queries, one when there are none."""
    ids = [source.opinion_id for source in _sources(suggestion_id=row.pk)]
    if not ids:
        return []
    briefs = sorted(opinion_brief(ids).values(), key=lambda b: (b.submitted_on, b.id))
    return [
        StoryLine(
            clock.at_time(brief.submitted_on, 0),
            "opinion",
            N_("居民提出意见：{title}") if brief.is_public else N_("居民提出意见（内容不公开）"),
            {"title": brief.title if brief.is_public else "", "number": brief.number},
            brief.station,
            0,
            brief.is_public,
            source="opinion",
        )
        for brief in briefs
    ]
