"""Exports as the subject of notices."""

from django.urls import reverse

from openrenda.exchange import tables
from openrenda.exchange.models import Export
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound
from openrenda.ui.filters import t


def title(pk: int) -> str:
    """The list's name. One query."""
    name = Export.objects.filter(pk=pk).values_list("table", flat=True).first() or ""
    return label_of(name)


def label_of(name: str) -> str:
    """A list's label, or its name when it is no longer offered. No query."""
    try:
        return t(tables.get(name).label)
    except NotFound:
        return name


def url(pk: int, actor: Actor) -> str:
    """Where one's exports stand. No query."""
    return f"{reverse('exchange:exports')}#export-{pk}"


def visible(actor: Actor, pk: int) -> bool:
    """Only to whoever asked. One query."""
    return Export.objects.filter(pk=pk, by=actor.urn, congress_id=actor.congress_id).exists()
