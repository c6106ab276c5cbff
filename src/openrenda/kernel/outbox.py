"""Facts on their way up: stored with the write, delivered after commit, exactly once per subscriber.

`publish` writes the row and defers a queue job in the same transaction, so nothing is announced that did not
happen and nothing that happened is forgotten. Who listens is one table in config.subscriptions.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app as queue

from . import clock, lines
from .actor import Actor
from .event import Event, Meta
from .models import Delivery, OutboxEvent

Handler = Callable[[Any, Meta], None]
SUBSCRIBERS: dict[type[Event], tuple[Handler, ...]] = {}
_waiting: ContextVar[deque[int] | None] = ContextVar("openrenda_outbox_waiting", default=None)
_history: ContextVar[bool] = ContextVar("openrenda_outbox_history", default=False)


def subscribe(table: Mapping[type[Event], tuple[Handler, ...]]) -> None:
    """Take over the table of subscribers (config, once at start)."""
    SUBSCRIBERS.clear()
    SUBSCRIBERS.update(table)


def publish(event: Event, actor: Actor) -> None:
    """Store the fact in the caller's transaction and defer its delivery."""
    past = _history.get()
    row = OutboxEvent(
        congress_id=actor.congress_id,
        kind=event.kind,
        payload=event.payload(),
        actor_urn=actor.urn,
        happened_at=clock.now(),
        delivered_at=clock.now() if past else None,
    )
    if past:
        lines.add(row)
        return
    row.save(force_insert=True)
    waiting = _waiting.get()
    if waiting is None:
        queue.configure_task("openrenda.kernel.tasks.deliver_event").defer(event_id=row.pk)
    else:
        waiting.append(row.pk)


def fact_of(event: Event, actor: Actor, happened_at: datetime) -> OutboxEvent:
    """The row of a fact of long ago, told to nobody and not written: for what is taken over by the thousand."""
    return OutboxEvent(
        congress_id=actor.congress_id,
        kind=event.kind,
        payload=event.payload(),
        actor_urn=actor.urn,
        happened_at=happened_at,
        delivered_at=clock.now(),
    )


@contextmanager
def history() -> Iterator[None]:
    """What is published in this context happened long ago: it is kept, and told to nobody (loads of a register).

    They may be gathered (lines.written_together): nobody waits for them.
    """
    token = _history.set(True)
    try:
        yield
    finally:
        _history.reset(token)


@contextmanager
def inline() -> Iterator[None]:
    """Defer no jobs in this context: the caller delivers with `drain` (loads and tests)."""
    token = _waiting.set(deque())
    try:
        yield
    finally:
        _waiting.reset(token)


def subscriber_name(handler: Handler) -> str:
    """The stable name of a subscriber in the delivery table."""
    return f"{handler.__module__}.{handler.__qualname__}"


def deliver(event_id: int) -> None:
    """Hand the fact to each subscriber that has not had it, each in its own transaction.

    One that fails keeps nobody else waiting; its error is raised at the end, so that the job is tried again.
    """
    row = OutboxEvent.objects.filter(pk=event_id).first()
    if row is None:
        return  # published in a context that delivers by itself, in a transaction that was rolled back
    found = next((cls for cls in SUBSCRIBERS if cls.kind == row.kind), None)
    if found is not None:
        event = found.restore(row.payload)
        meta = Meta(row.pk, row.congress_id, row.happened_at, row.actor_urn)
        _raise_together([error for handler in SUBSCRIBERS[found] if (error := _failure(handler, event, meta))])
    OutboxEvent.objects.filter(pk=event_id, delivered_at=None).update(delivered_at=clock.now())


def _failure(handler: Handler, event: Event, meta: Meta) -> Exception | None:
    try:
        _deliver_once(handler, event, meta)
    except Exception as error:  # whatever it is, the others come first; raised by the caller
        return error
    return None


def _raise_together(errors: list[Exception]) -> None:
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ExceptionGroup("several subscribers failed", errors)


def _deliver_once(handler: Handler, event: Event, meta: Meta) -> None:
    with transaction.atomic():
        _, fresh = Delivery.objects.get_or_create(
            event_id=meta.event_id, subscriber=subscriber_name(handler), defaults={"at": clock.now()}
        )
        if fresh:
            handler(event, meta)


def drain() -> int:
    """Deliver everything that waits, in order, also what deliveries publish; returns how many were delivered.

    A fact that cannot be delivered does not stop those after it; its error is raised at the end. Inside `inline` only
    what that context published is looked at: a load does not search the table after each step.
    """
    waiting = _waiting.get()
    if waiting is not None:
        return _drain(_taken(waiting))
    with inline():
        return _drain(_stored())


def _taken(waiting: deque[int]) -> Iterator[int]:
    while waiting:
        yield waiting.popleft()


def _stored() -> Iterator[int]:
    last = 0
    while (row := OutboxEvent.objects.filter(delivered_at=None, pk__gt=last).order_by("pk").first()) is not None:
        last = row.pk
        yield last


def _drain(event_ids: Iterator[int]) -> int:
    count = 0
    errors: list[Exception] = []
    for event_id in event_ids:
        try:
            deliver(event_id)
        except Exception as error:  # raised below, after the others have had their turn
            errors.append(error)
        else:
            count += 1
    _raise_together(errors)
    return count
