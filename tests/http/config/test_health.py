"""/healthz says which part is not well."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from openrenda.cli import health

HEARTBEAT = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)"
WAITING = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status) VALUES ('default', 'x', 0, '{}', 'todo')
RETURNING id
"""
EMPTY = (
    "DELETE FROM procrastinate_events",
    "DELETE FROM procrastinate_periodic_defers",
    "DELETE FROM procrastinate_jobs",
    "DELETE FROM procrastinate_workers",
)
SINCE = "UPDATE procrastinate_events SET at = now() - %s::interval WHERE job_id = %s"


@pytest.fixture(autouse=True)
def _forget(db: None) -> Iterator[None]:
    # Tests that commit (browsers) leave their jobs behind: the queue's tables are not Django's to empty.
    for statement in EMPTY:
        execute(statement)
    health._schema_is_current.cache_clear()
    yield
    health._schema_is_current.cache_clear()


def execute(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def test_all_is_well_while_a_worker_reports(client: Client) -> None:
    execute(HEARTBEAT, "5 seconds")
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "migrations": "ok", "queue": "ok"}
    assert "no-store" in answer["Cache-Control"]


def test_a_silent_worker_is_named(client: Client) -> None:
    execute(HEARTBEAT, "2 minutes")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "no worker" in answer.json()["queue"]


@pytest.mark.parametrize(("waited", "status"), [("1 minute", 200), ("6 minutes", 503)])
def test_a_job_that_waits_too_long_is_named(client: Client, waited: str, status: int) -> None:
    execute(HEARTBEAT, "5 seconds")
    ((job,),) = execute(WAITING)
    execute(SINCE, waited, job)
    answer = client.get("/healthz")
    assert answer.status_code == status
    assert ("a job has waited" in answer.json()["queue"]) == (status == 503)


def test_a_missing_migration_is_named(client: Client) -> None:
    execute("DELETE FROM django_migrations WHERE app = 'audit'")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "openrenda migrate" in answer.json()["migrations"]


def test_nobody_can_post_to_it(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
