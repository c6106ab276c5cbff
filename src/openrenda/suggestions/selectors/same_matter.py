"""Same matter (并案): whom else a reply of one unit could answer."""

from openrenda.kernel.actor import Actor
from openrenda.suggestions.models import Assignment, Reply, Suggestion
from openrenda.suggestions.rules import who
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.states import AssignmentState


def turns_to_share(reply: Reply, actor: Actor) -> list[tuple[int, str]]:
    """(turn's id, number and title) of the group's other suggestions that this unit is still handling. One query;
    none where the suggestion stands alone or the actor does not draft for the unit."""
    group_id = reply.suggestion.group_id
    if group_id is None or not who.is_unit_clerk(actor, reply.assignment):
        return []
    rows = Assignment.objects.filter(
        suggestion__group_id=group_id, unit_id=reply.assignment.unit_id, state=AssignmentState.HANDLING
    ).exclude(suggestion_id=reply.suggestion_id)
    return [(row.pk, _named(row.suggestion)) for row in rows.select_related("suggestion").order_by("suggestion_id")]


def _named(suggestion: Suggestion) -> str:
    return f"{number_of(suggestion.key)} {suggestion.title}"
