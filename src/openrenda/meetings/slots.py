"""What meetings add to other pages: navigation, and on a poll's page the way back to its item."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.ui import nav, slots
from openrenda.voting.models import Poll

from . import selectors

INSIDE = (Role.SC_OFFICE, Role.SC_LEADER, Role.SC_REP, Role.SC_COMMITTEE, Role.DEPUTY, Role.TELLER)


def poll_aside(_request: HttpRequest | None, *, poll: Poll, **_: Any) -> Mapping[str, Any] | None:
    """The meeting and the item on which a poll is held: the roll is refreshed and votes are repeated there."""
    item = selectors.item_of_poll(poll.pk)
    return None if item is None else {"item": item}


def fill() -> None:
    """Called once in AppConfig.ready."""
    slots.fill("voting.work.aside", "meetings/slots/poll_aside.html", poll_aside)
    nav.register("work", N_("会议"), "meetings:index", 300, _takes_part, N_("会议和表决"))


def _takes_part(actor: Actor | None) -> bool:
    return actor is not None and actor.has(*INSIDE)
