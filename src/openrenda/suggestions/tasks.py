"""The clockwork: returned drafts lapse, silence closes, promises are reminded, carried and found overdue."""

from collections.abc import Callable, Iterable
from typing import Any

from procrastinate.contrib.django import app as queue

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict
from openrenda.orgs.models import Congress

from . import actions
from .selectors import sweeps


def _each(action: Callable[..., Any], argument: str, ids: Iterable[int], actor: Actor, **given: Any) -> int:
    """Take the action for each, each in its own transaction. Somebody who acts at the same moment wins: go on."""
    done = 0
    for pk in ids:
        try:
            action(actor=actor, **{argument: pk}, **given)
        except Conflict:
            continue
        done += 1
    return done


def sweep_feedback(congress_id: int) -> dict[str, int]:
    """Remind where the lead is silent after the window; close where window (and reminder) are over."""
    actor = Actor.system("suggestions.sweep", congress_id)
    silent, over = sweeps.windows_over(congress_id)
    return {
        "reminded": _each(actions.remind_feedback, "suggestion_id", silent, actor),
        "closed": _each(actions.close_unanswered, "suggestion_id", over, actor),
    }


def sweep_returned(congress_id: int) -> int:
    """Let lapse what was returned and not revised."""
    actor = Actor.system("suggestions.sweep", congress_id)
    return _each(actions.lapse_returned, "suggestion_id", sweeps.to_lapse(congress_id), actor)


def sweep_promises(congress_id: int) -> dict[str, int]:
    """Promises past their day, promises to be reminded, and in a new year those of the old ledger."""
    actor, year = Actor.system("suggestions.sweep", congress_id), clock.today().year
    return {
        "overdue": _each(actions.mark_overdue, "commitment_id", sweeps.promises_past(congress_id), actor),
        "carried": _each(
            actions.carry_over, "commitment_id", sweeps.promises_of_old(congress_id, year), actor, year=year
        ),
        "reminded": _each(actions.remind_promise, "commitment_id", sweeps.promises_to_remind(congress_id), actor),
    }


def sweep(congress_id: int) -> None:
    """All of it, for one congress."""
    sweep_returned(congress_id)
    sweep_feedback(congress_id)
    sweep_promises(congress_id)
    actor = Actor.system("suggestions.sweep", congress_id)
    actions.succeed_leads(actor=actor)


@queue.periodic(cron="40 1 * * *")
@queue.task(
    name="openrenda.suggestions.tasks.nightly", queueing_lock="openrenda.suggestions.nightly", pass_context=False
)
def nightly(timestamp: int) -> None:
    """Every night at 1:40."""
    for congress in Congress.objects.order_by("pk"):
        sweep(congress.pk)


@queue.periodic(cron="*/20 * * * *")
@queue.task(name="openrenda.suggestions.tasks.fold", queueing_lock="openrenda.suggestions.fold", pass_context=False)
def fold(timestamp: int) -> None:
    """Keep the counters' rows few."""
    actions.fold_facets()
