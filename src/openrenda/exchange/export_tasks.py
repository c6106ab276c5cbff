"""The worker writes large exports; every night files whose days are over are deleted."""

from procrastinate.contrib.django import app as queue

from openrenda.kernel.actor import Actor
from openrenda.orgs.models import Congress

from . import actions, shelf
from .models import Export
from .selectors.exports import over


@queue.task(name=actions.WRITE_TASK)
def write_export(export_id: int) -> None:
    """Write one; a job that is run again finds it done, or begins anew."""
    actions.write_file(export_id=export_id)


def sweep(congress_id: int) -> int:
    """Delete the files whose days are over. How many."""
    actor = Actor.system("exchange.sweep", congress_id)
    return sum(actions.expire(export_id=pk, actor=actor) for pk in over(congress_id))


@queue.periodic(cron="25 2 * * *")
@queue.task(
    name="openrenda.exchange.export_tasks.sweep_exports", queueing_lock="openrenda.exchange.sweep", pass_context=False
)
def sweep_exports(timestamp: int) -> None:
    """Every night at 2:25."""
    for congress in Congress.objects.order_by("pk"):
        sweep(congress.pk)
    actions.forget_visits()
    shelf.remove_strays(set(Export.objects.exclude(token="").values_list("token", flat=True)))
