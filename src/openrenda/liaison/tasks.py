"""The clockwork: silence closes, past years are archived, tries are forgotten."""

from procrastinate.contrib.django import app as queue

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict
from openrenda.orgs.entries import DEPUTY, changing_deputies
from openrenda.orgs.models import Congress
from openrenda.search.actions import touch

from . import actions, selectors


def close_all_silent(congress_id: int) -> int:
    """Close what was not rated in time, each in its own transaction; how many. Somebody who rates at the same moment
    wins: the sweep finds the case closed and goes on."""
    actor = Actor.system("close_silent", congress_id)
    closed = 0
    for opinion_id in selectors.silent_ids(congress_id):
        try:
            actions.close_silent(opinion_id=opinion_id, actor=actor)
        except Conflict:
            continue
        closed += 1
    return closed


def archive_past_years(congress_id: int) -> int:
    """Archive what ended in a year before this one."""
    actor = Actor.system("archive", congress_id)
    ids = selectors.archivable_ids(congress_id, clock.today().year)
    for opinion_id in ids:
        actions.archive(opinion_id=opinion_id, actor=actor)
    return len(ids)


@queue.periodic(cron="20 1 * * *")
@queue.task(name="openrenda.liaison.tasks.nightly", queueing_lock="openrenda.liaison.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """Every night at 1:20."""
    for congress in Congress.objects.order_by("pk"):
        close_all_silent(congress.pk)
        if clock.today().month > 1:  # January is left for those who still look back
            archive_past_years(congress.pk)
    actions.forget_attempts()
    touch(DEPUTY, *changing_deputies(clock.today()))
