"""kill -9 in the middle of a load and in the middle of a move: afterwards nothing is half done, and it goes again."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from openrenda.audit.models import AuditEntry
from openrenda.kernel.models import OutboxEvent
from openrenda.suggestions import actions
from openrenda.suggestions.models import Step
from openrenda.suggestions.states import State
from tests.db.config.running import data_folder, eventually, run, surroundings
from tests.makers.district import a_folder
from tests.makers.suggestions import a_submitted, sc_rep

COUNT = (
    "from openrenda.orgs.models import Congress, Unit; print('found', Congress.objects.count(), Unit.objects.count())"
)
ACCEPT = """
import django
django.setup()
from openrenda.kernel.actor import Actor
from openrenda.suggestions import actions
actor = Actor("account:1", "clerk", {congress}, frozenset({roles}))
actions.accept(suggestion_id={pk}, actor=actor)
"""
WAITING = """SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()"""
OTHERS = """SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""


def count(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        (number,) = cursor.fetchone()
    return int(number)


def test_a_load_that_is_killed_leaves_nothing_and_goes_again(tmp_path: Path) -> None:
    with data_folder() as data:
        assert run(data, "migrate", "--quiet").returncode == 0
        said = tmp_path / "said"
        with said.open("wb") as out:
            load = subprocess.Popen(
                [sys.executable, "-m", "openrenda.cli.main", "load-district"],
                env=surroundings(data),
                stdout=out,
                stderr=out,
            )
        eventually(lambda: "重放 2024-10-1" in said.read_text("utf-8"), "the load did not get far enough")
        load.kill()
        load.wait()
        assert "found 0 0" in run(data, "manage", "shell", "--no-imports", "-c", COUNT).stdout
        small = a_folder(tmp_path / "small", suggestions=[3])
        again = run(data, "load-district", str(small))
        assert again.returncode == 0, again.stderr
        assert "found 1 " in run(data, "manage", "shell", "--no-imports", "-c", COUNT).stdout


@contextmanager
def audit_held() -> Iterator[None]:
    """While this lasts nobody can write the record, which is the last step of every action."""
    holder = connections.create_connection("default")
    try:
        with holder.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(f"LOCK TABLE {AuditEntry._meta.db_table} IN EXCLUSIVE MODE")
        yield
    finally:
        holder.close()


@pytest.mark.django_db(transaction=True)
def test_a_move_that_is_killed_before_its_record_has_not_happened() -> None:
    walk, office = a_submitted(), sc_rep()
    before = (Step.objects.count(), OutboxEvent.objects.count(), AuditEntry.objects.count())
    code = ACCEPT.format(congress=office.congress_id, roles=set(office.roles), pk=walk.pk)
    name, url = str(connection.settings_dict["NAME"]), settings.ENV.database_url
    there = urlsplit(url)._replace(path=f"/{name}").geturl() if url else settings.TEST_CLUSTER.url(name)
    mine = count(OTHERS)
    with audit_held():
        child = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "DATABASE_URL": there})
        eventually(lambda: count(WAITING) == 1 or child.poll() is not None, "the move did not come to its record")
        assert child.poll() is None
        child.kill()
        child.wait()
    eventually(lambda: count(OTHERS) == mine, "the server did not notice")
    assert walk.now.state == State.SUBMITTED
    assert (Step.objects.count(), OutboxEvent.objects.count(), AuditEntry.objects.count()) == before
    with transaction.atomic():
        actions.accept(suggestion_id=walk.pk, actor=office)
    assert walk.now.state == State.ACCEPTED
