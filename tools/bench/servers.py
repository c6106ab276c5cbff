"""A server as `openrenda web` starts it, for the time of a block."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from openrenda.cli import ports, web
from openrenda.cli.supervisor import Child, Supervisor

from .places import ROOT, environment

HOST, WORKERS, FIRST_PORT, START_SECONDS = "127.0.0.1", 2, 8400, 60


@contextmanager
def serving(settings: str, first_answer: str, database: str = "big") -> Iterator[int]:
    """The port of a running server with these settings on one of the databases."""
    port = _free_port()
    server = subprocess.Popen(  # noqa: S603  our own program
        web.command(host=HOST, port=port, workers=WORKERS),
        cwd=ROOT,
        env=environment(database, settings),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port, first_answer, server)
        yield port
    finally:
        Supervisor([Child("server", (), server)]).stop()


def _free_port() -> int:
    return next(port for port in range(FIRST_PORT, FIRST_PORT + 200) if ports.is_free(HOST, port))


def _wait(port: int, first_answer: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}{first_answer}", timeout=5).close()
        except urllib.error.HTTPError as error:
            sys.exit(f"The server answers {error.code} to {first_answer}.")
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server did not start; its last words are above.")
