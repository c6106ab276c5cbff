"""The index as a whole, made anew from the objects, in batches that commit: what is interrupted goes on from there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

from openrenda.kernel import clock

from .. import kinds
from ..kinds import Kind
from ..models import Build, Entry
from ..selectors import profile
from .index import BATCH, write

VERSION = 1
"""Raise it when lexemes change: the next `openrenda migrate` then makes all entries anew."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a kind is: objects done in this run."""

    kind: str
    done: int


Watch = Callable[[Progress], None]


def version_of(kind: Kind) -> str:
    return f"{VERSION}.{kind.version}"


def is_old() -> bool:
    """Is the index of some kind missing, unfinished, of another version of the code, or empty while there are objects?

    One query and one for each kind, two for a kind of which nothing is found.
    """
    return bool(_old())


def _old() -> list[Kind]:
    done = {row.kind: row for row in Build.objects.filter(finished_at__isnull=False)}
    return [
        kind
        for kind in kinds.all_kinds()
        if kind.name not in done or done[kind.name].version != version_of(kind) or _is_lost(kind)
    ]


def _is_lost(kind: Kind) -> bool:
    return not Entry.objects.filter(kind=kind.name).exists() and bool(kind.every(0, 1))


def build_if_old(watch: Watch = lambda _: None) -> int:
    """Make what is missing or old; what is as it should be is left alone. Returns the number of objects looked at."""
    count = sum(_build(kind, watch) for kind in _old())
    _finish(count)
    return count


def rebuild(kind: str | None = None, watch: Watch = lambda _: None) -> int:
    """Make all entries (of one kind) anew, whatever is there. Interrupted, `build_if_old` goes on with it.

    Returns the number of objects looked at. Searches and writes go on meanwhile.
    """
    wanted = [kinds.kind(kind)] if kind else kinds.all_kinds()
    with transaction.atomic():
        for one in wanted:
            Build.objects.filter(kind=one.name).delete()
    count = sum(_build(one, watch) for one in wanted)
    _finish(count)
    return count


def _build(kind: Kind, watch: Watch) -> int:
    version = version_of(kind)
    row, _ = Build.objects.get_or_create(kind=kind.name, defaults={"version": version})
    if row.version != version or row.finished_at is not None:
        row.version, row.reached, row.finished_at = version, 0, None
        row.save()
    count = 0
    while ids := kind.every(row.reached, BATCH):
        with transaction.atomic():
            _take_out_strangers(kind.name, row.reached, ids)
            write(kind, ids)
            row.reached = ids[-1]
            row.save(update_fields=["reached"])
        count += len(ids)
        watch(Progress(kind.name, count))
    Entry.objects.filter(kind=kind.name, object_id__gt=row.reached).delete()
    row.finished_at = clock.now()
    row.save(update_fields=["finished_at"])
    return count


def _take_out_strangers(kind: str, after: int, ids: list[int]) -> None:
    """Entries of objects that are gone."""
    between = Entry.objects.filter(kind=kind, object_id__gt=after, object_id__lte=ids[-1])
    between.exclude(object_id__in=ids).delete()


def _finish(count: int) -> None:
    """Kinds that nobody registers any more go; the database learns what the entries are like now."""
    names = [kind.name for kind in kinds.all_kinds()]
    Entry.objects.exclude(kind__in=names).delete()
    if count:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_entry")
    profile.forget()
