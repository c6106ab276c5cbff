"""Which acts are open to this reader of a meeting: what the workflows offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, NotAllowed, NotFound
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import Verdict
from openrenda.kernel.workflow import Offer
from openrenda.meetings.models import AgendaItem, Meeting
from openrenda.meetings.workflow import ITEM, MEETING
from openrenda.voting.states import BEFORE_OPENING, ENDED, State

from .act import ITEM_ACTS, MEETING_ACTS, Act

SIGN_IN = "sign_in"
FIRST = ("open", SIGN_IN, "give_notice", "close", "archive")
"""What leads a meeting on; the first of these that is open is the page's one primary button."""


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One button."""

    name: str
    label: str
    url: str
    verdict: Verdict
    law: str = ""
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item with what can be done to it."""

    item: AgendaItem
    moves: list[MoveRow]


def of_meeting(meeting: Meeting, actor: Actor) -> list[MoveRow]:
    """The buttons beside a meeting."""
    rows = [_meeting_row(meeting, offer) for offer in MEETING.offers(actor, meeting) if _is_known(offer)]
    open_names = {row.name for row in rows if row.verdict}
    first = next((name for name in FIRST if name in open_names), "")
    rows.sort(key=lambda row: (not row.verdict, FIRST.index(row.name) if row.name in FIRST else len(FIRST)))
    return [replace(row, tone="primary") if row.name == first else row for row in rows]


def _is_known(offer: Offer[Any]) -> bool:
    return offer.move.name in MEETING_ACTS or offer.move.name == SIGN_IN


def _meeting_row(meeting: Meeting, offer: Offer[Any]) -> MoveRow:
    name = offer.move.name
    if name == SIGN_IN:
        return MoveRow(name, N_("签到、请假"), reverse("meetings:sign_in", args=[meeting.key]), offer.verdict)
    url = reverse("meetings:act", args=[meeting.key, name])
    return MoveRow(name, MEETING_ACTS[name].label, url, offer.verdict, offer.move.law)


def of_items(items: Iterable[AgendaItem], actor: Actor) -> list[ItemRow]:
    """Every item with its open moves; closed ones are not shown line by line."""
    return [ItemRow(item, [row for row in _item_rows(item, actor) if row.verdict]) for item in items]


def _item_rows(item: AgendaItem, actor: Actor) -> list[MoveRow]:
    rows = []
    for offer in ITEM.offers(actor, item):
        for name in _acts_of(item, offer.move.name):
            url = reverse("meetings:item_act", args=[item.meeting.key, item.pk, name])
            act = ITEM_ACTS[name]
            rows.append(
                MoveRow(name, act.label, url, offer.verdict, offer.move.law, "danger" if act.danger else "plain")
            )
    return rows


def _acts_of(item: AgendaItem, move: str) -> tuple[str, ...]:
    """A second vote needs a first that is over; before the opening the roll can be taken anew."""
    if move != "repeat_vote":
        return (move,) if move in ITEM_ACTS else ()
    state = State(item.poll.state) if item.poll is not None else State.CANCELLED
    if state in BEFORE_OPENING:
        return ("refresh_roll",)
    return ("repeat_vote",) if state in (*ENDED, State.CONFIRMED) else ()


def act_of(acts: Mapping[str, Act], name: str) -> Act:
    """The row behind an address; NotFound if there is none."""
    act = acts.get(name)
    if act is None:
        raise NotFound
    return act


def check_open(rows: Iterable[MoveRow], name: str) -> None:
    """Before a form is shown: NotAllowed if it is not this actor's here, Conflict with the reason if closed."""
    row = next((row for row in rows if row.name == name), None)
    if row is None:
        raise NotAllowed
    if not row.verdict:
        raise Conflict.by(row.verdict)


def check_item_open(item: AgendaItem, actor: Actor, name: str) -> None:
    """The same for an item."""
    check_open(_item_rows(item, actor), name)
