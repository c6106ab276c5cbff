"""Is the installation well? Asked by `openrenda check` and, through /healthz, by the supervisor and by monitors."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

# A worker says every 10 seconds that it lives; a job that could run and has waited five minutes is stuck.
QUEUE = """
SELECT (SELECT coalesce(max(last_heartbeat) > now() - interval '60 seconds', false) FROM procrastinate_workers),
       NOT EXISTS (
           SELECT 1 FROM procrastinate_jobs job
           JOIN procrastinate_events event ON event.job_id = job.id AND event.type IN ('deferred', 'deferred_for_retry')
           WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at < now() - interval '5 minutes')
           GROUP BY job.id HAVING max(event.at) < now() - interval '5 minutes')
"""


class NotMigrated(Exception):
    """The code expects tables that the database does not have yet."""


@cache
def _schema_is_current() -> bool:
    """Asked of the disk once: a process whose database was current stays so, for new code means a new process."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigrated
    return True


def look() -> dict[str, str]:
    """Each part and "ok", or what is wrong with it and what to do."""
    parts = {"database": "ok", "migrations": "ok", "queue": "ok"}
    try:
        _schema_is_current()
        with connection.cursor() as cursor:
            cursor.execute(QUEUE)
            alive, flowing = cursor.fetchone()
    except DatabaseError:
        return {"database": "no answer", "migrations": "unknown", "queue": "unknown"}
    except NotMigrated:
        return parts | {"migrations": "missing: run `openrenda migrate`", "queue": "unknown"}
    if not alive:
        parts["queue"] = "no worker has reported for a minute: run `openrenda worker`"
    elif not flowing:
        parts["queue"] = "a job has waited for more than five minutes"
    return parts
