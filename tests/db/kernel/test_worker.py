"""The queue's own worker on the real tables: from a fact to its subscriber, also after a worker was killed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from openrenda.kernel import outbox
from openrenda.kernel.event import Event, Meta
from openrenda.kernel.models import OutboxEvent
from openrenda.kernel.tasks import fresh_connection
from tests.makers.kernel import an_actor

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Filed(Event):
    kind: ClassVar[str] = "test.filed"
    case_id: int


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    found: list[int] = []

    def listen(event: Filed, meta: Meta) -> None:
        found.append(event.case_id)

    monkeypatch.setattr(outbox, "SUBSCRIBERS", {Filed: (listen,)})
    return found


@pytest.fixture(autouse=True)
def _empty_queue(transactional_db: None) -> Iterator[None]:
    """The queue's tables are not among those that are emptied between tests."""
    _empty()
    yield
    _empty()


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def work(**options: Any) -> None:
    """A worker takes what waits and ends."""
    with app.replace_connector(app.connector.get_worker_connector()) as queue:  # type: ignore[attr-defined]
        queue.run_worker(
            wait=False,
            listen_notify=False,
            install_signal_handlers=False,
            delete_jobs="successful",
            task_middleware=[fresh_connection],
            **options,
        )


def publish(case_id: int) -> OutboxEvent:
    with transaction.atomic():
        outbox.publish(Filed(case_id), an_actor())
    return OutboxEvent.objects.latest("pk")


def test_a_worker_delivers_what_was_published(heard: list[int]) -> None:
    row = publish(7)
    work()
    assert heard == [7]
    row.refresh_from_db()
    assert row.delivered_at is not None
    assert not ProcrastinateJob.objects.filter(status="todo", task_name__endswith="deliver_event").exists()


def test_a_fact_that_was_rolled_back_has_no_job(heard: list[int]) -> None:
    transaction.set_autocommit(False)
    outbox.publish(Filed(7), an_actor())
    transaction.rollback()
    transaction.set_autocommit(True)
    work()
    assert heard == []


def test_jobs_of_a_killed_worker_are_done_by_the_next(heard: list[int]) -> None:
    publish(7)
    with connection.cursor() as cursor:  # a worker took the job, and has not been heard of for an hour
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        (worker_id,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker_id])
    app.configure_task("openrenda.kernel.tasks.rescue_stalled").defer(timestamp=0)
    work()
    work()
    assert heard == [7]
