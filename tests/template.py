"""One migrated database per state of the migrations, kept in the test cluster; each run copies it in a moment."""

import fcntl
import hashlib
from pathlib import Path
from typing import LiteralString

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

PREFIX = "openrenda_template_"
KEPT = 4  # the newest; others belong to migrations of yesterday


def migrated() -> str:
    """The name of the database to copy, made if it is not there. Two runs that ask at once make it once."""
    name = PREFIX + _fingerprint()
    folder = settings.TEST_CLUSTER.folder.parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "test-template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(
            settings.ENV.database_url or settings.TEST_CLUSTER.url("postgres"), autocommit=True
        ) as server:
            if not _names(server, name):
                _make(server, name)
    return name


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(f"{config.label}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _make(server: psycopg.Connection, name: str) -> None:
    """Migrated under another name and renamed: a run that is killed leaves no half-made template behind."""
    building = f"{PREFIX}building"
    _do(server, "DROP DATABASE IF EXISTS {}", building)
    _do(server, "CREATE DATABASE {} TEMPLATE template0", building)
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = building
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    _do(server, "ALTER DATABASE {} RENAME TO {}", building, name)
    for old in _names(server, f"{PREFIX}%")[KEPT:]:
        _do(server, "DROP DATABASE IF EXISTS {}", old)


def _names(server: psycopg.Connection, pattern: str) -> list[str]:
    """Newest first."""
    rows = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", [pattern])
    return [name for (name,) in rows]


def _do(server: psycopg.Connection, statement: LiteralString, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
