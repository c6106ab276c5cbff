"""Reception days: planned and announced by the station, booked by residents."""

import re
from datetime import date

import pytest
from django.test import Client

from openrenda.liaison.models import Booking, ReceptionEvent
from openrenda.liaison.states import Attendance, BookingState, ReceptionState
from openrenda.orgs.states import Role
from tests.http.conftest import SignedIn
from tests.makers.stations import PHONE, Scene

STAFF, HEAD = (Role.STATION_STAFF, "S01"), (Role.STATION_HEAD, "S01")
LIST = "/work/stations/S01/receptions/"


def booked(client: Client, pk: int) -> str:
    """An appointment over the page; the cancel code."""
    path = f"/stations/S01/receptions/{pk}/book/"
    key = re.search(r'name="key"[^>]*value="([^"]+)"', client.get(path).content.decode())
    assert key is not None
    answer = client.post(path, {"key": key.group(1), "name": "李先生", "phone": PHONE, "subject": "路灯"})
    code = re.search(r"<dd>(\d{8})</dd>", answer.content.decode())
    assert code is not None, answer.content.decode()
    return code.group(1)


def test_booking_and_cancelling(scene: Scene, client: Client) -> None:
    event = scene.reception()
    code = booked(client, event.pk)
    booking = Booking.objects.get(event=event)
    path = f"/bookings/{booking.pk}/cancel/"
    assert client.post(path, {"code": "00000000"}).status_code == 403
    assert client.post(path, {"code": code}).status_code == 303
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED


def test_a_booking_without_a_telephone_is_refused(scene: Scene, client: Client) -> None:
    event = scene.reception()
    answer = client.post(f"/stations/S01/receptions/{event.pk}/book/", {"key": "k" * 20, "name": "李先生"})
    assert answer.status_code == 422
    assert 'value="李先生"' in answer.content.decode()


def test_what_is_not_announced_cannot_be_booked(scene: Scene, client: Client) -> None:
    event = scene.reception(announced=False)
    assert client.get(f"/stations/S01/receptions/{event.pk}/book/").status_code == 404


def test_planning(scene: Scene, client_as: SignedIn) -> None:
    data = {"day": "2025-03-20", "begins": "09:00", "ends": "11:00", "place": "站内", "mandate_ids": [scene.deputy.pk]}
    answer = client_as(*STAFF).post(f"{LIST}plan/", data)
    event = ReceptionEvent.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{LIST}{event.pk}/")


@pytest.mark.parametrize("wrong", [{"day": "2025-03-01"}, {"ends": "08:00"}, {"day": "昨天"}, {"mandate_ids": []}])
def test_a_plan_that_cannot_be(scene: Scene, client_as: SignedIn, wrong: dict[str, object]) -> None:
    data = {"day": "2025-03-20", "begins": "09:00", "ends": "11:00", "place": "站内", "mandate_ids": [scene.deputy.pk]}
    answer = client_as(*STAFF).post(f"{LIST}plan/", {**data, **wrong})
    assert answer.status_code == 422
    assert not ReceptionEvent.objects.exists()


def test_by_the_stations_rule_and_only_once(scene: Scene, client_as: SignedIn) -> None:
    staff = client_as(*STAFF)
    for _ in range(2):
        assert staff.post(f"{LIST}generate/", {"weeks": 8}).status_code == 303
    days = ReceptionEvent.objects.order_by("rule_day").values_list("rule_day", flat=True)
    assert list(days) == [date(2025, 4, 8)]


def test_a_late_notice_needs_a_reason(scene: Scene, client_as: SignedIn) -> None:
    event = scene.reception(days=2, announced=False)
    staff = client_as(*STAFF)
    assert staff.post(f"{LIST}{event.pk}/announce/", {}).status_code == 422
    assert staff.post(f"{LIST}{event.pk}/announce/", {"late_reason": "代表临时到区"}).status_code == 303
    event.refresh_from_db()
    assert event.state == ReceptionState.ANNOUNCED


def test_the_day_itself(scene: Scene, client_as: SignedIn, clock: object) -> None:
    event = scene.reception(days=7)
    clock.forward(days=7)  # type: ignore[attr-defined]  # the fixture of tests/conftest.py
    staff = client_as(*STAFF)
    assert staff.post(f"{LIST}{event.pk}/start/").status_code == 303
    answer = staff.post(f"{LIST}{event.pk}/finish/", {"present": [scene.deputy.pk], "visitors": 3})
    assert answer.status_code == 303, answer.content.decode()
    event.refresh_from_db()
    assert (event.state, event.visitors) == (ReceptionState.FINISHED, 3)
    assert event.deputies.get().attendance == Attendance.ATTENDED


def test_postponed_takes_the_bookings_along(scene: Scene, client: Client, client_as: SignedIn) -> None:
    event = scene.reception()
    booked(client, event.pk)
    data = {"day": "2025-03-25", "begins": "09:00", "ends": "11:00", "reason": "会场检修"}
    answer = client_as(*HEAD).post(f"{LIST}{event.pk}/postpone/", data)
    later = ReceptionEvent.objects.exclude(pk=event.pk).get()
    assert answer.headers["Location"] == f"{LIST}{later.pk}/"
    assert later.bookings.count() == 1


def test_staff_may_not_cancel(scene: Scene, client_as: SignedIn) -> None:
    event = scene.reception()
    assert client_as(*STAFF).post(f"{LIST}{event.pk}/cancel/", {"reason": "不想"}).status_code == 403


def test_names_of_bookers_are_masked(scene: Scene, client: Client, client_as: SignedIn) -> None:
    event = scene.reception()
    booked(client, event.pk)
    html = client_as(*STAFF).get(f"{LIST}{event.pk}/").content.decode()
    assert "李** 138****1234" in html or "李*" in html
    assert PHONE not in html
