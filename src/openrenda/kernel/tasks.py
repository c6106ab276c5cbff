"""Queue jobs of the kernel."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from . import outbox


@queue.task(
    name="openrenda.kernel.tasks.deliver_event",
    retry=RetryStrategy(max_attempts=12, exponential_wait=3),
)
def deliver_event(event_id: int) -> None:
    """Deliver one fact to its subscribers; safe to run again."""
    outbox.deliver(event_id)


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="openrenda.kernel.tasks.sweep_outbox", queueing_lock="openrenda.sweep_outbox", pass_context=False)
def sweep_outbox(timestamp: int) -> None:
    """Deliver what waits without a job (loads defer none; a job may have used up its tries)."""
    outbox.drain()
