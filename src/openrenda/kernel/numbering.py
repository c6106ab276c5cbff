"""Number series without gaps under concurrency (domain.md B.2)."""

from django.db import connection, transaction

from .models import NumberSeries


def take(series: str, congress_id: int) -> int:
    """The next number of the series, starting at 1.

    The series' row stays locked until the caller's transaction ends: a rollback gives the number back, so the
    series has no gap. Must be called inside a transaction, as late in the action as possible.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("numbering.take needs the action's transaction")
    NumberSeries.objects.bulk_create(
        [NumberSeries(congress_id=congress_id, series=series)], ignore_conflicts=True
    )
    row = NumberSeries.objects.select_for_update().get(congress_id=congress_id, series=series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def start_after(series: str, congress_id: int, last: int) -> None:
    """Let the series continue after `last` (a load that brings its own numbers); never backwards."""
    NumberSeries.objects.bulk_create(
        [NumberSeries(congress_id=congress_id, series=series)], ignore_conflicts=True
    )
    NumberSeries.objects.filter(congress_id=congress_id, series=series, last__lt=last).update(last=last)
