"""A confirmed register is written: read again, judged again, and all of it or nothing."""

import logging
from collections.abc import Mapping

from django.db import connection, transaction

from openrenda.audit.actions import digest, record
from openrenda.exchange import kinds, origin
from openrenda.exchange.import_errors import ImportCancelled, MovedOn
from openrenda.exchange.import_states import ImportState
from openrenda.exchange.incoming.preparing import Prepared, Wishes, prepare
from openrenda.exchange.models import ImportFile, ImportRun
from openrenda.exchange.selectors import imports as selectors
from openrenda.exchange.values import Finding, Outcome, Progress
from openrenda.exchange.watch import Watch
from openrenda.exchange.workflow import RUN
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import OpenRendaError
from openrenda.kernel.text import N_

from .imports import actor_of, end, locked, plans_of, show

BROKEN = N_("写入时出错，已全部撤回并记录。请再试一次；仍不行请告诉系统管理员。")
STOPPED = N_("写入中途被取消，已全部撤回。")
_WRITTEN = (Outcome.ADD, Outcome.CHANGE)
_log = logging.getLogger(__name__)


class _Rejudged(Exception):
    """The world has moved on since the rows were checked; the new verdicts are shown after the rollback."""

    def __init__(self, prepared: Prepared, moved: MovedOn) -> None:
        super().__init__(moved)
        self.prepared, self.moved = prepared, moved


def write(*, run_id: int, also: Progress | None = None) -> ImportState | None:
    """Write a confirmed run in one transaction; what became of it, None when there was nothing to do.

    A worker that was killed has written nothing and begins anew.
    """
    run = ImportRun.objects.filter(pk=run_id, state=ImportState.WRITING).first()
    if run is None:
        return None
    actor = actor_of(run)
    try:
        with Watch(run.pk, also) as watch:
            return _write(run.pk, actor, watch)
    except ImportCancelled:
        return end(run, "cancel", actor, OpenRendaError(message=STOPPED, remedy=" "))
    except _Rejudged as moved:
        run.fault, run.fault_params = moved.moved.message, {**moved.moved.params, "remedy": moved.moved.remedy}
        return show(run, moved.prepared, "send_back", actor)
    except OpenRendaError as refusal:
        _log.warning("import %s was refused: %s", run.pk, refusal)
        return end(run, "fail", actor, refusal)
    except Exception:
        _log.exception("import %s failed", run.pk)
        return end(run, "fail", actor, OpenRendaError(message=BROKEN))


@transaction.atomic
def _write(run_id: int, actor: Actor, progress: Progress) -> ImportState | None:
    run = locked(run_id, actor)
    if run.state != ImportState.WRITING:
        return None
    before, kind = digest(run), kinds.kind(run.kind)
    _one_at_a_time(run)
    content = bytes(ImportFile.objects.get(run=run).content)
    prepared = prepare(content, kind, Wishes(plans_of(run)), actor, _quarter(progress))
    _must_still_be_right(run, prepared)
    wanted = [finding for finding in prepared.findings if finding.outcome in _WRITTEN]
    with origin.told(run.file_name, run.pk):
        written = kind.write(wanted, actor, _rest(progress)) if wanted else {}
    run.counts = _counted(prepared, written)
    run.state = RUN.take("finish", actor, run).lands(ImportState(run.state))
    run.ended_at = clock.now()
    run.save()
    progress(1, 1)
    record(
        actor, "exchange.imported", run, before=before, register=run.kind, sha256=run.sha256,
        added=run.counts["added"], changed=run.counts["changed"], left_out=run.counts["left_out"],
    )  # fmt: skip
    return ImportState.DONE


def _quarter(progress: Progress) -> Progress:
    """Judging again takes about a quarter of the way."""
    return lambda done, total: progress(done, 4 * total)


def _rest(progress: Progress) -> Progress:
    return lambda done, total: progress(total + 3 * done, 4 * total)


def _one_at_a_time(run: ImportRun) -> None:
    """Two files of one kind are written one after the other: the second is judged by what the first has written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {run.congress_id} {run.kind}"]
        )


def _must_still_be_right(run: ImportRun, prepared: Prepared) -> None:
    bad = {_place(finding) for finding in prepared.findings if finding.outcome is Outcome.BAD}
    fresh = bad - set(selectors.bad_rows(run))
    if fresh or (bad and not run.leaves_out):
        raise _Rejudged(prepared, MovedOn(n=len(fresh or bad)))


def _place(finding: Finding) -> tuple[str, int]:
    return finding.row.sheet[:100], finding.row.line


def _counted(prepared: Prepared, written: Mapping[str, int]) -> dict[str, int]:
    counts = prepared.counts()
    counts["added"], counts["changed"] = written.get("added", 0), written.get("changed", 0)
    counts["unchanged"] = counts[Outcome.SAME] + written.get("unchanged", 0)
    counts["left_out"] = counts[Outcome.BAD]
    return counts
