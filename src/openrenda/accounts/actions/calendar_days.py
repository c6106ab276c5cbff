"""Entering the State Council's notice before the package has it, and letting open deadlines follow."""

from datetime import date, timedelta

from django.db import transaction

from openrenda.accounts.rules import may_apply_calendar, may_edit_calendar, require
from openrenda.audit.actions import digest, record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import forget_calendar, fresh_calendar
from openrenda.kernel.errors import Invalid, NotFound
from openrenda.kernel.models import CalendarDay
from openrenda.kernel.recompute import DueChange, all_recomputes
from openrenda.kernel.text import N_
from openrenda.kernel.workdays import DayKind
from openrenda.orgs.models import Congress

MOST_DAYS = 31


@transaction.atomic
def mark_days(
    *, first: date, last: date, kind: DayKind, source: str, actor: Actor, note: str = ""
) -> list[CalendarDay]:
    """Say what each day from `first` to `last` is, whatever the notices known to the package say."""
    require(may_edit_calendar, actor)
    if not source.strip():
        raise Invalid(fields={"source": N_("请写明依据，例如国务院办公厅通知的文号。")})
    if last < first:
        raise Invalid(fields={"last": N_("结束日期不能早于开始日期。")})
    if (last - first).days >= MOST_DAYS:
        raise Invalid(fields={"last": N_("一次最多登记 31 天。")})
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    rows = [_mark(day, kind, note=note.strip(), source=source.strip(), actor=actor) for day in days]
    transaction.on_commit(forget_calendar)
    return rows


def _mark(day: date, kind: DayKind, *, note: str, source: str, actor: Actor) -> CalendarDay:
    row = CalendarDay.objects.select_for_update().filter(day=day).first()
    before = digest(row) if row else ""
    row = row or CalendarDay(day=day)
    row.kind, row.note, row.source, row.created_at = kind, note, source, clock.now()
    row.save()
    record(actor, "accounts.calendar_day_marked", row, before=before, day=day.isoformat(), day_kind=str(kind))
    return row


@transaction.atomic
def clear_day(*, day: date, actor: Actor) -> None:
    """Take back an override: the notices hold again."""
    require(may_edit_calendar, actor)
    row = CalendarDay.objects.select_for_update().filter(day=day).first()
    if row is None:
        raise NotFound("accounts.no_calendar_day")
    record(actor, "accounts.calendar_day_cleared", row, before=digest(row), day=day.isoformat(), day_kind=row.kind)
    row.delete()
    transaction.on_commit(forget_calendar)


@transaction.atomic
def apply_recompute(*, actor: Actor) -> list[DueChange]:
    """Let every open deadline follow the calendar in force; each owner records its cases, this records the whole."""
    congress = Congress.objects.select_for_update().get(pk=actor.congress_id)
    require(may_apply_calendar, actor)
    forget_calendar()  # the owners read the one in force
    calendar = fresh_calendar()
    moved: list[DueChange] = []
    for kind in all_recomputes():
        changes = kind.apply(actor, calendar)
        record(actor, "accounts.deadlines_recomputed", congress, deadlines=kind.name, moved=len(changes))
        moved += changes
    return moved
