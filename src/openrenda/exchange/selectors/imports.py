"""What comes in: the runs one may see, their rows, mappings kept for next time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet

from openrenda.exchange import kinds
from openrenda.exchange.import_errors import NoImport
from openrenda.exchange.import_states import OPEN_IMPORTS
from openrenda.exchange.incoming.plan import Kept
from openrenda.exchange.models import ImportMapping, ImportRow, ImportRun
from openrenda.exchange.values import Fault, Outcome
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor

PAGE = 50
OPEN_STATES = [str(state) for state in OPEN_IMPORTS]


@dataclass(frozen=True, slots=True)
class RunPage:
    """Runs, newest first; `before` is the cursor of the next page."""

    rows: list[ImportRun]
    before: int | None


@dataclass(frozen=True, slots=True)
class RowPage:
    """Rows in the file's order; `after` is the cursor of the next page."""

    rows: list[ImportRow]
    after: int | None


def _of(actor: Actor) -> QuerySet[ImportRun]:
    names = [kind.name for kind in kinds.open_to(actor)]
    return ImportRun.objects.filter(congress_id=actor.congress_id, kind__in=names)


def runs(actor: Actor, *, before: int | None = None, size: int = PAGE) -> RunPage:
    """Imports of the kinds that are this actor's, whoever began them. One query."""
    rows = _of(actor).select_related("progress").order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    return RunPage(found[:size], found[size - 1].pk if len(found) > size else None)


def run_for(actor: Actor, pk: int) -> ImportRun:
    """One run with its progress; NoImport for what is unknown or not theirs. One query."""
    row = _of(actor).select_related("progress").filter(pk=pk).first()
    if row is None:
        raise NoImport
    return row


def rows_page(run: ImportRun, *, outcome: Outcome | None = None, after: int | None = None, size: int = PAGE) -> RowPage:
    """The verdicts. One query."""
    rows = ImportRow.objects.filter(run=run)
    if outcome is not None:
        rows = rows.filter(outcome=outcome)
    if after is not None:
        rows = rows.filter(position__gt=after)
    found = list(rows.order_by("position")[: size + 1])
    return RowPage(found[:size], found[size - 1].position if len(found) > size else None)


def bad_rows(run: ImportRun) -> Mapping[tuple[str, int], Sequence[Fault]]:
    """By sheet and line: what is wrong there. One query."""
    rows = ImportRow.objects.filter(run=run, outcome=Outcome.BAD).order_by("position")
    return {(row.sheet, row.line): faults_of(row) for row in rows}


def faults_of(row: ImportRow) -> list[Fault]:
    """The faults that were kept with a row. No query."""
    return [Fault(one["column"], one["reason"], one["params"]) for one in row.detail.get("faults", ())]


def kept_mappings(congress_id: int, kind: str) -> Kept:
    """Mappings of this kind, by fingerprint. One query."""
    rows = ImportMapping.objects.filter(congress_id=congress_id, kind=kind)
    return dict(rows.values_list("fingerprint", "columns"))


def open_run(congress_id: int, kind: str, sha256: str) -> ImportRun | None:
    """The run in which this very file is on its way in. One query."""
    rows = ImportRun.objects.filter(congress_id=congress_id, kind=kind, sha256=sha256, state__in=OPEN_STATES)
    return rows.select_related("progress").first()


def over(congress_id: int, days: int) -> list[ImportRun]:
    """Runs with a file that ended, or were left lying, so many days ago. One query."""
    limit = clock.now() - timedelta(days=days)
    idle = Q(ended_at__lt=limit) | Q(ended_at=None, progress__at__lt=limit)
    return list(ImportRun.objects.filter(idle, congress_id=congress_id, file__isnull=False).order_by("pk"))
