"""Number series without gaps under concurrency (domain.md B.2)."""

from django.db import connection, transaction

from .models import NumberSeries

_TAKE = """
    INSERT INTO kernel_numberseries AS s (congress_id, series, last) VALUES (%s, %s, 1)
    ON CONFLICT ON CONSTRAINT one_row_per_series DO UPDATE SET last = s.last + 1
    RETURNING last
"""


def take(series: str, congress_id: int) -> int:
    """The next number of the series, starting at 1.

    The series' row stays locked until the caller's transaction ends: a rollback gives the number back, so the
    series has no gap. Must be called inside a transaction, as late in the action as possible. One query.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("numbering.take needs the action's transaction")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [congress_id, series])
        (number,) = cursor.fetchone()
    return int(number)


def start_after(series: str, congress_id: int, last: int) -> None:
    """Let the series continue after `last` (a load that brings its own numbers); never backwards."""
    NumberSeries.objects.bulk_create([NumberSeries(congress_id=congress_id, series=series)], ignore_conflicts=True)
    NumberSeries.objects.filter(congress_id=congress_id, series=series, last__lt=last).update(last=last)
