"""Who hears of which fact: one table, read top to bottom (style: facts go up through the outbox)."""

from openrenda.kernel.event import Event
from openrenda.kernel.outbox import Handler

SUBSCRIPTIONS: dict[type[Event], tuple[Handler, ...]] = {}
