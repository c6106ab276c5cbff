"""What becomes of an idea, with a reason, told to its proposer; and whether its text is out."""

from collections.abc import Iterable

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.clock import today
from openrenda.kernel.errors import Conflict, Invalid
from openrenda.kernel.text import N_
from openrenda.livelihood.errors import NoIdea, NoProject
from openrenda.livelihood.models import Idea, Project
from openrenda.livelihood.states import BEFORE_VOTE, DeclineCode, IdeaPublicity, IdeaState, Outcome
from openrenda.livelihood.workflow import IDEA
from openrenda.search.actions import touch

from .projects import project_of_idea
from .telling import tell_ideas

MOVES = {
    IdeaState.MERGED: "merge",
    IdeaState.ADOPTED: "adopt",
    IdeaState.RESERVE: "reserve",
    IdeaState.DECLINED: "decline",
}
TOLD = {
    IdeaState.MERGED: Outcome.MERGED,
    IdeaState.ADOPTED: Outcome.ADOPTED,
    IdeaState.RESERVE: Outcome.RESERVE,
    IdeaState.DECLINED: Outcome.DECLINED,
}


def lock_idea(idea_id: int, actor: Actor) -> tuple[Idea, str]:
    """Lock the idea in the actor's congress, and its digest; NoIdea otherwise. One query."""
    rows = Idea.objects.select_for_update(of=("self",)).select_related("year")
    row = rows.filter(pk=idea_id, congress_id=actor.congress_id).first()
    if row is None:
        raise NoIdea
    return row, digest(row)


@transaction.atomic
def settle_idea(
    *, idea_id: int, outcome: IdeaState, actor: Actor, explanation: str = "", project_id: int | None = None,
    decline_code: DeclineCode | None = None,
) -> Idea:  # fmt: skip
    """Merge it into a project, make a project of it, keep it for later, or decline it with a reason."""
    idea, before = lock_idea(idea_id, actor)
    if outcome not in MOVES:
        raise Invalid(fields={"outcome": N_("请选择处理结果。")})
    move = IDEA.take(MOVES[outcome], actor, idea)
    idea.explanation = texts.block(explanation, "explanation", 2000, required=outcome == IdeaState.DECLINED)
    if outcome == IdeaState.DECLINED:
        if decline_code is None:
            raise Invalid(fields={"decline_code": N_("请选择不采纳的理由。")})
        idea.decline_code = DeclineCode(decline_code)
    project = None
    if outcome == IdeaState.MERGED:
        project = _project(idea, project_id)
    elif outcome == IdeaState.ADOPTED:
        project = project_of_idea(idea, actor)
    idea.project, idea.state, idea.settled_on = project, move.lands(IdeaState(idea.state)), today()
    idea.save()
    touch("livelihood.idea", idea.pk)
    record(actor, "livelihood.idea_settled", idea, before=before, outcome=str(outcome))
    tell_ideas([idea.pk], TOLD[outcome], actor, project=project, note=idea.explanation)
    return idea


def _project(idea: Idea, project_id: int | None) -> Project:
    """The project to merge into: of the same year, and still being worked out."""
    if project_id is None:
        raise Invalid(fields={"project": N_("请选择归并到哪个项目。")})
    row = Project.objects.filter(pk=project_id, year_id=idea.year_id).first()
    if row is None:
        raise NoProject
    if row.state not in BEFORE_VOTE:
        raise Conflict("livelihood.project_fixed", N_("候选项目已经确定，不能再归并。"))
    return row


@transaction.atomic
def settle_ideas(
    *, idea_ids: Iterable[int], outcome: IdeaState, actor: Actor, explanation: str = "", project_id: int | None = None,
    decline_code: DeclineCode | None = None,
) -> list[Idea]:  # fmt: skip
    """The same for several, all or none."""
    return [
        settle_idea(
            idea_id=pk, outcome=outcome, explanation=explanation, project_id=project_id, decline_code=decline_code,
            actor=actor,
        )
        for pk in sorted(set(idea_ids))
    ]  # fmt: skip


@transaction.atomic
def publish_idea(*, idea_id: int, actor: Actor, title: str = "", content: str = "") -> Idea:
    """Let everybody read it, masked; only with the proposer's consent. Words may be mended for that."""
    idea, before = lock_idea(idea_id, actor)
    IDEA.take("publish", actor, idea)
    if not idea.may_publish:
        raise Conflict("livelihood.no_consent", N_("提出人不同意公开。"), N_("只有提出人同意，才能公开。"))
    idea.public_title = texts.public_line(title or idea.public_title, "title")
    idea.public_content = texts.public_block(content or idea.public_content, "content")
    idea.publicity, idea.publicity_reason = IdeaPublicity.PUBLISHED, ""
    idea.save()
    touch("livelihood.idea", idea.pk)
    record(actor, "livelihood.idea_published", idea, before=before)
    return idea


@transaction.atomic
def withhold_idea(*, idea_id: int, reason: str, actor: Actor) -> Idea:
    """Keep it from the public, or take it back."""
    idea, before = lock_idea(idea_id, actor)
    IDEA.take("withhold", actor, idea)
    idea.publicity, idea.publicity_reason = IdeaPublicity.KEPT, texts.line(reason, "reason", 200)
    idea.save()
    touch("livelihood.idea", idea.pk)
    record(actor, "livelihood.idea_withheld", idea, before=before)
    return idea
