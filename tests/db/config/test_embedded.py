"""The embedded server: deep folders, several users, stale notes, kill -9."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from openrenda.cli.embedded import Cluster
from tests.db.config.running import data_folder


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with data_folder() as data:
        yield data


def answers(cluster: Cluster) -> bool:
    try:
        psycopg.connect(cluster.url("postgres")).close()
    except psycopg.OperationalError:
        return False
    return True


def test_the_last_user_stops_it(folder: Path) -> None:
    cluster = Cluster(folder / "pg")
    with cluster.running():
        with cluster.running():
            assert answers(cluster)
        assert answers(cluster), "the first user is still here"
        assert cluster.in_use()
    assert not answers(cluster)
    assert not cluster.in_use()


def test_a_user_that_was_killed_does_not_count(folder: Path) -> None:
    cluster = Cluster(folder / "pg")
    script = (
        "import pathlib, sys, time\n"
        "from openrenda.cli.embedded import Cluster\n"
        "with Cluster(pathlib.Path(sys.argv[1])).running():\n"
        "    print('up', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, cluster.folder], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"up\n"
        other.kill()
    assert answers(cluster)
    assert not cluster.in_use()
    with cluster.running():
        assert answers(cluster)
    assert not answers(cluster)


@pytest.mark.parametrize("name", ["深" * 60, "with space, and comma's"])
def test_any_folder_will_do(folder: Path, name: str) -> None:
    cluster = Cluster(folder / name / "pg")
    with cluster.running():
        cluster.ensure_database("openrenda")
        cluster.ensure_database("openrenda")
        with psycopg.connect(cluster.url("openrenda")) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("openrenda",)
    assert cluster.socket_folder.stat().st_mode & 0o077 == 0, "nobody else may knock: there are no passwords"
    cluster.destroy()
    assert not cluster.socket_folder.exists()


def test_what_was_committed_survives_kill_9(folder: Path) -> None:
    cluster = Cluster(folder / "pg")
    with cluster.running():
        with psycopg.connect(cluster.url("postgres")) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS number")
        os.kill(int((cluster.folder / "postmaster.pid").read_text("ascii").split()[0]), signal.SIGKILL)
        with cluster.running(), psycopg.connect(cluster.url("postgres")) as connection:
            assert connection.execute("SELECT number FROM kept").fetchone() == (42,)


def test_a_note_whose_number_is_now_a_strangers_is_thrown_away(folder: Path) -> None:
    cluster = Cluster(folder / "pg")
    with cluster.running():
        note = (cluster.folder / "postmaster.pid").read_text("ascii").splitlines()
    note[0] = str(os.getpid())
    (cluster.folder / "postmaster.pid").write_text("\n".join(note) + "\n", "ascii")
    with cluster.running():
        assert answers(cluster)


def test_a_half_made_cluster_is_made_anew(folder: Path) -> None:
    cluster = Cluster(folder / "half" / "pg")
    cluster.folder.mkdir(parents=True)
    (cluster.folder / "PG_VERSION").write_text("18\n", "ascii")
    with cluster.running():
        assert answers(cluster)
    cluster.destroy()
