"""How notices and files speak of a suggestion, and who may follow them there."""

from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.rules.numbers import number_of

from .access import visible
from .public import shown_title


def title(pk: int) -> str:
    """Number and public title; never the title of a text that is not public. One query."""
    row = Suggestion.objects.filter(pk=pk).only("key", "public_title", "state").first()
    return " ".join(filter(None, (number_of(row.key), shown_title(row)))) if row else ""


def url(pk: int, actor: Actor) -> str:
    """The workbench's page for those with a hat, the public's for others. At most one query."""
    if actor.roles:
        return reverse("suggestions:work", args=[pk])
    key = Suggestion.objects.filter(pk=pk).values_list("key", flat=True).first()
    return reverse("suggestions:case", args=[key]) if key else reverse("suggestions:index")


def is_visible(actor: Actor, pk: int) -> bool:
    """May this actor open it on the workbench: attachments are for those who work on it. One query."""
    return visible(actor).filter(pk=pk).exists()
