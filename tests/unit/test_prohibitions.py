"""The fences around tests stand."""

import socket
from datetime import date, datetime

import pytest

from openrenda.kernel import clock as kernel_clock
from tests.conftest import START, FrozenClock, NetworkBlocked


def test_the_network_is_blocked() -> None:
    with socket.socket() as outside, pytest.raises(NetworkBlocked):
        outside.connect(("192.0.2.1", 80))


def test_time_stands_still_until_it_is_moved(clock: FrozenClock) -> None:
    assert kernel_clock.now() == START
    clock.forward(days=2)
    assert kernel_clock.today() == date(2025, 3, 12)
    clock.at(datetime(2025, 6, 1, 8, 30, tzinfo=kernel_clock.ZONE))
    assert kernel_clock.now().hour == 8
