"""The worker checks and writes registers; every night files and verdicts whose days are over are deleted."""

from procrastinate.contrib.django import app as queue

from openrenda.orgs.models import Congress

from .actions import imports, writing_in


@queue.task(name=imports.CHECK_TASK)
def check_import(run_id: int) -> None:
    """Check one; a job that is run again finds it done, or begins anew."""
    imports.check(run_id=run_id)


@queue.task(name=imports.WRITE_TASK)
def write_import(run_id: int) -> None:
    """Write one; nothing of a killed try is left."""
    writing_in.write(run_id=run_id)


@queue.periodic(cron="35 2 * * *")
@queue.task(
    name="openrenda.exchange.import_tasks.sweep_imports",
    queueing_lock="openrenda.exchange.sweep_imports",
    pass_context=False,
)
def sweep_imports(timestamp: int) -> None:
    """Every night at 2:35."""
    for congress in Congress.objects.order_by("pk"):
        imports.sweep(congress.pk)
