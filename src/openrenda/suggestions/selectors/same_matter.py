"""Same matter (并案): who stands behind it, and whom else a reply of one unit could answer."""

from django.db.models import Q

from openrenda.kernel.actor import Actor
from openrenda.liaison.models import Opinion
from openrenda.orgs.models import Mandate
from openrenda.suggestions.models import Assignment, Reply, SourceOpinion, Suggestion
from openrenda.suggestions.rules import who
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.states import AssignmentState, CosignState

from .rows import Behind


def behind(group_id: int) -> Behind:
    """How many stand behind a matter. Opinions that were merged count too. Three queries."""
    members = list(Suggestion.objects.filter(group_id=group_id).values_list("pk", flat=True))
    signed = Q(cosigned__suggestion__in=members, cosigned__state=CosignState.CONFIRMED)
    deputies = Mandate.objects.filter(Q(suggestions__in=members) | signed).distinct().count()
    sources = SourceOpinion.objects.filter(suggestion__in=members, is_released=False).values("opinion_id")
    residents = Opinion.objects.filter(Q(pk__in=sources) | Q(merged_into_id__in=sources)).count()
    return Behind(len(members), deputies, residents)


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
