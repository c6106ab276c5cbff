"""What the database itself refuses, kept as code and carried by migrations (django-pgtrigger)."""

from typing import Any

import pgtrigger
from django.db import connection

from .workflow import Workflow

_APPEND_ONLY = """
    RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'check_violation';
"""


def append_only_trigger(name: str) -> pgtrigger.Trigger:
    """Refuse UPDATE, DELETE and TRUNCATE, also from raw SQL and whether or not a row would have been hit.

    It stands against mistakes and against whoever may write but not alter tables. The tables' owner can drop it.
    """
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
        func=_APPEND_ONLY,
    )


def state_path_trigger(workflow: Workflow[Any], column: str = "state") -> pgtrigger.Trigger:
    """The workflow's table compiled: a row starts in an initial state and moves along its edges only."""
    first = ", ".join(f"'{state.value}'" for state in workflow.initial)
    steps = ", ".join(sorted(f"'{a.value}>{b.value}'" for a, b in workflow.edges() if a != b))
    func = f"""
        IF TG_OP = 'INSERT' THEN
            IF NEW.{column} NOT IN ({first}) THEN
                RAISE EXCEPTION 'illegal first state % of %', NEW.{column}, TG_TABLE_NAME
                    USING ERRCODE = 'check_violation';
            END IF;
        ELSIF OLD.{column} IS DISTINCT FROM NEW.{column}
              AND OLD.{column} || '>' || NEW.{column} NOT IN ({steps}) THEN
            RAISE EXCEPTION 'illegal step % to % of %', OLD.{column}, NEW.{column}, TG_TABLE_NAME
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """
    return pgtrigger.Trigger(
        name=f"{workflow.name.replace('.', '_')}_state_path",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=func,
    )


def leave_none_out() -> None:
    """Say for this transaction that no trigger is left out.

    Unless told so, each trigger asks a setting that does not exist and catches the error: a subtransaction per row,
    which made 100,000 rows in one transaction ten times slower than the triggers' own work.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
