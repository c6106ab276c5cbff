"""After each route the receiving deputy and the resident are informed; whoever must act next too; each once."""

from typing import Any

import pytest

from openrenda.config.subscriptions import SUBSCRIPTIONS
from openrenda.kernel import outbox
from openrenda.liaison import actions, events, subscribers
from openrenda.liaison.actions import Contact
from openrenda.liaison.states import OpinionState, Satisfaction
from openrenda.notifications.models import Notification
from openrenda.orgs.states import Role
from tests.makers.liaison import Cast, a_reception, an_opinion, resident_of
from tests.makers.orgs import a_staff_member

S = OpinionState


def told(urn: str) -> list[str]:
    return list(Notification.objects.filter(recipient=urn).order_by("pk").values_list("title", flat=True))


def test_every_fact_of_the_slice_is_listened_to() -> None:
    facts = {
        cls for cls in vars(events).values()
        if isinstance(cls, type) and issubclass(cls, events.Event) and cls.kind.startswith("liaison.")
    }  # fmt: skip
    silent = {events.ReceptionFinished, events.BookingMade}
    assert facts - set(SUBSCRIPTIONS) == silent
    assert set(subscribers.WORDS) <= set(SUBSCRIPTIONS)


def test_resident_and_deputy_hear_of_every_route(cast: Cast) -> None:
    opinion = an_opinion(cast, S.CLOSED)
    outbox.drain()
    resident, deputy = told(f"opinion:{opinion.pk}"), told(f"person:{cast.mandate.person_id}")
    for words in ("登记受理", "已分类", "办理", "签收", "已有答复"):
        assert any(words in title for title in resident), words
        assert any(words in title for title in deputy), words


def test_whoever_must_act_next_gets_the_task(cast: Cast) -> None:
    people = {
        "staff": a_staff_member(Role.STATION_STAFF, "S01"), "head": a_staff_member(Role.STATION_HEAD, "S01"),
        "sc": a_staff_member(Role.SC_REP, "R02"), "hub": a_staff_member(Role.GOV_HUB, "G01"),
        "clerk": a_staff_member(Role.UNIT_CLERK, "B03"), "leader": a_staff_member(Role.UNIT_LEADER, "B03"),
        "other": a_staff_member(Role.UNIT_CLERK, "B04"),
    }  # fmt: skip
    opinion = an_opinion(cast, S.FED_BACK)
    actions.rate(
        opinion_id=opinion.pk,
        satisfaction=Satisfaction.DISSATISFIED,
        reason="没修",
        actor=resident_of(opinion.pk, cast.congress_id),
    )
    outbox.drain()
    heard = {who: " ".join(told(f"person:{person.pk}")) for who, person in people.items()}
    assert "待登记" in heard["staff"]
    assert "请审核并反馈" in heard["head"]
    assert "等您审批" in heard["sc"]
    assert "等您审批" in heard["hub"]
    assert "请签收" in heard["clerk"]
    assert "重新办理" in heard["clerk"]
    assert "等您审签" in heard["leader"]
    assert heard["other"] == ""


def test_each_is_told_once_also_when_delivered_again(cast: Cast) -> None:
    an_opinion(cast, S.REGISTERED)
    outbox.drain()
    before = Notification.objects.count()
    from openrenda.kernel.models import OutboxEvent  # noqa: PLC0415  only here

    for row in OutboxEvent.objects.all():
        outbox.deliver(row.pk)
    assert Notification.objects.count() == before


def test_notices_hold_no_name_or_phone_and_say_why(cast: Cast) -> None:
    an_opinion(
        cast,
        S.CLOSED,
        content="请打13800004447",
        pii_confirmed=True,
        contact=Contact("柯女士", "13800004447", "ke@example.org"),
    )
    outbox.drain()
    for notice in Notification.objects.all():
        assert notice.why
        assert "13800004447" not in f"{notice.title}{notice.body}{notice.params}"
        notice.title.format(**notice.params)


@pytest.mark.parametrize("granted", [True, False])
def test_a_granted_extension_is_told_to_the_resident(cast: Cast, granted: bool) -> None:
    opinion = an_opinion(cast, S.HANDLING)
    actions.request_extension(opinion_id=opinion.pk, workdays=5, reason="开挖", actor=cast.clerk)
    actions.decide_extension(opinion_id=opinion.pk, granted=granted, actor=cast.sc_rep)
    outbox.drain()
    assert any("延长" in title for title in told(f"opinion:{opinion.pk}")) is granted


def test_bookers_hear_of_a_postponed_day(cast: Cast, clock: Any) -> None:
    event = a_reception(cast)
    booking, _ = actions.book_reception(
        event_id=event.pk, name="柯女士", phone="13800004447", actor=cast.visitor, idempotency_key="book-0001"
    )
    actions.cancel_reception(event_id=event.pk, reason="停电", actor=cast.head)
    outbox.drain()
    assert any("有变化" in title for title in told(f"booking:{booking.pk}"))
