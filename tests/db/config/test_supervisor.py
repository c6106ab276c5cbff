"""`openrenda demo` with real processes: start, restart, ports, orderly end."""

import random
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from openrenda.cli.embedded import Cluster
from tests.db.config.running import alive, data_folder, demo, run

READY = "演示站点 (demo): http://127.0.0.1:"


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


@pytest.fixture
def port() -> int:
    """Free, and below those that the system gives to outgoing connections of the tests beside this one."""
    while True:
        with socket.socket() as probe, suppress(OSError):
            number = random.randint(20_000, 32_000)  # noqa: S311  any will do
            probe.bind(("127.0.0.1", number))
            return number


def test_it_starts_says_where_and_ends_in_order(data: Path, port: int) -> None:
    with demo(data, "--port", str(port)) as running:
        running.wait_until(READY)
        assert running.port == port
        assert running.health() == 200
        children = running.children()
        assert len(children) == 3, "web, worker, and the guard that ends them if we are killed"
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(30) == 0
    assert not any(alive(pid) for pid in children)
    assert not Cluster(data / "pg").in_use()


def test_commands_work_beside_the_running_site_and_without_it(data: Path, port: int) -> None:
    question = (
        "manage",
        "shell",
        "--no-imports",
        "-c",
        "from django.db import connection as c; c.ensure_connection(); print('there')",
    )
    assert "there" in run(data, *question).stdout
    with demo(data, "--port", str(port)) as running:
        running.wait_until(READY)
        assert "there" in run(data, *question).stdout
        assert running.health() == 200, "a command that ends must not take the database with it"


def test_a_taken_port_that_was_asked_for_is_an_error(data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        done = run(data, "demo", "--empty", "--port", str(taken))
    assert done.returncode == 2
    assert f"{taken} is taken" in done.stderr


def test_a_taken_default_port_is_said_and_the_next_free_one_used(data: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(("127.0.0.1", 8000))
            other.listen()
        except OSError:
            assert True, "somebody else holds it already"
        with demo(data) as running:
            running.wait_until(READY)
            assert running.port > 8000
            assert "8000 is taken" in running.said


def test_a_second_demonstration_on_the_same_data_is_told_where_the_first_is(data: Path, port: int) -> None:
    with demo(data, "--port", str(port)) as running:
        running.wait_until(READY)
        second = run(data, "demo", "--empty")
        assert second.returncode == 2
        assert f"http://127.0.0.1:{port}/" in second.stderr


def test_reset_begins_afresh_and_keeps_the_keys(data: Path, port: int) -> None:
    assert run(data, "migrate", "--quiet").returncode == 0
    kept = (data / "secret-key").read_text("ascii")
    (data / "uploads").mkdir(exist_ok=True)
    (data / "uploads" / "photo.jpg").write_bytes(b"old")
    (data / "letter.txt").write_text("not ours", "utf-8")
    with demo(data, "--port", str(port), "--reset") as running:
        running.wait_until(READY)
        assert running.health() == 200
    assert not (data / "uploads" / "photo.jpg").exists()
    assert (data / "letter.txt").exists()
    assert (data / "secret-key").read_text("ascii") == kept
