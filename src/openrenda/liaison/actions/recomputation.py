"""A changed calendar meets running clocks: first shown what would change, then done, old and new day kept
(peers' trap: a new holiday that nobody applied to running cases)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.errors import NotAllowed
from openrenda.kernel.text import N_
from openrenda.kernel.workdays import Calendar
from openrenda.liaison.models import Clock, Opinion, Referral
from openrenda.liaison.rules import clocks
from openrenda.liaison.states import ClockKind
from openrenda.orgs.states import Role

from .case import lock, replace, running, show, tell, write

_NOTE = N_("工作日历调整后重新计算")


@dataclass(frozen=True, slots=True)
class Change:
    """One running clock that the calendar moves."""

    clock_id: int
    opinion_id: int
    number: str
    kind: ClockKind
    old: date
    new: date


def preview_recomputation(*, congress_id: int, calendar: Calendar | None = None) -> list[Change]:
    """Running clocks whose day differs under the calendar (the one in force, or a proposed one). One query."""
    cal = calendar or load_calendar()
    rows = Clock.objects.filter(opinion__congress_id=congress_id, met_on=None, is_superseded=False)
    changes = []
    for row in rows.select_related("opinion").order_by("opinion_id", "pk").iterator():
        new = clocks.deadline_of(row, cal).due
        if new != row.due:
            changes.append(Change(row.pk, row.opinion_id, row.opinion.number, ClockKind(row.kind), row.due, new))
    return changes


@transaction.atomic
def apply_recomputation(*, actor: Actor) -> list[Change]:
    """Move the running clocks to where the calendar in force puts them; returns what was changed."""
    if not (actor.has(Role.SC_OFFICE, Role.SC_REP) or actor.is_system):
        raise NotAllowed
    changes = preview_recomputation(congress_id=actor.congress_id)
    for opinion_id in sorted({change.opinion_id for change in changes}):
        mine = [change for change in changes if change.opinion_id == opinion_id]
        opinion = lock(opinion_id, actor)
        before = digest(opinion)
        for change in mine:
            _move(opinion, change)
        write(opinion)
        tell(opinion, "recompute", _NOTE, actor)
        record(
            actor,
            "liaison.clocks_recomputed",
            opinion,
            before=before,
            **{change.kind.value: f"{change.old} → {change.new}" for change in mine},
        )
    return changes


def _move(opinion: Opinion, change: Change) -> None:
    row = running(opinion, change.kind).get(pk=change.clock_id)
    moved = replace(row, length=row.length, note=_NOTE)
    if opinion.due_kind == change.kind:
        show(opinion, change.kind, moved.due)
    if change.kind is ClockKind.ANSWER:
        opinion.answer_due = moved.due
    if row.referral_id is not None and change.kind in (ClockKind.HANDLE, ClockKind.SIGN):
        column = "due" if change.kind is ClockKind.HANDLE else "sign_due"
        Referral.objects.filter(pk=row.referral_id).update(**{column: moved.due})
