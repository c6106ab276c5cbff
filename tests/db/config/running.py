"""Starts our own programs for tests, each in a data folder of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from openrenda.cli.embedded import Cluster

SECONDS = 240.0  # a fresh database on a busy machine
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


@contextmanager
def data_folder() -> Iterator[Path]:
    """Not pytest's tmp_path: started by root, the server opens the way to its data for a helper user."""
    folder = Path(tempfile.mkdtemp(prefix="openrenda-test-"))
    try:
        yield folder
    finally:
        Cluster(folder / "pg").destroy()
        shutil.rmtree(folder, ignore_errors=True)
        _log(folder).unlink(missing_ok=True)


def _log(data: Path) -> Path:
    """Beside the folder: a reset empties the folder itself."""
    return data.with_name(f"{data.name}.log")


def surroundings(data: Path) -> dict[str, str]:
    """The environment of a demonstration in `data`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return {**kept, "OPENRENDA_DATA": str(data), "PYTHONUNBUFFERED": "1"}


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "openrenda.cli.main", *arguments],
        env=surroundings(data),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@dataclass
class Demo:
    """A running demonstration."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    @property
    def port(self) -> int:
        found = ADDRESS.search(self.said)
        assert found, self.said
        return int(found.group(1))

    def wait_until(self, text: str) -> None:
        """Until it says so, or is over."""
        eventually(lambda: text in self.said or self.process.poll() is not None, f"waiting for {text!r}: {self.said}")
        assert text in self.said, self.said

    def health(self) -> int:
        """The status of /healthz; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=60) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def children(self) -> list[int]:
        listing = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(pid) for pid in listing.split()]


@contextmanager
def demo(data: Path, *arguments: str) -> Iterator[Demo]:
    """Started without the district, which takes a minute; whatever happens, nothing is left running."""
    log = _log(data)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "openrenda.cli.main", "demo", "--empty", *arguments],
            env=surroundings(data),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    running = Demo(process, log)
    try:
        yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
        process.kill()
        process.wait()


def eventually(true: object, otherwise: str, seconds: float = SECONDS) -> None:
    """Poll a condition; fail with a sentence when time is up."""
    assert callable(true)
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, otherwise
        time.sleep(0.1)


def alive(pid: int) -> bool:
    """Whether the process exists and is not merely waiting to be buried."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"
