"""The clockwork: a monthly report that does not come turns the lamp yellow by itself."""

from procrastinate.contrib.django import app as queue

from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict
from openrenda.orgs.models import Congress

from . import actions
from .selectors import sweeping


def sweep(congress_id: int) -> int:
    """Mark what is overdue, each in its own transaction; whoever reports at the same moment wins. How many."""
    actor, done = Actor.system("livelihood.sweep", congress_id), 0
    for project_id, month in sweeping.missing_reports(congress_id):
        try:
            actions.mark_missing(project_id=project_id, month=month, actor=actor)
        except Conflict:
            continue
        done += 1
    return done


@queue.periodic(cron="50 1 * * *")
@queue.task(name="openrenda.livelihood.tasks.nightly", queueing_lock="openrenda.livelihood.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """Every night at 1:50."""
    for congress in Congress.objects.order_by("pk"):
        sweep(congress.pk)
