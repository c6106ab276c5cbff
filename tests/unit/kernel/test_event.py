"""Facts survive being stored, and being read by a later version."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pytest

from openrenda.kernel.event import Event


@dataclass(frozen=True)
class Filed(Event):
    kind: ClassVar[str] = "test.filed"
    case_id: int
    to: tuple[int, ...] = ()
    note: str = ""


def test_round_trip() -> None:
    fact = Filed(case_id=7, to=(1, 2), note="转办")
    assert fact.payload() == {"case_id": 7, "to": [1, 2], "note": "转办"}
    assert Filed.restore(fact.payload()) == fact


def test_fields_of_another_version_do_no_harm() -> None:
    assert Filed.restore({"case_id": 7, "gone": True}) == Filed(case_id=7)


def test_a_date_must_be_written_out() -> None:
    @dataclass(frozen=True)
    class Dated(Event):
        due: date

    with pytest.raises(TypeError, match="ISO"):
        Dated(due=date(2025, 3, 6)).payload()
