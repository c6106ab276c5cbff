"""The error workbook of a run, made anew from its file whenever somebody wants it."""

import io

from django.db import transaction

from openrenda.audit.actions import record
from openrenda.exchange import kinds
from openrenda.exchange.import_errors import FileForgotten
from openrenda.exchange.incoming.plan import SheetPlan
from openrenda.exchange.incoming.preparing import Wishes, read_and_plan
from openrenda.exchange.models import ImportFile, ImportRun
from openrenda.exchange.reading import Book
from openrenda.exchange.selectors.imports import bad_rows
from openrenda.exchange.states import Format
from openrenda.exchange.writing import faults
from openrenda.kernel.actor import Actor

from .imports import plans_of


def _read(run: ImportRun) -> tuple[Book, list[SheetPlan]]:
    kept = ImportFile.objects.filter(run=run).first()
    if kept is None or not run.sheets:
        raise FileForgotten
    return read_and_plan(bytes(kept.content), kinds.kind(run.kind), Wishes(plans_of(run)))


@transaction.atomic
def taken_out(*, run: ImportRun, form: Format, actor: Actor) -> io.BytesIO:
    """The rows as they came, with what is wrong: Excel, or CSV with the reasons in a last column. It may hold personal
    data, so whoever takes it is on record. Raises FileForgotten once the file is gone."""
    book, plans = _read(run)
    out, kind, bad = io.BytesIO(), kinds.kind(run.kind), bad_rows(run)
    if form is Format.XLSX:
        faults.write_workbook(out, book, plans, bad, kind)
    else:
        faults.write_csv(out, book, plans, bad, kind, form.encoding)
    record(actor, "exchange.import_faults_taken", run, format=form.value, bad=len(bad))
    out.seek(0)
    return out
