"""The one gate to a suggestion."""

from django.db.models import QuerySet

from openrenda.kernel.actor import Actor
from openrenda.suggestions.models import Reply, Suggestion


def visible(actor: Actor) -> QuerySet[Suggestion]:
    """Suggestions this actor may open in the workbench (signatories, units concerned, offices). No query yet."""
    raise NotImplementedError


def suggestion_for(actor: Actor, pk: int) -> Suggestion:
    """The only way an edge obtains a suggestion; NotFound when unknown or not to be seen. One query."""
    raise NotImplementedError


def reply_for(actor: Actor, pk: int) -> Reply:
    """A reply of a suggestion that this actor may open; NotFound otherwise. Two queries."""
    raise NotImplementedError
