"""The same text sent twice is one draft (a slow network, an impatient thumb)."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.orgs.models import Mandate
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.states import State

from .drafting import write_draft
from .values import Text

SAME_WITHIN = timedelta(hours=1)


@transaction.atomic
def write_draft_once(*, lead_id: int, text: Text, actor: Actor, **given: Any) -> Suggestion:
    """Begin a suggestion, unless this deputy has just begun one in the very same words: then that one."""
    Mandate.objects.select_for_update().get(pk=lead_id)  # two requests at once: the second waits and finds the first's
    same = (
        Suggestion.objects.filter(
            lead_id=lead_id,
            state=State.DRAFT,
            title=text.title.strip(),
            problem=text.problem.strip(),
            proposal=text.proposal.strip(),
            created_at__gte=clock.now() - SAME_WITHIN,
        )
        .order_by("pk")
        .first()
    )
    return same or write_draft(lead_id=lead_id, text=text, actor=actor, **given)
