"""The database of tests is a test database."""

from django.db import connection


def test_each_run_has_its_own_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_setting('server_version_num')::int >= 120000")
        name, recent = cursor.fetchone()
    assert name.startswith("test_openrenda_")
    assert recent
