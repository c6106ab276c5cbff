"""One notice per fact and recipient; the inbox at one query whatever its length."""

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from openrenda.kernel import clock
from openrenda.kernel.subject import SubjectRef
from openrenda.notifications import actions, selectors
from openrenda.notifications.errors import NoNotice
from openrenda.notifications.models import Notification
from openrenda.notifications.states import EmailState
from tests.makers import orgs
from tests.makers.kernel import a_rollback, an_actor
from tests.makers.notifications import a_meta, a_person_with_email, told

ME, YOU = "person:1", "person:2"


def jobs() -> list[int]:
    rows = ProcrastinateJob.objects.filter(task_name=actions.notices.SEND_TASK).order_by("pk")
    return [row.args["notification_id"] for row in rows]


def test_each_is_told_once_of_a_fact_whoever_tells_it_how_often() -> None:
    meta = a_meta()
    assert len(told(ME, YOU, ME, meta=meta)) == 2
    assert told(ME, YOU, meta=meta) == []
    assert [row.recipient for row in told(ME, "person:3", meta=meta)] == ["person:3"]
    assert len(told(ME)) == 1, "another fact is another notice"
    assert Notification.objects.filter(recipient=ME).count() == 2


def test_the_database_refuses_a_second_notice_of_a_fact() -> None:
    (row,) = told(ME)
    row.pk = None
    with pytest.raises(IntegrityError, match="one_notice_per_fact_and_recipient"), transaction.atomic():
        row.save()


def test_a_rollback_tells_nobody_and_defers_nothing() -> None:
    urn = f"person:{a_person_with_email().pk}"
    with a_rollback():
        told(urn)
        assert len(jobs()) == 1
    assert (Notification.objects.count(), jobs()) == (0, [])


def test_nobody_is_told_of_nothing() -> None:
    assert told() == []


def test_who_has_an_address_gets_a_letter() -> None:
    with_email, without = a_person_with_email(), orgs.a_person()
    states = {
        row.recipient: row.email_state
        for row in told(f"person:{with_email.pk}", f"person:{without.pk}", "opinion:55", email="")
    }
    assert states == {
        f"person:{with_email.pk}": EmailState.QUEUED, f"person:{without.pk}": EmailState.NONE,
        "opinion:55": EmailState.NONE,
    }  # fmt: skip
    (resident,) = told("opinion:55", email="resident@example.org")
    assert resident.email_state == EmailState.QUEUED
    assert "resident@example.org" not in resident.email_sealed
    assert jobs() == [Notification.objects.get(recipient=f"person:{with_email.pk}").pk, resident.pk]


@pytest.mark.parametrize("count", [1, 30])
def test_telling_costs_the_same_for_one_or_thirty(count: int, django_assert_num_queries: pytest.FixtureRequest) -> None:
    meta = a_meta()
    urns = [f"person:{orgs.a_person().pk}" for _ in range(count)]
    with django_assert_num_queries(5):  # type: ignore[operator]  # a savepoint (2), who was told, addresses, the rows
        told(*urns, meta=meta)


def test_the_inbox_is_the_readers_own_newest_first_by_pages() -> None:
    made = [told(ME)[0].pk for _ in range(5)]
    told(YOU)
    first = selectors.inbox(ME, size=2)
    assert ([n.id for n in first.notices], first.older_than, first.newest_id) == ([made[4], made[3]], made[3], made[4])
    second = selectors.inbox(ME, before_id=first.older_than, size=2)
    third = selectors.inbox(ME, before_id=second.older_than, size=2)
    assert [n.id for n in (*second.notices, *third.notices)] == [made[2], made[1], made[0]]
    assert third.older_than is None
    assert selectors.inbox("person:99").newest_id == 0
    notice = first.notices[0]
    assert (notice.topic, notice.topic_label, notice.subject.id) == ("liaison", "联络站与群众意见", 7)
    assert notice.why.format(**notice.params) == "您是桐荫联络站的联络员。"


@pytest.mark.parametrize("count", [1, 25])
def test_inbox_and_count_cost_one_query_each(count: int, django_assert_num_queries: pytest.FixtureRequest) -> None:
    for _ in range(count):
        told(ME)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(selectors.inbox(ME).notices) == min(count, selectors.PAGE)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert selectors.unread_count(ME) == count


def test_counting_stops_at_a_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "MOST_COUNTED", 3)
    for _ in range(5):
        told(ME)
    assert selectors.unread_count(ME) == 3


def test_reading_one_and_all(clock: pytest.FixtureRequest) -> None:
    first, second, third = (told(ME)[0] for _ in range(3))
    read_at = clock.now  # type: ignore[attr-defined]
    actions.mark_read(notification_id=first.pk, recipient=ME)
    clock.forward(hours=1)  # type: ignore[attr-defined]
    assert actions.mark_read(notification_id=first.pk, recipient=ME).read_at == read_at, "only the first time counts"
    assert actions.mark_all_read(recipient=ME, up_to_id=second.pk) == 1
    assert [n.id for n in selectors.inbox(ME, unread_only=True).notices] == [third.pk], "what came meanwhile stays"
    assert selectors.unread_count(ME) == 1


def test_nobody_reads_the_notices_of_another() -> None:
    (row,) = told(ME)
    for recipient in (YOU, "public", ""):
        with pytest.raises(NoNotice):
            actions.mark_read(notification_id=row.pk, recipient=recipient)
    assert actions.mark_all_read(recipient=YOU, up_to_id=row.pk) == 0
    row.refresh_from_db()
    assert row.read_at is None


def test_a_page_without_an_account_has_its_notices_oldest_first() -> None:
    made = [told("opinion:55")[0].pk for _ in range(2)]
    told("opinion:56")
    assert [n.id for n in selectors.notices_for("opinion:55")] == made
    assert selectors.notices_for("opinion:55")[0].created_at == clock.now()


def test_a_notice_leads_where_its_reader_may_go() -> None:
    (seen,) = told(ME)
    (gone,) = told(ME, subject=SubjectRef("liaison.opinion", 8))
    (unknown,) = told(ME, subject=SubjectRef("nothing.known", 1))
    me = an_actor(ME)
    assert [selectors.address_for(n, me) for n in (seen, gone, unknown)] == ["/work/7/", "", ""]
