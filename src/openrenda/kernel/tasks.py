"""Queue jobs of the kernel."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app as queue

from . import outbox


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
