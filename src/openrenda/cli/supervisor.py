"""Keeps a few child processes running until told to stop, and leaves none behind, however it ends itself."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

STOP_SECONDS = 12.0  # the worker finishes its jobs within ten
TICK_SECONDS = 0.2
CRASHES, WITHIN_SECONDS = 5, 60.0
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class KeepsCrashing(Exception):
    """A child fell five times within a minute: restarting it again would only hide why."""


def die_with(parent: int) -> Callable[[], None]:
    """Run in a child before its program: the kernel tells it to stop when `parent` is gone, kill -9 included."""

    def arrange() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # it died while we were being born
                os._exit(1)

    return arrange


def spawn(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own, so that Ctrl-C reaches only the supervisor, which stops in order."""
    return subprocess.Popen(  # noqa: S603  our own programs
        list(command),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with(os.getpid()),  # noqa: PLW1509  the supervisor has one thread
    )


@dataclass
class Child:
    """A program that must run."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    falls: deque[float] = field(default_factory=lambda: deque(maxlen=CRASHES))

    def start(self) -> None:
        self.process = spawn(self.command)

    def fell(self) -> bool:
        """It ended though nobody asked it to."""
        return self.process is not None and self.process.poll() is not None

    def restart(self) -> None:
        """Also ends what the fallen process left running; gives up when it falls again and again."""
        self.send(signal.SIGKILL)
        now = time.monotonic()
        self.falls.append(now)
        if len(self.falls) == CRASHES and now - self.falls[0] < WITHIN_SECONDS:
            raise KeepsCrashing(self.name)
        self.start()

    def send(self, number: int) -> None:
        """To the process and all it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


@dataclass
class Supervisor:
    """Start, watch, stop."""

    children: Sequence[Child]
    stopping: bool = False
    guard: subprocess.Popen[bytes] | None = None

    def listen(self) -> None:
        """Ctrl-C, a closed terminal and a service manager all ask for the same: an orderly end."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def start(self) -> None:
        for child in self.children:
            child.start()
        self.guard = subprocess.Popen(
            [sys.executable, "-m", "openrenda.cli.guard"], stdin=subprocess.PIPE, start_new_session=True
        )
        for child in self.children:
            self._guarded(child)

    def _guarded(self, child: Child) -> None:
        """Let the guard know whom to end if we cannot."""
        if self.guard is not None and self.guard.stdin is not None and child.process is not None:
            self.guard.stdin.write(f"{self.children.index(child)} {child.process.pid}\n".encode("ascii"))
            self.guard.stdin.flush()

    def watch(self, *, until: Callable[[], bool]) -> bool:
        """Restart what falls until `until` is true (True) or somebody asks to stop (False)."""
        while not self.stopping:
            for child in self.children:
                if child.fell():
                    code = child.process.returncode if child.process else "?"
                    print(f"{child.name} 意外退出（{code}），正在重新启动 (restarted)", file=sys.stderr, flush=True)
                    child.restart()
                    self._guarded(child)
            if until():
                return True
            time.sleep(TICK_SECONDS)
        return False

    def stop(self) -> None:
        """Ask, wait, insist."""
        for child in self.children:
            child.send(signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(until - time.monotonic(), 0.1))
        for child in self.children:
            child.send(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
        if self.guard is not None:
            self.guard.kill()  # nothing is left to guard, and the numbers may soon be somebody else's
            self.guard.communicate()

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
