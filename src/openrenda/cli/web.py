"""`openrenda web`: the web server alone (a service manager keeps it running in production)."""

import argparse
import os
import sys

WORKERS = 2  # processes; one thread each: the fastest arrangement measured on two cores


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=WORKERS)


def command(*, host: str, port: int, workers: int = WORKERS) -> list[str]:
    """The server's command line."""
    return [
        *(sys.executable, "-m", "granian", "openrenda.config.wsgi:application"),
        *("--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "1", "--respawn-failed-workers"),
        *("--no-ws", "--log-level", "warning", "--backlog", "1024"),
    ]


def run(options: argparse.Namespace) -> int:
    """Becomes the server, so that whoever manages services talks to it directly."""
    server = command(host=options.host, port=options.port, workers=options.workers)
    os.execv(server[0], server)  # noqa: S606  our own interpreter and fixed words
