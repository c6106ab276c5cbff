"""`openrenda demo` with real processes: what dies or is killed, and what comes after."""

import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.db.config.running import alive, data_folder, demo, eventually

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


def test_a_crashed_child_is_restarted(data: Path, port: int) -> None:
    with demo(data, "--port", str(port)) as running:
        running.wait_until(READY)
        before = running.children()
        os.kill(before[0], signal.SIGKILL)
        running.wait_until("restarted")
        eventually(lambda: running.health() == 200, "the web server did not come back")
        assert running.children() != before


def test_kill_9_leaves_no_children_and_the_next_start_is_well(data: Path, port: int) -> None:
    with demo(data, "--port", str(port)) as running:
        running.wait_until(READY)
        children = running.children()
        running.process.kill()
        running.process.wait()
    eventually(lambda: not any(alive(pid) for pid in children), "children outlived their supervisor", 20)
    with demo(data, "--port", str(port)) as again:
        again.wait_until(READY)
        assert again.health() == 200


STUBBORN = """
import sys, time
from openrenda.cli.supervisor import Child, Supervisor
child = Child("stubborn", ["sh", "-c", "trap '' TERM; while :; do sleep 1; done"])
Supervisor([child]).start()
print(child.process.pid, flush=True)
time.sleep(600)
"""


def test_a_child_that_does_not_listen_is_ended_after_kill_9() -> None:
    with subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE) as supervisor:
        assert supervisor.stdout is not None
        child = int(supervisor.stdout.readline())
        supervisor.kill()
    assert alive(child)
    eventually(lambda: not alive(child), "the guard did not insist", 30)


def test_the_site_survives_a_killed_database_after_a_restart(data: Path, port: int) -> None:
    with demo(data, "--port", str(port)) as running:
        running.wait_until(READY)
        os.kill(int((data / "pg" / "postmaster.pid").read_text("ascii").split()[0]), signal.SIGKILL)
        running.process.kill()
        running.process.wait()
    with demo(data, "--port", str(port)) as again:
        again.wait_until(READY)
        assert again.health() == 200
