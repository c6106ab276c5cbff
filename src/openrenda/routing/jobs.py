"""Queue jobs of learning. The worker's command imports this module; web processes know the jobs by name only, so that
scikit-learn is loaded where it is used (docs/explanation/routing.md)."""

from procrastinate.contrib.django import app as queue

from . import actions, teaching


@queue.task(name=actions.LEARN_TASK)
def learn(congress_id: int) -> None:
    """Learn anew; another that runs already does it for both."""
    teaching.teach(congress_id)


@queue.periodic(cron="50 2 * * *")
@queue.task(name="openrenda.routing.jobs.nightly", queueing_lock="openrenda.routing.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """Every night at 2:50."""
    actions.learn_everywhere()
