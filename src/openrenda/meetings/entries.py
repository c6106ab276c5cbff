"""What the search finds of the slice: items of the agenda, for those who may open meetings (`selectors.is_inside`)."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.meetings.models import AgendaItem
from openrenda.meetings.selectors.meetings import is_inside
from openrenda.meetings.states import ItemState
from openrenda.search import kinds
from openrenda.search.values import Doc, Hit

ITEM = "meetings.item"
OPEN = (ItemState.PLANNED, ItemState.BEFORE_VOTE)
_HOUSE = frozenset({"house"})


def items(ids: Sequence[int]) -> Iterator[Doc]:
    """One query."""
    for row in AgendaItem.objects.filter(pk__in=ids).select_related("meeting"):
        meeting = row.meeting
        yield Doc(
            object_id=row.pk,
            congress_id=meeting.congress_id,
            is_public=False,
            ref=meeting.key,
            title=row.title,
            at=clock.at_time(meeting.held_on),
            body="\n".join(filter(None, (meeting.title, row.note))),
            audience=_HOUSE,
            unit_id=row.reporter_id,
            year=meeting.held_on.year,
            state=row.state,
            is_open=row.state in OPEN,
        )


def every_item(after: int, size: int) -> list[int]:
    """One query."""
    return list(AgendaItem.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])


def item_keys(actor: Actor) -> frozenset[str]:
    """No query."""
    return _HOUSE if is_inside(actor) else frozenset()


def item_url(hit: Hit) -> str:
    """The meeting's page. No query."""
    return reverse("meetings:meeting", args=[hit.ref])


def no_number(hit: Hit) -> str:
    """The key of a meeting is an address, not a number that anybody knows."""
    return ""


def register() -> None:
    """Called once, from the app's ready."""
    kinds.register(
        name=ITEM, label=N_("会议议程"), order=80, docs=items, every=every_item, keys=item_keys, url=item_url,
        number=no_number, words={str(state): state.label for state in ItemState},
    )  # fmt: skip
