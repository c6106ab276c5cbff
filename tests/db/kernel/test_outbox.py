"""Facts: silent when rolled back, exactly once per subscriber however often and by whomever they are delivered."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from openrenda.kernel import clock, outbox
from openrenda.kernel.event import Event, Meta
from openrenda.kernel.models import Delivery, NumberSeries, OutboxEvent
from tests.makers.kernel import a_rollback, an_actor, at_once

ACTOR = an_actor("person:1")
TASK = "openrenda.kernel.tasks.deliver_event"


@dataclass(frozen=True)
class Filed(Event):
    kind: ClassVar[str] = "test.filed"
    case_id: int


@dataclass(frozen=True)
class Counted(Event):
    kind: ClassVar[str] = "test.counted"
    case_id: int


class Boom(Exception):
    """What goes wrong."""


class Ears:
    """Subscribers that write down what they heard, in the database too."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []
        self.broken = False
        self.slow = 0.0

    def first(self, event: Filed, meta: Meta) -> None:
        time.sleep(self.slow)
        NumberSeries.objects.create(congress_id=meta.congress_id, series=f"first {meta.event_id}", last=event.case_id)
        self.heard.append(("first", event.case_id))

    def second(self, event: Filed, meta: Meta) -> None:
        NumberSeries.objects.create(congress_id=meta.congress_id, series=f"second {meta.event_id}", last=event.case_id)
        if self.broken:
            raise Boom("second")
        self.heard.append(("second", event.case_id))

    def third(self, event: Filed, meta: Meta) -> None:
        outbox.publish(Counted(event.case_id), ACTOR)
        self.heard.append(("third", event.case_id))

    def counted(self, event: Counted, meta: Meta) -> None:
        self.heard.append(("counted", event.case_id))


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Ears:
    listening = Ears()
    table = {Filed: (listening.first, listening.second, listening.third), Counted: (listening.counted,)}
    monkeypatch.setattr(outbox, "SUBSCRIBERS", table)
    return listening


@pytest.fixture
def _no_jobs_left(transactional_db: None) -> Iterator[None]:
    """The queue's tables are not ours to empty between tests."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def jobs() -> list[dict[str, int]]:
    return list(ProcrastinateJob.objects.filter(task_name=TASK).values_list("args", flat=True))


def test_a_fact_is_stored_with_its_job_and_heard_by_each_once(ears: Ears) -> None:
    with transaction.atomic():
        outbox.publish(Filed(7), ACTOR)
    row = OutboxEvent.objects.get()
    assert (row.kind, row.payload, row.actor_urn, row.happened_at) == (
        "test.filed",
        {"case_id": 7},
        "person:1",
        clock.now(),
    )
    assert jobs() == [{"event_id": row.pk}]
    assert ears.heard == []
    assert outbox.drain() == 2
    assert ears.heard == [("first", 7), ("second", 7), ("third", 7), ("counted", 7)]
    outbox.deliver(row.pk)
    assert outbox.drain() == 0
    assert len(ears.heard) == 4


def test_a_rollback_is_silent(ears: Ears) -> None:
    with a_rollback():
        outbox.publish(Filed(7), ACTOR)
    assert (OutboxEvent.objects.count(), jobs(), outbox.drain(), ears.heard) == (0, [], 0, [])


def test_a_crash_of_one_keeps_nobody_waiting_and_is_tried_again_alone(ears: Ears) -> None:
    ears.broken = True
    outbox.publish(Filed(7), ACTOR)
    row = OutboxEvent.objects.get()
    with pytest.raises(Boom):
        outbox.deliver(row.pk)
    assert ears.heard == [("first", 7), ("third", 7)]
    assert not NumberSeries.objects.filter(series__startswith="second").exists(), "what it wrote is rolled back"
    row.refresh_from_db()
    assert row.delivered_at is None
    ears.broken = False
    outbox.deliver(row.pk)
    assert ears.heard == [("first", 7), ("third", 7), ("second", 7)]
    assert Delivery.objects.filter(event=row).count() == 3
    row.refresh_from_db()
    assert row.delivered_at is not None


def test_a_fact_that_cannot_be_delivered_does_not_block_the_later_ones(ears: Ears) -> None:
    ears.broken = True
    outbox.publish(Filed(7), ACTOR)
    outbox.publish(Counted(8), ACTOR)
    with pytest.raises(Boom):
        outbox.drain()
    assert ("counted", 8) in ears.heard
    assert list(OutboxEvent.objects.filter(delivered_at=None).values_list("kind", flat=True)) == ["test.filed"]


def test_several_errors_are_raised_together(ears: Ears) -> None:
    ears.broken = True
    outbox.publish(Filed(7), ACTOR)
    outbox.publish(Filed(8), ACTOR)
    with pytest.raises(ExceptionGroup) as several:
        outbox.drain()
    assert [type(error) for error in several.value.exceptions] == [Boom, Boom]


def test_a_fact_nobody_listens_to_is_done(ears: Ears, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "SUBSCRIBERS", {})
    outbox.publish(Filed(7), ACTOR)
    assert outbox.drain() == 1
    assert not OutboxEvent.objects.filter(delivered_at=None).exists()


def test_inline_defers_no_jobs_and_delivers_what_it_published(ears: Ears) -> None:
    outbox.publish(Filed(1), ACTOR)
    with outbox.inline():
        outbox.publish(Filed(2), ACTOR)
        with a_rollback():
            outbox.publish(Filed(3), ACTOR)
        outbox.drain()
    assert len(jobs()) == 1
    assert {case for _, case in ears.heard} == {2}
    outbox.drain()
    assert {case for _, case in ears.heard} == {1, 2}


@pytest.mark.usefixtures("_no_jobs_left")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_deliver_once(ears: Ears) -> None:
    ears.slow = 0.1
    with transaction.atomic():
        outbox.publish(Filed(7), ACTOR)
    row = OutboxEvent.objects.get()
    at_once(6, lambda number: outbox.deliver(row.pk))
    assert sorted(ears.heard) == [("first", 7), ("second", 7), ("third", 7)]
    assert NumberSeries.objects.count() == 2
