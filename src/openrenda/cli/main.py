"""`openrenda COMMAND`: finds the command in the table, starts the database if it must, runs it, ends with its code."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, cast

import django
from django.conf import settings

from openrenda.cli.embedded import Cluster, DatabaseDown
from openrenda.cli.table import COMMANDS, Entry
from openrenda.kernel.errors import OpenRendaError

DEFAULT_SETTINGS = "openrenda.config.settings.demo"


class Command(Protocol):
    """What a command's module offers."""

    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of the console script."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEFAULT_SETTINGS)
    name = given[0] if given else "--help"
    if name not in COMMANDS:
        return _usage(asked=name in {"-h", "--help", "help"}, name=name)
    try:
        return _run(name, COMMANDS[name], given[1:])
    except DatabaseDown as error:
        print(f"数据库没有启动 (the database did not start): {error}", file=sys.stderr)
    except OpenRendaError as error:
        print(f"{error}\n{error.remedy}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def _run(name: str, entry: Entry, arguments: list[str]) -> int:
    if entry.django:
        django.setup()
    command = cast("Command", importlib.import_module(entry.module))
    parser = argparse.ArgumentParser(prog=f"openrenda {name}", description=entry.help)
    command.configure(parser)
    with _database(wanted=entry.database):
        return command.run(parser.parse_args(arguments))


@contextmanager
def _database(*, wanted: bool) -> Iterator[None]:
    """The embedded server for the time of the command; nothing to do where DATABASE_URL names a real one."""
    cluster = embedded_cluster() if wanted else None
    if cluster is None:
        yield
        return
    with cluster.running():
        cluster.ensure_database(settings.DATABASES["default"]["NAME"])
        yield


def embedded_cluster() -> Cluster | None:
    """The cluster in the data folder, unless a database is given from outside."""
    return None if settings.ENV.database_url else Cluster(settings.ENV.data / "pg")


def _usage(*, asked: bool, name: str) -> int:
    """All commands with a line each; on standard error when nobody asked."""
    stream = sys.stdout if asked else sys.stderr
    if not asked:
        print(f"没有这个命令 (no such command): {name}", file=stream)
    print("用法 (usage): openrenda COMMAND [OPTIONS]\n", file=stream)
    for command, entry in COMMANDS.items():
        print(f"  {command:<14} {entry.help}", file=stream)
    print("\n每个命令加 --help 可看说明 (COMMAND --help tells more)。", file=stream)
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main())
