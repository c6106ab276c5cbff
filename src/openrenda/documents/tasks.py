"""Queue jobs of documents."""

from procrastinate.contrib.django import app as queue

from . import actions


@queue.periodic(cron="20 3 * * *")
@queue.task(name="openrenda.documents.tasks.sweep_files", queueing_lock="openrenda.sweep_files", pass_context=False)
def sweep_files(timestamp: int) -> None:
    """Nightly: files without a subject, content without a file."""
    actions.sweep()
