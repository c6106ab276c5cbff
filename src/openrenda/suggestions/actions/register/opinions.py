"""Residents' opinions that a register names as the source of a suggestion."""

from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import history
from openrenda.liaison import actions as liaison
from openrenda.orgs.models import Mandate
from openrenda.orgs.states import Role
from openrenda.suggestions.actions.delivery import ANSWER_LIMIT
from openrenda.suggestions.models import Reply, SourceOpinion

from .life import Life


def take_opinions(life: Life) -> None:
    """The opinions become the suggestion's today, and get its latest answer; their station goes on from there.

    They are few, so each goes the usual way; nobody is told by us what the station will tell.
    """
    if not life.past.opinion_ids:
        return
    replies: list[Reply] = life.rows[Reply]
    deputy = _as_deputy(life.past.lead, life.place.actor)
    system = Actor.system("suggestions", life.place.congress_id)
    with history():
        for opinion_id in life.past.opinion_ids:
            liaison.convert(opinion_id=opinion_id, actor=deputy, ref=f"suggestions.suggestion:{life.pk}")
            SourceOpinion.objects.create(suggestion_id=life.pk, opinion_id=opinion_id)
            if replies:
                liaison.take_answer(opinion_id=opinion_id, text=replies[-1].body[:ANSWER_LIMIT], actor=system)


def _as_deputy(lead: Mandate, actor: Actor) -> Actor:
    """Whoever takes the register over, on behalf of the deputy whom it names."""
    return Actor(
        urn=actor.urn,
        name=actor.name,
        congress_id=actor.congress_id,
        roles=frozenset({(Role.DEPUTY.value, lead.pk)}),
        on_behalf_of=lead.person.name,
        origin=actor.origin,
    )
