"""The clock stands in Shanghai, is set by tests and loads, and asks the machine in one place."""

from datetime import UTC, date, datetime, timedelta

import pytest

from openrenda.kernel import clock as kernel_clock


def test_a_date_means_nine_in_the_morning() -> None:
    with kernel_clock.at(date(2025, 3, 6)) as instant:
        assert kernel_clock.now() == instant == datetime(2025, 3, 6, 1, 0, tzinfo=UTC)
        assert kernel_clock.now().utcoffset() == timedelta(hours=8)


def test_the_day_is_shanghais() -> None:
    with kernel_clock.at(datetime(2024, 12, 31, 16, 30, tzinfo=UTC)):
        assert kernel_clock.today() == date(2025, 1, 1)


def test_settings_nest_and_end() -> None:
    with kernel_clock.at(date(2025, 1, 1)):
        with kernel_clock.at(date(2020, 1, 1)):
            assert kernel_clock.today().year == 2020
        assert kernel_clock.today().year == 2025


def test_it_is_set_back_after_an_error() -> None:
    before = kernel_clock.now()
    with pytest.raises(ZeroDivisionError), kernel_clock.at(date(2020, 1, 1)):
        1 / 0  # noqa: B018
    assert kernel_clock.now() == before


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), kernel_clock.at(datetime(2025, 3, 6, 9)):  # noqa: DTZ001
        pass


def test_an_offset_moves_the_machines_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    token = kernel_clock._frozen.set(None)
    monkeypatch.setattr(kernel_clock._Offset, "value", timedelta())
    try:
        plain = kernel_clock.now()
        kernel_clock.set_offset(timedelta(days=-300))
        assert timedelta(days=299) < plain - kernel_clock.now() <= timedelta(days=300)
    finally:
        kernel_clock._frozen.reset(token)
