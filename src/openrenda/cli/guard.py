"""Outlives a supervisor that was killed, just long enough to end what it left behind.

A killed supervisor cannot insist, and its children are told only once (supervisor.die_with): a web server that is
just then starting may miss it and keep the port for ever. Run as `python -m openrenda.cli.guard`; standard input
holds "child group" lines and ends when the supervisor does.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

PATIENCE_SECONDS = 12.0  # the worker finishes its jobs within ten
TICK_SECONDS = 0.1


def main() -> None:
    """Wait for the supervisor's end, then ask each group, wait, and insist."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    named = dict(line.split() for line in sys.stdin)  # a restarted child replaces its former self
    groups = [int(group) for group in named.values()]
    _send(groups, signal.SIGTERM)
    until = time.monotonic() + PATIENCE_SECONDS
    while _send(groups, 0) and time.monotonic() < until:
        time.sleep(TICK_SECONDS)
    _send(groups, signal.SIGKILL)


def _send(groups: Iterable[int], number: int) -> int:
    """How many groups were still there to hear it."""
    heard = 0
    for group in groups:
        with suppress(ProcessLookupError):
            os.killpg(group, number)
            heard += 1
    return heard


if __name__ == "__main__":
    main()
