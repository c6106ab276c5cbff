"""Writes: a choice is noted beside the advice; learning is asked for."""

from django.db import connection, transaction
from procrastinate.contrib.django import app as queue

from openrenda.audit.actions import record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.orgs.models import Congress

from . import selectors
from .errors import AlreadyLearning
from .models import Advised, Run
from .states import RunState
from .values import Subject

LEARN_TASK = "openrenda.routing.jobs.learn"
LEARN_AFTER = 50
"""So many new choices are worth learning before the night."""
COLLECT_MINUTES = 10
"""Returns come in groups: they are learned together."""
BACKGROUND = "system:routing.background"
STALE_MINUTES = 30
"""A learning that began longer ago was killed."""


@transaction.atomic
def note_choice(*, congress_id: int, subject: Subject, unit_id: int) -> Advised | None:
    """Write down who was asked to handle a case, and what the advice was; None where it advised nobody.

    Asked again for the same case, the advice stands and the unit moves on: what counts is who has it in the end.
    """
    assert subject.object_id is not None, "a choice is about a case"
    known = Advised.objects.select_for_update().filter(kind=subject.kind, object_id=subject.object_id).first()
    if known is not None:
        return _moved(known, unit_id)
    version, units, category_id = selectors.advised_units(congress_id, subject)
    if not units:
        return None
    now = clock.now()
    row = Advised(
        congress_id=congress_id,
        kind=subject.kind,
        object_id=subject.object_id,
        version=version,
        advised_category_id=category_id,
        advised_unit_ids=units,
        chosen_unit_id=unit_id,
        rank=_rank(units, unit_id),
        at=now,
        moved_at=now,
    )
    Advised.objects.bulk_create([row], ignore_conflicts=True)  # two deliveries of one fact at once: the first counts
    if selectors.new_choices(congress_id) % LEARN_AFTER == 0:
        ask_in_the_background(congress_id)
    return row


def _moved(row: Advised, unit_id: int) -> Advised:
    if row.chosen_unit_id != unit_id:
        row.chosen_unit_id, row.rank, row.moved_at = unit_id, _rank(row.advised_unit_ids, unit_id), clock.now()
        row.save(update_fields=["chosen_unit", "rank", "moved_at"])
    return row


def _rank(units: list[int], unit_id: int) -> int:
    return units.index(unit_id) + 1 if unit_id in units else 0


@transaction.atomic
def ask_to_learn(*, actor: Actor) -> Run:
    """Somebody wants it learned anew, now. AlreadyLearning while a learning waits or runs."""
    run = _run(actor.congress_id)
    if is_open(run) and run.asked_by != BACKGROUND:
        raise AlreadyLearning
    _wait(run, actor.urn)
    queue.configure_task(LEARN_TASK).defer(congress_id=run.congress_id)
    record(actor, "routing.learning_asked", run)
    return run


@transaction.atomic
def ask_in_the_background(congress_id: int, minutes: int = COLLECT_MINUTES) -> bool:
    """After a return, a load, or many new cases; nothing when a learning is on its way. Was it asked for?"""
    run = _run(congress_id)
    if is_open(run):
        return False
    _wait(run, BACKGROUND)
    later = {"minutes": minutes}
    queue.configure_task(LEARN_TASK, schedule_in=later).defer(congress_id=run.congress_id)
    return True


def is_open(run: Run) -> bool:
    """Waits or runs, and is not forgotten by a killed worker."""
    if run.state not in (RunState.WAITING, RunState.RUNNING):
        return False
    since = run.began_at or run.asked_at
    # either way: a demonstration sets the clock back after it was loaded
    return abs((clock.now() - since).total_seconds()) < STALE_MINUTES * 60


def _run(congress_id: int) -> Run:
    """The locked row of the congress."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"routing {congress_id}"])
    known = Run.objects.filter(congress_id=congress_id).first()
    return known or Run(congress_id=congress_id, state=RunState.DONE, asked_at=clock.now())


def _wait(run: Run, asked_by: str) -> None:
    run.state, run.percent, run.asked_by, run.asked_at = RunState.WAITING, 0, asked_by, clock.now()
    run.began_at = run.ended_at = None
    run.save()


# -- the job's side ----------------------------------------------------------------------------------------------------


@transaction.atomic
def begin(congress_id: int) -> bool:
    """Take the lock; False while another learning holds it."""
    run = _run(congress_id)
    if run.state == RunState.RUNNING and is_open(run):
        return False
    run.state, run.percent, run.began_at, run.ended_at = RunState.RUNNING, 0, clock.now(), None
    run.save()
    return True


def progress(congress_id: int, percent: int) -> None:
    """How far it is."""
    Run.objects.filter(congress_id=congress_id).update(percent=percent)


def end(congress_id: int, state: RunState) -> None:
    """Give the lock back."""
    Run.objects.filter(congress_id=congress_id).update(state=state, percent=100, ended_at=clock.now())


def learn_everywhere() -> None:
    """Every district is asked to learn (nightly)."""
    for congress in Congress.objects.order_by("pk"):
        ask_in_the_background(congress.pk)
