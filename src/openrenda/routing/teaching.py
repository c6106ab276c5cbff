"""One learning from beginning to end: gather, test, learn, store. Imported by jobs and commands only (scikit-learn)."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction

from openrenda.audit.actions import record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor

from . import actions, learning, selectors, sources
from .figures import Figures
from .judging import judge
from .learned import FORMAT
from .models import Version
from .states import RunState
from .values import Example

LEAST = 20
"""With fewer routed cases the map knows better."""
KEPT = 3
NEWEST = 20_000
_log = logging.getLogger(__name__)


def examples_of(congress_id: int) -> list[Example]:
    """The district's cases; where a unit ended, its heir is taught. The newest when there are very many."""
    heir = selectors.offices(congress_id).heir
    found = sources.gathered(congress_id)
    newest = sorted(found, key=lambda one: (one.object_id, one.kind))[-NEWEST:]
    return [_of_today(one, heir) for one in newest if one.title or one.body]


def _of_today(one: Example, heir: Mapping[int, int | None]) -> Example:
    refused = tuple(to for unit in one.refused_unit_ids if (to := heir.get(unit)) is not None)
    unit = heir.get(one.unit_id) if one.unit_id is not None else None
    return replace(one, unit_id=unit, refused_unit_ids=tuple(to for to in refused if to != unit))


def enough(examples: Sequence[Example]) -> bool:
    """Are there cases enough to learn from?"""
    return sum(one.unit_id is not None for one in examples) >= LEAST


def judged(congress_id: int, examples: Sequence[Example]) -> Figures:
    """The figures that a version of these examples has."""
    usual = {pk: line.unit_id for pk, line in sources.lines_of(congress_id).items()}
    return judge(examples, selectors.offices(congress_id).book.duties, usual)


def teach(congress_id: int) -> Version | None:
    """Learn from all cases and store the version; None when another learning runs or there is too little."""
    if not actions.begin(congress_id):
        return None
    state = RunState.FAILED
    try:
        version = _teach(congress_id)
        state = RunState.DONE if version else RunState.TOO_FEW
        return version
    finally:
        actions.end(congress_id, state)


def _teach(congress_id: int) -> Version | None:
    start = time.perf_counter()
    examples = examples_of(congress_id)
    if not enough(examples):
        return None
    actions.progress(congress_id, 20)
    figures = judged(congress_id, examples)
    actions.progress(congress_id, 60)
    arrays = learning.learn(examples).pack()
    actions.progress(congress_id, 90)
    took = round((time.perf_counter() - start) * 1000)
    _log.info("routing learned from %s cases in %s ms", len(examples), took)
    return _store(congress_id, len(examples), took, figures, arrays)


@transaction.atomic
def _store(congress_id: int, examples: int, took: int, figures: Figures, arrays: bytes) -> Version:
    version = Version.objects.create(
        congress_id=congress_id,
        learned_at=clock.now(),
        format=FORMAT,
        examples=examples,
        milliseconds=took,
        figures=figures.stored(),
        arrays=arrays,
    )
    actor = Actor.system("routing.learn", congress_id)
    record(actor, "routing.learned", version, examples=examples, hits=figures.units.first, of=figures.units.n)
    kept = Version.objects.filter(congress_id=congress_id).order_by("-pk").values_list("pk", flat=True)[:KEPT]
    Version.objects.filter(congress_id=congress_id).exclude(pk__in=list(kept)).delete()
    return version
