"""Queue jobs of the kernel."""

from collections.abc import Callable
from typing import Any

from django.db import close_old_connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app as queue
from procrastinate.worker import Worker

from . import outbox


def fresh_connection(call_next: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """Around each job, as Django does around each request: a connection that died with the database is not kept."""
    close_old_connections()
    try:
        return call_next()
    finally:
        close_old_connections()


@queue.task(
    name="openrenda.kernel.tasks.deliver_event",
    retry=RetryStrategy(max_attempts=12, exponential_wait=3),
)
def deliver_event(event_id: int) -> None:
    """Deliver one fact to its subscribers; safe to run again."""
    outbox.deliver(event_id)


@queue.periodic(cron="*/2 * * * *")
@queue.task(name="openrenda.kernel.tasks.rescue_stalled", queueing_lock="openrenda.rescue_stalled", pass_context=True)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """Give jobs of a worker that was killed to the living: its heart has not beaten for a minute."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=60):
        await jobs.retry_job(job)


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="openrenda.kernel.tasks.sweep_outbox", queueing_lock="openrenda.sweep_outbox", pass_context=False)
def sweep_outbox(timestamp: int) -> None:
    """Deliver what waits without a job (loads defer none; a job may have used up its tries)."""
    outbox.drain()
