"""Registers come in: taken in, checked, mapped anew, confirmed or given up. Writing itself stands in `writing_in`."""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as queue

from openrenda.audit.actions import digest, record
from openrenda.documents.rules.kinds import shown_name
from openrenda.exchange import kinds, parameters
from openrenda.exchange.import_errors import ImportCancelled, NoImport, SameFileOpen
from openrenda.exchange.import_states import ImportState, Via
from openrenda.exchange.incoming.plan import SheetPlan, settled
from openrenda.exchange.incoming.preparing import Prepared, Wishes, prepare
from openrenda.exchange.models import ImportFile, ImportMapping, ImportProgress, ImportRow, ImportRun
from openrenda.exchange.reading.files import look_at
from openrenda.exchange.selectors import imports as selectors
from openrenda.exchange.values import Finding, ImportKind, Outcome, Progress
from openrenda.exchange.watch import Watch
from openrenda.exchange.workflow import RUN
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound, OpenRendaError
from openrenda.kernel.parameters import number
from openrenda.kernel.text import N_

CHECK_TASK = "openrenda.exchange.import_tasks.check_import"
WRITE_TASK = "openrenda.exchange.import_tasks.write_import"
BROKEN = N_("读取或核对时出错，已记录。请再试一次；仍不行请告诉系统管理员。")
LEFT_LYING = N_("放了太久没有确认，已自动取消。")
_log = logging.getLogger(__name__)


def take_in(*, kind_name: str, file: BinaryIO, size: int, name: str, actor: Actor, via: Via = Via.PAGE) -> ImportRun:
    """Take a file in, to be checked by the worker (by the caller, for the command line).

    Raises NotFound for a kind that is not this actor's, FileUnreadable for what can be told at a glance, SameFileOpen
    while the same file is on its way in.
    """
    kind = kinds.kind(kind_name)
    if not kind.may(actor):
        raise NotFound("exchange.no_kind")
    look_at(file, size)
    file.seek(0)
    content = file.read()
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        with transaction.atomic():
            run = _begin(kind, content, shown_name(PurePosixPath(name).name), sha256, actor, via)
    except IntegrityError as error:
        raise _same_file(actor, kind, sha256) from error
    return run


def _begin(kind: ImportKind, content: bytes, name: str, sha256: str, actor: Actor, via: Via) -> ImportRun:
    run = ImportRun(
        congress_id=actor.congress_id,
        kind=kind.name,
        file_name=name,
        sha256=sha256,
        size=len(content),
        via=via,
        state=ImportState.CHECKING,
        started_at=clock.now(),
    )
    in_charge(run, actor)
    run.save(force_insert=True)
    ImportFile.objects.create(run=run, content=content)
    ImportProgress.objects.create(run=run, at=clock.now())
    record(
        actor, "exchange.import_begun", run, register=kind.name, sha256=sha256, size=run.size, via=str(via)
    )  # fmt: skip
    if via is Via.PAGE:
        _defer(CHECK_TASK, run)
    return run


def in_charge(run: ImportRun, actor: Actor) -> None:
    """Whose hat the worker wears."""
    run.by, run.by_name, run.person_id, run.origin = actor.urn, actor.name[:120], actor.person_id, actor.origin[:60]
    run.roles = sorted([role, scope] for role, scope in actor.roles)


def _same_file(actor: Actor, kind: ImportKind, sha256: str) -> OpenRendaError:
    known = selectors.open_run(actor.congress_id, kind.name, sha256)
    if known is None:  # it ended between the two looks
        return SameFileOpen(0, who="", state=ImportState.CHECKING.label)
    return SameFileOpen(known.pk, who=known.by_name, state=ImportState(known.state).label)


def _defer(task: str, run: ImportRun) -> None:
    queue.configure_task(task, lock=f"import:{run.pk}").defer(run_id=run.pk)


def actor_of(run: ImportRun) -> Actor:
    """Whoever began or confirmed it, with the hat that was worn."""
    return Actor(
        urn=run.by,
        name=run.by_name,
        congress_id=run.congress_id,
        roles=frozenset((role, scope) for role, scope in run.roles),
        person_id=run.person_id,
        origin="cli" if run.via == Via.CLI else "queue",
    )


def plans_of(run: ImportRun) -> list[SheetPlan]:
    """The mapping as it stands."""
    return [SheetPlan.from_json(one) for one in run.sheets]


def locked(run_id: int, actor: Actor) -> ImportRun:
    """The run for update; NoImport when it is unknown or another congress's."""
    run = ImportRun.objects.select_for_update().filter(pk=run_id, congress_id=actor.congress_id).first()
    if run is None:
        raise NoImport
    return run


# -- checking ----------------------------------------------------------------------------------------------------------


def check(
    *, run_id: int, also: Progress | None = None, sheets: Sequence[str] = (), pairs: Sequence[str] = ()
) -> ImportState | None:
    """Read the file and judge every row; what became of it, None when there was nothing to do.

    `sheets` and `pairs` are what the command line says of the mapping; BadMapping when they fit nothing.
    """
    run = ImportRun.objects.select_related("file").filter(pk=run_id, state=ImportState.CHECKING).first()
    if run is None:
        return None
    kind, actor = kinds.kind(run.kind), actor_of(run)
    wishes = Wishes(plans_of(run), selectors.kept_mappings(run.congress_id, run.kind), sheets, pairs)
    try:
        with Watch(run.pk, also) as watch:
            prepared = prepare(bytes(run.file.content), kind, wishes, actor, watch)
            return show(run, prepared, "show", actor)
    except ImportCancelled:
        return ImportState.CANCELLED
    except OpenRendaError as refusal:
        if pairs:
            raise
        return end(run, "refuse", actor, refusal)
    except Exception:
        _log.exception("import %s could not be checked", run.pk)
        return end(run, "fail", actor, OpenRendaError(message=BROKEN))


@transaction.atomic
def show(run: ImportRun, prepared: Prepared, move: str, actor: Actor) -> ImportState | None:
    """Keep the verdicts for the preview. None when the run was given up meanwhile."""
    held = locked(run.pk, actor)
    if held.state not in {ImportState.CHECKING, ImportState.WRITING}:
        return None
    before, counts = digest(held), prepared.counts()
    if move == "show" and counts["rows"] and counts["rows"] == counts[Outcome.SAME]:
        move = "find_same"
    held.state = RUN.take(move, actor, held).lands(ImportState(held.state))
    held.format, held.counts = prepared.book.format, counts
    held.sheets = [plan.as_json() for plan in prepared.plans]
    held.ended_at = clock.now() if move == "find_same" else None
    held.fault, held.fault_params = run.fault, run.fault_params
    held.save()
    ImportRow.objects.filter(run=held).delete()
    ImportRow.objects.bulk_create(kept_rows(held, prepared), batch_size=2000)
    record(
        actor, f"exchange.import_{'same' if move == 'find_same' else 'checked'}", held, before=before,
        rows=counts["rows"], bad=counts[Outcome.BAD],
    )  # fmt: skip
    return ImportState(held.state)


def kept_rows(run: ImportRun, prepared: Prepared) -> Iterable[ImportRow]:
    """The verdicts as they are kept."""
    kind = kinds.kind(run.kind)
    for position, finding in enumerate(prepared.findings, 1):
        yield ImportRow(
            run=run,
            position=position,
            sheet=finding.row.sheet[:100],
            line=finding.row.line,
            title=title_of(finding, kind),
            outcome=finding.outcome,
            detail=_detail(finding),
        )


def title_of(finding: Finding, kind: ImportKind) -> str:
    """What tells a reader which row it is: its key, and the first required column besides."""
    cells = finding.row.cells
    words = [cells.get(key, "") for key in kind.keys]
    other = next((c.key for c in kind.columns if c.required and not c.is_key and cells.get(c.key)), "")
    return " ".join(" ".join([*words, cells.get(other, "")]).split())[:80]


def _detail(finding: Finding) -> dict[str, Any]:
    said = {
        "faults": [
            {"column": one.column, "reason": one.reason, "params": _plain(one.params)} for one in finding.faults
        ],
        "notes": [{"column": one.column, "text": one.text, "params": _plain(one.params)} for one in finding.notes],
        "changes": [[one.column, one.before, one.after] for one in finding.changes],
    }
    return {name: value for name, value in said.items() if value}


def _plain(params: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int) else str(value)[:120] for name, value in params.items()}


@transaction.atomic
def end(run: ImportRun, move: str, actor: Actor, why: OpenRendaError) -> ImportState:
    """End a run that wrote nothing, with its reason. One that has ended meanwhile stays as it is."""
    held = locked(run.pk, actor)
    if held.ended_at is not None:
        return ImportState(held.state)
    before = digest(held)
    held.state = RUN.take(move, actor, held).lands(ImportState(held.state))
    held.ended_at = clock.now()
    held.fault, held.fault_params = why.message, {**_plain(why.params), "remedy": why.remedy}
    held.save()
    record(actor, f"exchange.import_{held.state}", held, before=before, code=why.code)
    return ImportState(held.state)


def refusal_of(run: ImportRun) -> OpenRendaError:
    """Why it ended, as it was said then."""
    params = {name: value for name, value in run.fault_params.items() if name != "remedy"}
    return OpenRendaError("", run.fault, str(run.fault_params.get("remedy", "")), **params)


# -- what the user decides ---------------------------------------------------------------------------------------------


@transaction.atomic
def remap(*, run_id: int, plans: Sequence[SheetPlan], actor: Actor) -> ImportRun:
    """Change which column is which, keep it for next time, and have the file checked again."""
    run = locked(run_id, actor)
    before = digest(run)
    run.state = RUN.take("remap", actor, run).lands(ImportState(run.state))
    run.sheets, run.leaves_out, run.fault, run.fault_params = [plan.as_json() for plan in plans], False, "", {}
    run.save()
    keep_mappings(run, plans, actor)
    ImportProgress.objects.filter(run=run).update(done=0, total=0, at=clock.now())
    record(actor, "exchange.import_remapped", run, before=before)
    _defer(CHECK_TASK, run)
    return run


def keep_mappings(run: ImportRun, plans: Sequence[SheetPlan], actor: Actor) -> None:
    """Next time the same header is mapped so at once."""
    for plan in plans:
        if plan.is_taken:
            ImportMapping.objects.update_or_create(
                congress_id=run.congress_id,
                kind=run.kind,
                fingerprint=plan.fingerprint,
                defaults={"columns": settled(plan), "by": actor.urn, "saved_at": clock.now()},
            )


@transaction.atomic
def confirm(*, run_id: int, leave_out: bool, actor: Actor) -> ImportRun:
    """Have the rows written; the bad ones are left out only if that is said.

    Raises Blocked while rows are wrong and none are left out, or when nothing would be written.
    """
    run = locked(run_id, actor)
    before = digest(run)
    run.leaves_out = leave_out
    run.state = RUN.take("confirm", actor, run).lands(ImportState(run.state))
    in_charge(run, actor)
    run.fault, run.fault_params = "", {}
    run.save()
    ImportProgress.objects.filter(run=run).update(done=0, total=0, at=clock.now())
    record(actor, "exchange.import_confirmed", run, before=before, leaves_out=leave_out)
    if not actor.is_system:  # the command line writes itself, whoever confirms on a page has the worker do it
        _defer(WRITE_TASK, run)
    return run


@transaction.atomic
def cancel(*, run_id: int, actor: Actor) -> ImportRun:
    """Give a run up. One that is being written stops at its next look and takes back what it wrote."""
    rows = ImportRun.objects.filter(pk=run_id, congress_id=actor.congress_id)
    ImportProgress.objects.filter(run_id__in=rows.values("pk")).update(is_to_stop=True)
    run = rows.select_for_update(skip_locked=True).first()
    if run is None:
        busy = rows.first()
        if busy is None:
            raise NoImport
        RUN.take("cancel", actor, busy)
        return busy
    before = digest(run)
    run.state = RUN.take("cancel", actor, run).lands(ImportState(run.state))
    run.ended_at = clock.now()
    run.save()
    record(actor, "exchange.import_cancelled", run, before=before)
    return run


# -- afterwards --------------------------------------------------------------------------------------------------------


def sweep(congress_id: int) -> int:
    """Give up what was left lying, delete files and verdicts whose days are over; the runs' lines stay. How many."""
    actor = Actor.system("exchange.sweep", congress_id)
    days = number(parameters.IMPORT_KEEP_DAYS, congress_id)
    old = selectors.over(congress_id, days)
    for run in old:
        if run.ended_at is None:
            end(run, "cancel", actor, OpenRendaError(message=LEFT_LYING, remedy=" "))
        _forget(run.pk, actor)
    return len(old)


@transaction.atomic
def _forget(run_id: int, actor: Actor) -> None:
    run = locked(run_id, actor)
    ImportFile.objects.filter(run=run).delete()
    ImportRow.objects.filter(run=run).delete()
    record(actor, "exchange.import_swept", run)
