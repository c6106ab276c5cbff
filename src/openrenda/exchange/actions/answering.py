"""A list that is handed over at once: written into a file without a name, or streamed as it is read."""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import BinaryIO

from django.utils import translation
from django.utils.translation import get_language

from openrenda.exchange import parameters, selectors, shelf
from openrenda.exchange.errors import TooLong, TooLongForVisitors, TooManyVisits
from openrenda.exchange.models import Export
from openrenda.exchange.tables import Value
from openrenda.exchange.writing import csv_lines
from openrenda.exchange.writing.plan import Head
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.parameters import number

from .composing import Wanted, compose, file_name, head_row
from .exports import checked_reason, record_answered

BATCH = 200
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """A file at its beginning, its name, and the line that says who has it now."""

    file: BinaryIO
    name: str
    export: Export


def answer(*, wanted: Wanted, actor: Actor, limit: int | None = None) -> Answer:
    """Write a small list and write down that it went out. TooLong where it has more rows than the setting says."""
    wanted = replace(wanted, reason=checked_reason(wanted.table, wanted.reason))
    most = number(parameters.AT_ONCE, actor.congress_id) if limit is None else limit
    file = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    try:
        rows = compose(wanted, actor, file, limit=most)
        sha256, size = shelf.measured(file)
        export = record_answered(wanted=wanted, actor=actor, rows=rows, size=size, sha256=sha256)
    except BaseException:
        file.close()
        raise
    return Answer(file, file_name(wanted), export)


def answer_visitor(*, wanted: Wanted, actor: Actor) -> Answer:
    """Excel for somebody without an account; TooLongForVisitors where CSV is the way."""
    most = number(parameters.VISITOR_ROWS, actor.congress_id)
    try:
        return answer(wanted=wanted, actor=actor, limit=most)
    except TooLong as error:
        raise TooLongForVisitors(n=most) from error


def check_visits(actor: Actor) -> None:
    """One address may not take everything all the time. Two queries."""
    since = clock.now() - HOUR
    taken = Export.objects.filter(by=actor.urn, origin=actor.origin[:60], asked_at__gt=since).count()
    if taken >= number(parameters.VISITOR_HOURLY, actor.congress_id):
        raise TooManyVisits


def stream(*, wanted: Wanted, actor: Actor) -> Iterator[bytes]:
    """CSV as it is read, however long; at its end, or where it broke off, it is written down what went out.

    The first piece is read before this returns, so that what is not theirs is refused as any page refuses it.
    """
    lines = selectors.lines(wanted.table, actor, wanted.params)
    first = list(islice(lines, BATCH))
    return _sent(wanted, actor, _spoken(first, lines, get_language() or "zh-hans"), head_row(wanted.table))


def _spoken(first: list[list[Value]], lines: Iterator[list[Value]], language: str) -> Iterator[list[Value]]:
    """The lines in the reader's language, which has gone from this thread when the server asks for them."""
    yield from first
    while True:
        with translation.override(language):
            batch = list(islice(lines, BATCH))
        if not batch:
            return
        yield from batch


def _sent(wanted: Wanted, actor: Actor, lines: Iterator[list[Value]], heads: list[Head]) -> Iterator[bytes]:
    digest, size, rows, is_whole = hashlib.sha256(), 0, 0, False

    def counting() -> Iterator[list[Value]]:
        nonlocal rows
        for rows, line in enumerate(lines, 1):  # noqa: B007  read below
            yield line

    try:
        for chunk in csv_lines.chunks(heads, counting(), wanted.form):
            digest.update(chunk)
            size += len(chunk)
            yield chunk
        is_whole = True
    finally:
        record_answered(wanted=wanted, actor=actor, rows=rows, size=size, sha256=digest.hexdigest(), is_whole=is_whole)
