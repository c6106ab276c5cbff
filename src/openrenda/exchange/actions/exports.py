"""Lists go out: at once and written down, or asked for, written by the worker, kept some days, deleted."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import get_language
from procrastinate.contrib.django import app as queue

from openrenda.audit.actions import digest, record
from openrenda.exchange import parameters, selectors, shelf
from openrenda.exchange.errors import Cancelled, NoExport, TooManyExports
from openrenda.exchange.events import ExportEnded
from openrenda.exchange.models import Export
from openrenda.exchange.states import OPEN_EXPORTS, ExportState, Format
from openrenda.exchange.tables import Table
from openrenda.kernel import clock, pii
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import BadWords, Conflict, OpenRendaError
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number
from openrenda.kernel.text import N_

from .composing import Wanted, compose, filters_in_words

WRITE_TASK = "openrenda.exchange.export_tasks.write_export"
NO_LONGER_YOURS = N_("您的岗位已经变化，这个列表不再对您开放。")
BROKEN = N_("生成时出错，已记录。请再试一次；仍不行请告诉系统管理员。")
VISITS_KEPT = timedelta(days=90)
_log = logging.getLogger(__name__)


def checked_reason(table: Table, reason: str) -> str:
    """The reason as it is kept; Invalid when a list with personal data is asked for without one. No query."""
    words = " ".join(reason.split())
    if table.personal and not words:
        raise BadWords(fields={"reason": N_("请写明导出理由。")})
    return words[:200]


def _row(wanted: Wanted, actor: Actor, state: ExportState) -> Export:
    return Export(
        congress_id=actor.congress_id,
        table=wanted.table.name,
        format=wanted.form,
        params=dict(wanted.params),
        filters=pii.mask(filters_in_words(wanted, actor))[:500],
        reason=checked_reason(wanted.table, wanted.reason),
        language=get_language() or "zh-hans",
        by=actor.urn,
        by_name=actor.name[:120],
        roles=sorted([role, scope] for role, scope in actor.roles),
        origin=actor.origin[:60],
        state=state,
        asked_at=clock.now(),
    )


@transaction.atomic
def record_answered(
    *, wanted: Wanted, actor: Actor, rows: int, size: int, sha256: str, is_whole: bool = True
) -> Export:
    """Write down a list that is handed over at once: what, why, how many rows, the digest of the file."""
    row = _row(wanted, actor, ExportState.ANSWERED)
    row.rows, row.size, row.sha256, row.ended_at = rows, size, sha256, clock.now()
    row.save(force_insert=True)
    _audit(actor, row, is_whole=is_whole)
    return row


def _audit(actor: Actor, row: Export, *, before: str = "", is_whole: bool = True) -> None:
    record(
        actor, "exchange.exported", row, before=before, table=row.table, format=row.format, rows=row.rows,
        filters=row.filters[:200], reason=row.reason, sha256=row.sha256, is_whole=is_whole,
    )  # fmt: skip


@transaction.atomic
def ask_for(*, wanted: Wanted, actor: Actor) -> Export:
    """Have a large list written in the background. Asking again for the same while it is written gives the same.

    TooManyExports when this person's others are not done yet.
    """
    if actor.is_anonymous:
        raise NoExport
    fresh = _row(wanted, actor, ExportState.WAITING)
    _one_at_a_time(actor)
    others = selectors.open_exports(actor)
    same = next((one for one in others if _is_same(one, fresh)), None)
    if same is not None:
        return same
    if len(others) >= number(parameters.MOST_OPEN, actor.congress_id):
        raise TooManyExports(n=len(others))
    fresh.save(force_insert=True)
    record(
        actor, "exchange.asked", fresh, table=fresh.table, format=fresh.format,
        filters=fresh.filters[:200], reason=fresh.reason,
    )  # fmt: skip
    queue.configure_task(WRITE_TASK, lock=f"export:{fresh.pk}").defer(export_id=fresh.pk)
    return fresh


def _one_at_a_time(actor: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"exports {actor.urn}"])


def _is_same(one: Export, other: Export) -> bool:
    return (one.table, one.format, one.params, one.roles) == (other.table, other.format, other.params, other.roles)


@transaction.atomic
def cancel(*, export_id: int, actor: Actor) -> Export:
    """Give up an export of one's own that is not done yet; the worker stops at its next look."""
    row = Export.objects.select_for_update().filter(pk=export_id, by=actor.urn, congress_id=actor.congress_id).first()
    if row is None:
        raise NoExport
    if row.state not in OPEN_EXPORTS:
        raise Conflict
    before = digest(row)
    row.state, row.ended_at = ExportState.CANCELLED, clock.now()
    row.save(update_fields=["state", "ended_at"])
    record(actor, "exchange.cancelled", row, before=before)
    return row


# -- the worker --------------------------------------------------------------------------------------------------------


def write_file(*, export_id: int) -> ExportState | None:
    """Write what was asked for; what became of it, None when there is nothing to do (cancelled, done before).

    It is read as whoever asked would read it now, with the hat worn then. A worker that was killed begins anew.
    """
    row = Export.objects.filter(pk=export_id, state__in=[str(state) for state in OPEN_EXPORTS]).first()
    if row is None:
        return None
    with translation.override(row.language):
        try:
            return _write(row)
        except Cancelled:
            return ExportState.CANCELLED
        except OpenRendaError:
            return _fail(row, NO_LONGER_YOURS)
        except Exception:
            _log.exception("export %s failed", row.pk)
            return _fail(row, BROKEN)


def actor_of(row: Export) -> Actor:
    """Whoever asked, with the hat that was worn."""
    kind, _, pk = row.by.partition(":")
    return Actor(
        urn=row.by,
        name=row.by_name,
        congress_id=row.congress_id,
        roles=frozenset((role, scope) for role, scope in row.roles),
        person_id=int(pk) if kind == "person" else None,
        origin="queue",
    )


def _write(row: Export) -> ExportState:
    actor = actor_of(row)
    table = selectors.table_for(actor, row.table)
    wanted = Wanted(table, row.params, Format(row.format), row.reason)
    with shelf.writing(row.pk) as file:
        rows = compose(wanted, actor, file, number=row.pk, progress=_told(row))
        return _keep(row, actor, rows, file)


def _told(row: Export) -> Callable[[int], None]:
    """Shows the progress, and stops when it was cancelled."""

    def progress(done: int) -> None:
        still = Export.objects.filter(pk=row.pk, state__in=[str(state) for state in OPEN_EXPORTS])
        if not still.update(rows=done, state=ExportState.RUNNING):
            raise Cancelled

    progress(0)
    return progress


@transaction.atomic
def _keep(row: Export, actor: Actor, rows: int, file: BinaryIO) -> ExportState:
    held = Export.objects.select_for_update().get(pk=row.pk)
    if held.state != ExportState.RUNNING:
        raise Cancelled
    before, kept = digest(held), shelf.put(row.pk, file)
    held.state, held.rows, held.size, held.sha256, held.token = (
        ExportState.READY,
        rows,
        kept.size,
        kept.sha256,
        kept.token,
    )
    held.ended_at = clock.now()
    held.kept_until = clock.now() + timedelta(days=number(parameters.KEEP_DAYS, row.congress_id))
    held.save(update_fields=["state", "rows", "size", "sha256", "token", "ended_at", "kept_until"])
    _audit(actor, held, before=before)
    publish(ExportEnded(export_id=held.pk, is_ready=True), actor)
    return ExportState.READY


@transaction.atomic
def _fail(row: Export, why: str) -> ExportState:
    held = Export.objects.select_for_update().get(pk=row.pk)
    if held.state not in OPEN_EXPORTS:
        return ExportState(held.state)
    before = digest(held)
    held.state, held.fault, held.ended_at = ExportState.FAILED, why, clock.now()
    held.save(update_fields=["state", "fault", "ended_at"])
    actor = actor_of(row)
    record(actor, "exchange.failed", held, before=before)
    publish(ExportEnded(export_id=held.pk, is_ready=False), actor)
    return ExportState.FAILED


def expire(*, export_id: int, actor: Actor) -> bool:
    """Delete a file whose days are over (剩余信息保护, GB/T 22239-2019 8.1.4.9); its line stays. Was it still there?"""
    with transaction.atomic():
        row = Export.objects.select_for_update().filter(pk=export_id, state=ExportState.READY).first()
        if row is None or row.kept_until is None or row.kept_until > clock.now():
            return False
        before, token = digest(row), row.token
        row.state, row.token = ExportState.GONE, ""
        row.save(update_fields=["state", "token"])
        record(actor, "exchange.expired", row, before=before)
    shelf.remove(token)
    return True


def forget_visits() -> int:
    """Drop the lines of visitors after ninety days: they only serve the limit per hour, and the record keeps them."""
    over = Export.objects.filter(by="public", asked_at__lt=clock.now() - VISITS_KEPT)
    return over.delete()[0]
