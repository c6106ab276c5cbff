"""Moves constraints and indexes of a first migration into the tables' own operations.

Django writes each as an operation of its own and builds all models anew for every one: with two hundred of them a
fresh database takes ten times as long. Run it on a migration that was just generated and not yet released:
`python tools/fold_migrations.py orgs liaison`.
"""

import argparse
import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter

OPTION = {AddConstraint: "constraints", AddIndex: "indexes"}


def main() -> int:
    """Prints how many operations each migration had and has."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("apps", nargs="+")
    parser.add_argument("--name", default="0001_initial")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openrenda.config.settings.test")
    django.setup()
    loader = MigrationLoader(None)
    for app in options.apps:
        migration = loader.get_migration(app, options.name)
        before = len(migration.operations)
        migration.operations = folded(migration)
        path = Path(apps.get_app_config(app).path, "migrations", f"{options.name}.py")
        path.write_text(MigrationWriter(migration).as_string(), "utf-8")
        print(f"{app}: {before} operations, now {len(migration.operations)}")
    return 0


def folded(migration: Migration) -> list[Operation]:
    """The same tables in fewer steps. What is about a field that a table gets only later stays where it is."""
    later = {(op.model_name_lower, op.name) for op in migration.operations if isinstance(op, AddField)}
    tables = {op.name_lower: op for op in migration.operations if isinstance(op, CreateModel)}
    kept: list[Operation] = []
    for operation in migration.operations:
        option = OPTION.get(type(operation))
        if option is None or operation.model_name_lower not in tables:
            kept.append(operation)
            continue
        part = operation.constraint if isinstance(operation, AddConstraint) else operation.index
        told = repr(part.deconstruct())
        if any(model == operation.model_name_lower and field in told for model, field in later):
            kept.append(operation)
        else:
            table = tables[operation.model_name_lower]
            table.options[option] = [*table.options.get(option, []), part]
    return kept


if __name__ == "__main__":
    sys.exit(main())
