"""`openrenda demo`: one process that starts database, web and queue worker, and stops all three."""

import argparse
import fcntl
import importlib
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from openrenda.cli import ports, static_files, web
from openrenda.cli.embedded import Cluster
from openrenda.cli.main import embedded_cluster
from openrenda.cli.supervisor import Child, KeepsCrashing, Supervisor, die_with

HOST = "127.0.0.1"
OPENRENDA = (sys.executable, "-m", "openrenda.cli.main")
RESET = ("uploads", "mail", "static", "demo-clock.json")  # names, not "all the rest": the folder may be anybody's


class Refused(Exception):
    """Cannot start; the message says why and what to do."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The port, and what to begin with."""
    parser.add_argument("--port", type=int, help="端口；不写则从 8000 起找空闲的 (default: first free from 8000)")
    parser.add_argument("--empty", action="store_true", help="不装入虚构的云汀区 (without the fictional district)")
    parser.add_argument("--reset", action="store_true", help="清空演示数据，重新装入 (start afresh)")


def run(options: argparse.Namespace) -> int:
    """Runs until Ctrl-C; 0 after an orderly end, 1 when something kept failing, 2 when it could not begin."""
    data: Path = settings.ENV.data
    data.mkdir(parents=True, exist_ok=True)
    try:
        with _alone(data / "demo.lock") as note:
            return _serve(options, data, note)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2


def _serve(options: argparse.Namespace, data: Path, note: Path) -> int:
    cluster = embedded_cluster()
    if options.reset:
        _reset(data, cluster)
    port = _port(options.port)
    supervisor = Supervisor(
        [
            Child("网站 (web)", web.command(host=HOST, port=port)),
            Child("任务队列 (worker)", [*OPENRENDA, "worker"]),
        ]
    )
    with cluster.running() if cluster else nullcontext():
        if not _prepare(cluster, empty=options.empty):
            return 1
        address = f"http://{HOST}:{port}/"
        supervisor.listen()
        try:
            supervisor.start()
            if supervisor.watch(until=lambda: _healthy(address)):
                note.write_text(address, "utf-8")
                print(f"OpenRenda 演示站点 (demo): {address}  Ctrl-C 停止 (stops)", flush=True)
                supervisor.watch(until=lambda: False)
        except KeepsCrashing as crash:
            print(f"{crash} 反复退出，已全部停止；原因见上 (keeps crashing; see above)", file=sys.stderr)
            return 1
        finally:
            supervisor.stop()
    return 0


@contextmanager
def _alone(path: Path) -> Iterator[Path]:
    """One demonstration per data folder; the lock goes with the process, however it ends."""
    with path.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refused(f"演示站点已在运行 (already running): {lock.read() or '…'}") from None
        path.write_text("", "utf-8")
        yield path
        path.write_text("", "utf-8")


def _port(wanted: int | None) -> int:
    try:
        port = ports.choose(HOST, wanted)
    except ports.PortTaken as taken:
        raise Refused(f"端口 {taken} 已被占用，请换一个 (port {taken} is taken; choose another)") from None
    if wanted is None and port != ports.FIRST:
        print(f"端口 {ports.FIRST} 已被占用，改用 {port} (port {ports.FIRST} is taken, using {port})", flush=True)
    return port


def _reset(data: Path, cluster: Cluster | None) -> None:
    """Throw the demonstration's data away; its keys stay."""
    if cluster is None:
        raise Refused("RESET 只用于内置数据库；请自行清空 DATABASE_URL 指向的库 (embedded database only)")
    if cluster.in_use():
        raise Refused("还有其他 openrenda 命令在使用数据库，请先停止 (another command is using the database)")
    cluster.destroy()
    for path in (data / name for name in RESET):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _prepare(cluster: Cluster | None, *, empty: bool) -> bool:
    """Tables, the search, static files, and the district if none is there."""
    if cluster is not None:
        cluster.ensure_database("openrenda")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    importlib.import_module("openrenda.cli.reindex").build_if_old()  # imports models, which exist since setup
    static_files.collect(Path(settings.STATIC_ROOT))
    enough = empty or _district_is_loaded()
    connections.close_all()
    return enough or _load_district()


def _district_is_loaded() -> bool:
    """Asked in SQL: this module is imported before Django knows its models."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM orgs_congress)")
        (found,) = cursor.fetchone()
    return bool(found)


def _load_district() -> bool:
    print("第一次启动：正在装入虚构的云汀区，约一分钟 (first start: loading the district, about a minute)", flush=True)
    load = subprocess.run(  # noqa: S603  our own command
        [*OPENRENDA, "load-district"],
        check=False,
        preexec_fn=die_with(os.getpid()),
    )
    return load.returncode == 0


def _healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}healthz", timeout=5) as answer:  # noqa: S310  our own http address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
