"""Which port the demonstration listens on."""

import socket

FIRST = 8000
TRIED = 50


class PortTaken(Exception):
    """The port that was asked for belongs to another program."""


def is_free(host: str, port: int) -> bool:
    """Nobody listens there. The server itself would not notice: it shares ports with whoever allows it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left counts as free
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def choose(host: str, wanted: int | None) -> int:
    """The wanted port or PortTaken; with no wish, the first free one from 8000 on."""
    if wanted is not None:
        if not is_free(host, wanted):
            raise PortTaken(wanted)
        return wanted
    free = (port for port in range(FIRST, FIRST + TRIED) if is_free(host, port))
    port = next(free, None)
    if port is None:
        raise PortTaken(FIRST)
    return port
