"""Reception days: notice, attendance, substitutes, bookings, generated from the rule."""

from datetime import date, timedelta
from typing import Any

import pytest

from openrenda.kernel.errors import Blocked, Invalid, NotAllowed, WrongState
from openrenda.liaison import actions, selectors
from openrenda.liaison.errors import BadTimes, BookingRefused, FormUsed, LateNotice, NotBookable, WrongDeputy
from openrenda.liaison.models import Booking, ReceptionEvent
from openrenda.liaison.states import Attendance, BookingState, ReceptionState
from openrenda.orgs.states import Role
from tests.makers.liaison import Cast, a_reception
from tests.makers.orgs import a_deputy, deputy_actor

R = ReceptionState


def book(cast: Cast, event: ReceptionEvent, **given: Any) -> tuple[Booking, str]:
    defaults: dict[str, Any] = {"name": "柯女士", "phone": "13800004447", "idempotency_key": "book-0001"}
    return actions.book_reception(event_id=event.pk, actor=cast.visitor, **(defaults | given))


def test_announced_three_days_before_or_with_a_reason(cast: Cast) -> None:
    event = a_reception(cast, days=2, announced=False)
    with pytest.raises(LateNotice):
        actions.announce_reception(event_id=event.pk, actor=cast.staff)
    done = actions.announce_reception(event_id=event.pk, actor=cast.staff, late_reason="代表行程临时调整")
    assert (done.state, done.late_notice_reason) == (R.ANNOUNCED, "代表行程临时调整")
    in_time = a_reception(cast, days=3, announced=False)
    assert (
        actions.announce_reception(event_id=in_time.pk, actor=cast.staff, late_reason="多余").late_notice_reason == ""
    )


def test_the_whole_day(cast: Cast, clock: Any) -> None:
    other = a_deputy()
    event = a_reception(cast)
    with pytest.raises(Blocked):
        actions.start_reception(event_id=event.pk, actor=cast.staff)
    clock.forward(days=10)
    assert actions.start_reception(event_id=event.pk, actor=cast.staff).state == R.RUNNING
    done = actions.finish_reception(
        event_id=event.pk, attendance={cast.mandate.pk: Attendance.ATTENDED}, visitors=7, actor=cast.staff
    )
    assert (done.state, done.visitors) == (R.FINISHED, 7)
    assert event.deputies.get(mandate=cast.mandate).attendance == Attendance.ATTENDED
    with pytest.raises(WrongState):
        actions.cancel_reception(event_id=event.pk, reason="晚了", actor=cast.head)
    assert not event.deputies.filter(mandate=other).exists()


@pytest.mark.parametrize("who", ["visitor", "street", "sc_rep", "clerk", "deputy"])
def test_planning_is_the_stations(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.plan_reception(
            station_id=cast.station.unit_id, starts_at=cast_time(1, 9), ends_at=cast_time(1, 11), place="站内",
            mandate_ids=[cast.mandate.pk], actor=getattr(cast, who),
        )  # fmt: skip


def cast_time(days: int, hour: int) -> Any:
    from openrenda.kernel import clock  # noqa: PLC0415  the fixture of that name stands in its way

    return clock.at_time(clock.today() + timedelta(days=days), hour)


def test_bad_times_and_deputies_out_of_office(cast: Cast) -> None:
    for begins, ends in (
        (cast_time(1, 11), cast_time(1, 9)),
        (cast_time(-1, 9), cast_time(-1, 11)),
        (cast_time(1, 9), cast_time(2, 9)),
    ):
        with pytest.raises(BadTimes):
            actions.plan_reception(
                station_id=cast.station.unit_id,
                starts_at=begins,
                ends_at=ends,
                place="站内",
                mandate_ids=[],
                actor=cast.staff,
            )
    with pytest.raises(WrongDeputy):
        actions.plan_reception(
            station_id=cast.station.unit_id, starts_at=cast_time(1, 9), ends_at=cast_time(1, 11), place="站内",
            mandate_ids=[999_999], actor=cast.staff,
        )  # fmt: skip


def test_a_reception_without_deputies_is_not_announced(cast: Cast) -> None:
    event = actions.plan_reception(
        station_id=cast.station.unit_id, starts_at=cast_time(5, 9), ends_at=cast_time(5, 11), place="站内",
        mandate_ids=[],
        actor=cast.staff,
    )  # fmt: skip
    with pytest.raises(Blocked):
        actions.announce_reception(event_id=event.pk, actor=cast.staff)


def test_short_notice_needs_a_substitute(cast: Cast, clock: Any) -> None:
    event, stand_in = a_reception(cast), a_deputy()
    clock.at(clock.now + timedelta(days=9, hours=8))
    with pytest.raises(NotAllowed):
        actions.excuse_deputy(
            event_id=event.pk, mandate_id=cast.mandate.pk, reason="生病", actor=deputy_actor(a_deputy())
        )
    assert actions.excuse_deputy(
        event_id=event.pk, mandate_id=cast.mandate.pk, reason="生病", actor=cast.deputy
    ).needs_substitute
    with pytest.raises(NotAllowed):
        actions.substitute_deputy(
            event_id=event.pk, mandate_id=cast.mandate.pk, substitute_id=stand_in.pk, actor=cast.staff
        )
    done = actions.substitute_deputy(
        event_id=event.pk, mandate_id=cast.mandate.pk, substitute_id=stand_in.pk, actor=cast.head
    )
    assert not done.needs_substitute
    assert event.deputies.get(mandate=stand_in).stands_in_for_id == cast.mandate.pk
    clock.at(event.starts_at)
    assert actions.start_reception(event_id=event.pk, actor=cast.staff).state == R.RUNNING


def test_or_the_bookers_are_told(cast: Cast, clock: Any) -> None:
    second = a_deputy()
    event = a_reception(cast)
    actions.substitute_deputy(event_id=event.pk, mandate_id=cast.mandate.pk, substitute_id=second.pk, actor=cast.head)
    book(cast, event)
    clock.at(event.starts_at - timedelta(hours=3))
    actions.excuse_deputy(event_id=event.pk, mandate_id=second.pk, reason="生病", actor=deputy_actor(second))
    done = actions.notify_bookers(event_id=event.pk, message="代表临时请假，改由站长接待", actor=cast.head)
    assert not done.needs_substitute
    assert Booking.objects.get(event=event).told_at is not None


def test_early_excuses_need_no_substitute(cast: Cast) -> None:
    event = a_reception(cast)
    assert not actions.excuse_deputy(
        event_id=event.pk, mandate_id=cast.mandate.pk, reason="出差", actor=cast.deputy
    ).needs_substitute


def test_booking_once_and_cancelling_with_the_code(cast: Cast) -> None:
    event = a_reception(cast)
    booking, code = book(cast, event)
    again, same = book(cast, event)
    assert (again.pk, same) == (booking.pk, code)
    assert "13800004447" not in booking.phone_sealed
    assert booking.phone_masked == "138****4447"
    with pytest.raises(FormUsed):
        book(cast, event, phone="13900000000")
    with pytest.raises(BookingRefused):
        actions.cancel_booking(booking_id=booking.pk, code="1", actor=cast.visitor)
    with pytest.raises(BookingRefused):
        actions.cancel_booking(booking_id=0, code=code, actor=cast.visitor)
    assert actions.cancel_booking(booking_id=booking.pk, code=code, actor=cast.visitor).state == BookingState.CANCELLED


def test_only_announced_days_to_come_are_booked(cast: Cast, clock: Any) -> None:
    planned = a_reception(cast, announced=False)
    with pytest.raises(NotBookable):
        book(cast, planned)
    event = a_reception(cast, days=11)
    with pytest.raises(Invalid):
        book(cast, event, phone="")
    clock.forward(days=12)
    with pytest.raises(NotBookable):
        book(cast, event)


def test_postponed_days_take_deputies_and_bookings_along(cast: Cast) -> None:
    event = a_reception(cast)
    booking, _ = book(cast, event)
    later = actions.postpone_reception(
        event_id=event.pk, starts_at=cast_time(20, 9), ends_at=cast_time(20, 11), reason="暴雨", actor=cast.head
    )
    event.refresh_from_db()
    booking.refresh_from_db()
    assert (event.state, event.end_reason, event.postponed_to_id) == (R.POSTPONED, "暴雨", later.pk)
    assert booking.event_id == later.pk
    assert [part.mandate_id for part in later.deputies.all()] == [cast.mandate.pk]
    assert actions.announce_reception(event_id=later.pk, actor=cast.staff).state == R.ANNOUNCED


def test_cancelling_needs_the_head_and_a_reason(cast: Cast) -> None:
    event = a_reception(cast)
    with pytest.raises(NotAllowed):
        actions.cancel_reception(event_id=event.pk, reason="停电", actor=cast.staff)
    with pytest.raises(Invalid):
        actions.cancel_reception(event_id=event.pk, reason=" ", actor=cast.head)
    assert actions.cancel_reception(event_id=event.pk, reason="停电", actor=cast.head).state == R.CANCELLED


def test_days_are_generated_from_the_rule_once(cast: Cast, clock: Any) -> None:
    clock.at(date(2025, 4, 20))
    station = cast.station
    actions.edit_station(
        unit_id=station.unit_id, actor=cast.head, address="桐荫路118号", phone="0371-55551234", opening_note="",
        reception_text="每月1日 9:00-11:00", contact_name="", head_id=None,
    )  # fmt: skip
    a_deputy(station="S01")
    made = actions.generate_receptions(station_id=station.unit_id, weeks=8, actor=cast.staff)
    assert [(e.rule_day.isoformat(), e.starts_at.date().isoformat()) for e in made if e.rule_day] == [
        ("2025-05-01", "2025-05-06"), ("2025-06-01", "2025-06-03"),
    ]  # fmt: skip
    assert all("顺延" in event.moved_note for event in made)
    assert {event.deputies.count() for event in made} == {2}
    assert actions.generate_receptions(station_id=station.unit_id, weeks=8, actor=cast.staff) == []
    with pytest.raises(NotAllowed):
        actions.generate_receptions(
            station_id=station.unit_id, weeks=12, actor=cast.unit_actor(Role.STATION_STAFF, "S02")
        )


def test_a_rule_nobody_can_read_makes_no_days(cast: Cast) -> None:
    actions.edit_station(
        unit_id=cast.station.unit_id, actor=cast.head, address="", phone="", opening_note="", reception_text="随时欢迎",
        contact_name="", head_id=None,
    )  # fmt: skip
    assert actions.generate_receptions(station_id=cast.station.unit_id, weeks=8, actor=cast.staff) == []


def test_the_public_sees_announced_days_only(cast: Cast) -> None:
    a_reception(cast, announced=False)
    announced = a_reception(cast, days=12)
    page = selectors.station_page(congress_id=cast.congress_id, code="S01")
    assert [row.id for row in page.receptions] == [announced.pk]
    assert page.receptions[0].deputies == (cast.mandate.person.name,)
