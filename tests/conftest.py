"""What holds at every level: a frozen clock, no network, a database of one's own, no silent skip on CI."""

import fcntl
import os
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

import pytest
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations

from openrenda.accounts.tenancy import forget_congress
from openrenda.kernel import clock as kernel_clock
from openrenda.kernel.calendars import forget_calendar
from tests import template

START = datetime(2025, 3, 10, 9, 0, tzinfo=kernel_clock.ZONE)  # a Monday
ON_CI = os.environ.get("CI") == "true"
LEVELS = ("unit", "db", "http", "browser", "repo")
WITH_DATABASE = {"db", "http", "browser"}
SUFFIX = pytest.StashKey[str]()
HELD = pytest.StashKey[TextIO]()
EMPTY_QUEUE = "TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE"


# --- levels -----------------------------------------------------------------------------------------------------------


def level_of(item: pytest.Item) -> str:
    """The folder under tests/ decides what a test may touch."""
    parts = item.path.relative_to(Path(__file__).parent).parts
    return parts[0] if parts[0] in LEVELS else ""


def _turn(item: pytest.Item) -> int:
    """Files that start programs and browsers come first: one that begins last would keep a single worker busy."""
    parts = item.path.relative_to(Path(__file__).parent).parts
    slow = parts[0] == "browser" or parts[:2] in {("db", "config"), ("db", "cli")}
    return 0 if slow else 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Levels with a database get it without being asked; a level's prohibitions are errors of collection."""
    items.sort(key=_turn)  # after pytest-randomly; stable, so that each group stays shuffled
    for item in items:
        level = level_of(item)
        names = set(getattr(item, "fixturenames", ()))
        marked = item.get_closest_marker("django_db")
        if level == "unit" and (marked or names & {"db", "transactional_db"}):
            raise pytest.UsageError(f"{item.nodeid}: a unit test touches no database; move it to tests/db.")
        if level == "db" and names & {"client", "page", "live_server"}:
            raise pytest.UsageError(f"{item.nodeid}: a db test sends no requests; move it to tests/http.")
        if level in WITH_DATABASE and marked is None:
            item.add_marker(pytest.mark.django_db(transaction=level == "browser"))


# --- a skip on CI is a failure ----------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    """What CI skips, nobody proves."""
    report = yield
    if ON_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped on CI, which counts as failed: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[Any]:
    """The same for a module that skips itself."""
    report = yield
    if ON_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped on CI, which counts as failed: {report.longrepr}"
    return report


# --- the database -----------------------------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """A name for this run's databases that no other run uses now."""
    given = getattr(config, "workerinput", {}).get("openrenda_suffix")
    config.stash[SUFFIX] = given or _free_suffix(config, settings.ENV.test_suffix)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """The workers of pytest-xdist share the run's name; each adds its own number."""
    node.workerinput["openrenda_suffix"] = node.config.stash[SUFFIX]


def _free_suffix(config: pytest.Config, wanted: str) -> str:
    folder = settings.TEST_CLUSTER.folder.parent
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, 100):
        suffix = wanted if number == 1 else f"{wanted}_{number}"
        lock = (folder / f"test-run.{suffix}.lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            config.stash[HELD] = lock
            return suffix
    raise pytest.UsageError("a hundred test runs at once?")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the name."""
    if HELD in config.stash:
        config.stash[HELD].close()


@pytest.fixture(scope="session")
def _cluster() -> Iterator[None]:
    """The test cluster is up while any process of any run needs it; the last one out stops it."""
    if settings.ENV.database_url:
        yield
        return
    with settings.TEST_CLUSTER.running():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(_cluster: None, request: pytest.FixtureRequest, django_db_blocker: Any) -> None:
    """test_openrenda_<suffix>[_gw0], a copy of a database that is migrated already."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    name = "_".join(filter(None, ["test_openrenda", request.config.stash[SUFFIX], worker]))
    wanted = settings.DATABASES["default"]["TEST"]
    wanted["NAME"] = re.sub(r"\W", "_", name)
    with django_db_blocker.unblock():
        wanted["TEMPLATE"] = template.migrated()
    wanted["MIGRATE"] = False


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_what_is_append_only() -> Iterator[None]:
    """Between tests that commit, tables are emptied, the queue's too, which are not Django's to empty; triggers that
    refuse just this sleep for that one statement."""
    original = DatabaseOperations.execute_sql_flush

    def flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        original(self, ["SET LOCAL session_replication_role = replica", *sql_list, EMPTY_QUEUE])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
        yield


@pytest.fixture(autouse=True, scope="session")
def _files_of_ones_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each worker keeps its files apart: row 1 of one database is not row 1 of another, and one sweep spares nobody."""
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("files"))


# --- the clock --------------------------------------------------------------------------------------------------------


class FrozenClock:
    """Stands still until it is moved."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    @property
    def now(self) -> datetime:
        return kernel_clock.now()

    @property
    def today(self) -> date:
        return kernel_clock.today()

    def at(self, moment: datetime | date) -> datetime:
        """Set it; a date means nine in the morning."""
        return self._stack.enter_context(kernel_clock.at(moment))

    def forward(self, **distance: float) -> datetime:
        """`forward(days=3)`."""
        return self.at(self.now + timedelta(**distance))


@pytest.fixture(autouse=True)
def clock() -> Iterator[FrozenClock]:
    """Monday 10 March 2025, nine o'clock in Shanghai, in every test."""
    with ExitStack() as stack:
        stack.enter_context(kernel_clock.at(START))
        yield FrozenClock(stack)


# --- what a process keeps ---------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _forget_what_is_kept() -> None:
    """Calendar and congress are kept for seconds per process: no test may meet another's."""
    forget_calendar()
    forget_congress()


# --- the network ------------------------------------------------------------------------------------------------------


class NetworkBlocked(RuntimeError):
    """A test tried to leave this machine."""


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only loopback and Unix sockets; `@pytest.mark.network` says otherwise."""
    if request.node.get_closest_marker("network"):
        return
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_loopback(str(address[0])):
            raise NetworkBlocked(f"{address}: tests stay on this machine")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def _is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")
