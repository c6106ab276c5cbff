"""The workflow's table, compiled: PostgreSQL itself refuses jumps, from raw SQL too."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, models, transaction

from openrenda.kernel.triggers import state_path_trigger
from tests.makers.kernel import Stage, a_workflow

FLOW = a_workflow()
EDGES = {(str(a), str(b)) for a, b in FLOW.edges()}
PAIRS = [(str(a), str(b)) for a in Stage for b in Stage]


class Case(models.Model):
    """A table for this module alone."""

    state = models.CharField(max_length=10)
    text = models.CharField(max_length=10)

    class Meta:
        app_label = "kernel"
        managed = False
        db_table = "test_case"

    def __str__(self) -> str:
        return self.state


@pytest.fixture(autouse=True)
def _table(db: None) -> Iterator[None]:
    trigger = state_path_trigger(FLOW)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE test_case (id serial PRIMARY KEY, state varchar(10), text varchar(10) DEFAULT '')")
        cursor.execute(str(trigger.compile(Case).install_sql))
    return


def execute(sql: str, *values: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def put(state: str) -> None:
    """A row in any state, the trigger asleep."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("INSERT INTO test_case (state) VALUES (%s)", [state])
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_only_the_tables_steps_are_taken(source: str, target: str) -> None:
    put(source)
    if (source, target) in EDGES or source == target:
        execute("UPDATE test_case SET state = %s", target)
    else:
        with pytest.raises(DatabaseError, match=f"illegal step {source} to {target}"):
            execute("UPDATE test_case SET state = %s", target)


@pytest.mark.parametrize("state", [str(state) for state in Stage])
def test_a_case_begins_at_the_beginning(state: str) -> None:
    if state == "draft":
        execute("INSERT INTO test_case (state) VALUES (%s)", state)
    else:
        with pytest.raises(DatabaseError, match=f"illegal first state {state}"):
            execute("INSERT INTO test_case (state) VALUES (%s)", state)


def test_a_state_nobody_knows_is_refused() -> None:
    put("draft")
    with pytest.raises(DatabaseError, match="illegal step"):
        execute("UPDATE test_case SET state = %s", "gone")


def test_other_columns_change_freely() -> None:
    put("closed")
    execute("UPDATE test_case SET text = %s", "补记")
