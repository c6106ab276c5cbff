"""Every proposer hears what became of the idea: each outcome once, whatever happens twice."""

from collections.abc import Iterable

from django.db import connection

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.livelihood.events import ProposersTold
from openrenda.livelihood.models import Idea, IdeaStep, Project
from openrenda.livelihood.states import Outcome

_TELL = """
    INSERT INTO livelihood_ideastep (idea_id, outcome, project_id, note, at)
    SELECT id, %s, %s, %s, %s FROM unnest(%s::bigint[]) AS id
    ON CONFLICT ON CONSTRAINT told_once DO NOTHING RETURNING idea_id
"""


def tell_ideas(
    ideas: Iterable[int], outcome: Outcome, actor: Actor, *, project: Project | None = None, note: str = "",
    grade: str = "",
) -> list[int]:  # fmt: skip
    """Write the outcome into each idea's story and publish it for those to whom it is new. Two queries."""
    ids = sorted(set(ideas))
    if not ids:
        return []
    table = IdeaStep._meta.db_table  # noqa: SLF001  Django documents _meta as public
    with connection.cursor() as cursor:
        cursor.execute(
            _TELL.replace("livelihood_ideastep", table),
            [str(outcome), project.pk if project else None, note, clock.now(), ids],
        )
        fresh = sorted(row[0] for row in cursor.fetchall())
    if fresh:
        told = ProposersTold(tuple(fresh), str(outcome), project_id=project.pk if project else 0, grade=grade)
        publish(told, actor)
    return fresh


def tell_proposers(project: Project, outcome: Outcome, actor: Actor, *, grade: str = "") -> list[int]:
    """The same for all ideas that went into a project. Three queries."""
    ids = Idea.objects.filter(project=project).values_list("pk", flat=True)
    return tell_ideas(ids, outcome, actor, project=project, grade=grade)
