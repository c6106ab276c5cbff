"""Taking over years of suggestions from an office's register, in bulk (台账补录).

The same lives as the replay of a district's folder leads through the actions, built in memory and written in few
statements: a test loads the same rows both ways and compares what comes out. Nobody is told of what happened long ago.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.db import models

from openrenda.audit.actions import entry_of, record
from openrenda.audit.models import AuditEntry
from openrenda.exchange.origin import Origin
from openrenda.kernel import clock, numbering, parameters
from openrenda.kernel.actor import Actor
from openrenda.kernel.copying import Ids, copy, copy_into, fresh, settle
from openrenda.kernel.errors import Conflict
from openrenda.kernel.outbox import fact_of
from openrenda.kernel.text import N_
from openrenda.kernel.triggers import leave_none_out
from openrenda.orgs.selectors import latest_session
from openrenda.orgs.states import SessionPeriod
from openrenda.search.actions import touch
from openrenda.suggestions.events import TakenOver
from openrenda.suggestions.models import (
    Assignment,
    Commitment,
    RegisterLine,
    Reply,
    Step,
    Suggestion,
)
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.states import State

from .answering import Answers, replied
from .filing import begin, filed
from .handling import assigned
from .life import STEP_COLUMNS, Life
from .opinions import take_opinions
from .past import Past
from .place import Place, place_of
from .promises import grown_old
from .rating import rated
from .taking import taken
from .walking import walk
from .working import worked_on

CHUNK = 1000
_LATE = frozenset(
    field.name
    for field in Suggestion._meta.concrete_fields  # noqa: SLF001  Django documents _meta as public
    if field.null or isinstance(field, models.TextField)
)
_OVER = (State.CLOSED, State.WITHDRAWN, State.REJECTED)
Progress = Callable[[int, int], None]


class _Numbers:
    """Numbers for the rows that others refer to."""

    def __init__(self) -> None:
        self.suggestions, self.turns = Ids(Suggestion), Ids(Assignment)
        self.answers = Answers(Ids(Reply), Ids(Commitment))


def take_over(pasts: Sequence[Past], *, actor: Actor, source: Origin, progress: Progress) -> int:
    """Write the suggestions of a register; returns how many. In the caller's transaction: all of them or none.

    The rows have been checked (suggestions.imports): numbers free, dates in order, units and deputies known.
    `progress(done, total)` is called after each chunk and may raise to stop everything.
    """
    leave_none_out()
    _reserve_numbers(pasts, actor)
    numbers = _Numbers()
    with parameters.remembered():
        place = place_of(actor)
        for start in range(0, len(pasts), CHUNK):
            chunk = pasts[start : start + CHUNK]
            _write([lived(past, place, numbers) for past in chunk], place, source)
            grown = (start // CHUNK + 1).bit_count() == 1  # looked at again whenever there is twice as much
            settle(*((Suggestion, Assignment, Reply, Commitment) if grown else ()))
            progress(min(start + CHUNK, len(pasts)), len(pasts))
    _keep_one_series(pasts, actor)
    return len(pasts)


def lived(past: Past, place: Place, numbers: _Numbers) -> Life:
    """The whole life as the register tells it, up to now. Nothing is written."""
    life = begin(past, place, numbers.suggestions.take())
    filed(life)
    if past.assigned_on is not None:
        desk = assigned(life, numbers.turns)
        if taken(life, desk):
            worked_on(life, desk)
            if past.reply is not None:
                replied(life, desk, past.reply, past.reply.on, numbers.answers)
                rated(life, desk, past.reply, numbers.answers)
    grown_old(life)
    suggestion = life.suggestion
    suggestion.state = life.path[-1]
    suggestion.is_carried_term = suggestion.state not in _OVER and past.session.term.number < place.newest_term
    return life


def _write(lives: Sequence[Life], place: Place, source: Origin) -> None:
    """A chunk of lives: suggestions first, turns wave by wave, replies, promises, and what hangs on them."""
    stories = [life.story() for life in lives]
    for life, story in zip(lives, stories, strict=True):
        life.suggestion.last_step_at = story[-1][1]
    walk([(life.suggestion, life.path) for life in lives], last=_LATE)
    turns = [turn for life in lives for turn in life.turns]
    for wave in sorted({turn.wave for turn in turns}):
        walk([(turn.row, turn.path) for turn in turns if turn.wave == wave])
    copy(_all(lives, Reply), with_id=True)
    walk([(pledge.row, pledge.path) for life in lives for pledge in life.pledges])
    rest = {kind for life in lives for kind in life.rows} - {Reply}
    for kind in sorted(rest, key=lambda kind: kind.__name__):
        copy(_all(lives, kind))
    copy_into(Step._meta.db_table, STEP_COLUMNS, (step for story in stories for step in story))  # noqa: SLF001
    copy([_line(life, place, source) for life in lives])
    copy([_entry(life, place) for life in lives])
    copy([fact_of(TakenOver(life.pk, state=str(life.suggestion.state)), place.actor, place.now) for life in lives])
    for life in lives:
        take_opinions(life)
    touch("suggestions.suggestion", *(life.pk for life in lives))


def _all(lives: Sequence[Life], kind: type[models.Model]) -> list[models.Model]:
    return [row for life in lives for row in life.rows.get(kind, ())]


def _line(life: Life, place: Place, source: Origin) -> Any:
    return fresh(
        RegisterLine,
        suggestion_id=life.pk,
        run=source.run,
        file=source.file[:200],
        sheet=life.past.sheet[:100],
        line=life.past.line,
        marks=dict(life.past.marks),
        taken_at=place.now,
        taken_by=place.actor.urn,
    )


def _entry(life: Life, place: Place) -> AuditEntry:
    suggestion = life.suggestion
    return entry_of(
        place.actor,
        "suggestions.taken_over",
        suggestion,
        key=life.past.key,
        state=str(suggestion.state),
        line=life.past.line,
    )


def _reserve_numbers(pasts: Sequence[Past], actor: Actor) -> None:
    """Later suggestions of the same series are numbered after the highest that comes in. The series stay locked: who
    wants a number of one of them meanwhile waits. Conflict if somebody was faster."""
    highest: dict[str, int] = defaultdict(int)
    for past in pasts:
        highest[past.series] = max(highest[past.series], past.serial)
    for series, last in sorted(highest.items()):
        numbering.start_after(series, actor.congress_id, last)
    keys = [past.key for past in pasts]
    for start in range(0, len(keys), CHUNK):
        taken = Suggestion.objects.filter(congress_id=actor.congress_id, key__in=keys[start : start + CHUNK])
        if (key := taken.values_list("key", flat=True).first()) is not None:
            raise Conflict(
                "suggestions.number_taken", N_("编号 {key} 刚刚被使用。"), N_("请重新核对台账后再导入。"), key=key
            )


def _keep_one_series(pasts: Sequence[Past], actor: Actor) -> None:
    """A register that numbers the present session and the time after it in one series shows how the district counts:
    the setting follows, so that later numbers go on where the register ends."""
    session = latest_session(actor.congress_id, clock.today())
    one = [p for p in pasts if session and p.session.pk == session.pk and p.period == SessionPeriod.CLOSED]
    if not one or any(p.own_series for p in one) or not clocks.closed_series_is_separate(actor.congress_id):
        return
    reason = "台账把大会和闭会期间的建议编在同一序列"
    row = parameters.set_value(parameter=clocks.CLOSED_SERIES, raw="continue", reason=reason, actor=actor)
    record(actor, "accounts.setting_changed", row, key=clocks.CLOSED_SERIES.key, old="separate", new="continue")
