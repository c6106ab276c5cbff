"""How notices and files speak of an opinion or a reception day, and who may follow them there."""

from django.urls import reverse

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.liaison.models import Opinion, ReceptionEvent
from openrenda.liaison.states import PublishState, ReceptionState

from .visibility import visible_to


def title(opinion_id: int) -> str:
    """Number and masked title. One query."""
    row = Opinion.objects.filter(pk=opinion_id).values_list("number", "public_title").first()
    return " ".join(row).strip() if row else ""


def url(opinion_id: int, actor: Actor) -> str:
    """The resident's own page, the public's, or the workbench's. At most one query."""
    if actor.urn == f"opinion:{opinion_id}":
        return reverse("liaison:track_case")
    if actor.roles:
        return reverse("liaison:work_case", args=[opinion_id])
    number = Opinion.objects.filter(pk=opinion_id).values_list("number", flat=True).first()
    return reverse("liaison:opinion", args=[number or "-"])


def visible(actor: Actor, opinion_id: int) -> bool:
    """May this actor open it: published for everybody, else by the workbench's own rule. At most two queries."""
    rows = Opinion.objects.filter(pk=opinion_id, congress_id=actor.congress_id)
    return rows.filter(publish_state=PublishState.PUBLIC).exists() or visible_to(actor).filter(pk=opinion_id).exists()


def inside(actor: Actor, opinion_id: int) -> bool:
    """May this actor see photos of it that are not public: who works on the case, and its writer. One query."""
    return visible_to(actor).filter(pk=opinion_id).exists()


def reception_title(event_id: int) -> str:
    """Station and time. One query."""
    event = ReceptionEvent.objects.select_related("station").filter(pk=event_id).first()
    return f"{event.station.name} {clock.local(event.starts_at):%Y-%m-%d %H:%M}" if event else ""


def reception_url(event_id: int, actor: Actor) -> str:
    """The station's page, or the workbench's list. One query."""
    event = ReceptionEvent.objects.select_related("station").filter(pk=event_id).first()
    code = event.station.code if event else "-"
    if actor.roles:
        return reverse("liaison:reception", args=[code, event_id])
    return reverse("liaison:station", args=[code])


def reception_visible(actor: Actor, event_id: int) -> bool:
    """Announced days are public. One query."""
    rows = ReceptionEvent.objects.filter(pk=event_id, congress_id=actor.congress_id)
    return rows.exists() if actor.roles else rows.exclude(state=ReceptionState.PLANNED).exists()
