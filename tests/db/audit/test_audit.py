"""The record is written with the deed, says what changed, and cannot be rewritten."""

import pytest
from django.db import DatabaseError, connection, transaction

from openrenda.audit.actions import digest, record, subject_kind
from openrenda.audit.models import AuditEntry
from openrenda.audit.selectors import entries_of, page_of
from openrenda.kernel import clock
from openrenda.kernel.models import NumberSeries, OutboxEvent
from openrenda.orgs import actions as orgs_actions
from openrenda.orgs.models import Unit
from openrenda.orgs.states import Role
from tests.makers import orgs
from tests.makers.kernel import a_rollback, an_actor

ACTOR = an_actor("person:1", ("UNIT_CLERK", 9), ("DEPUTY", 3), origin="10.1.2.3").speaking_for("张大爷")


def a_series(name: str = "JY") -> NumberSeries:
    return NumberSeries.objects.create(congress_id=1, series=name, last=1)


def test_a_row_says_who_what_when_from_where_and_for_whom() -> None:
    series = a_series()
    row = record(ACTOR, "test.done", series, before="abc", count=3)
    row.refresh_from_db()
    assert (row.actor_urn, row.on_behalf_of, row.origin, row.at) == ("person:1", "张大爷", "10.1.2.3", clock.now())
    assert row.actor_roles == [["DEPUTY", 3], ["UNIT_CLERK", 9]]
    assert (row.subject_kind, row.subject_id) == ("kernel.numberseries", series.pk)
    assert (row.kind, row.before, row.after, row.detail) == ("test.done", "abc", digest(series), {"count": 3})
    assert subject_kind(series) == "kernel.numberseries"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    series = a_series()
    with pytest.raises(transaction.TransactionManagementError):
        record(ACTOR, "test.done", series)
    assert not AuditEntry.objects.exists()


def test_a_rolled_back_deed_leaves_no_record() -> None:
    series = a_series()
    with a_rollback():
        record(ACTOR, "test.done", series)
    assert not AuditEntry.objects.exists()


def test_the_digest_is_the_same_just_written_or_read_back_and_changes_with_any_column() -> None:
    event = OutboxEvent.objects.create(
        congress_id=1, kind="test", payload={"b": [1, 2], "a": "字"}, actor_urn="x", happened_at=clock.now()
    )
    written = digest(event)
    assert digest(OutboxEvent.objects.get(pk=event.pk)) == written
    event.actor_urn = "y"
    assert digest(event) != written


def test_before_follows_after_along_an_objects_life() -> None:
    """Each `before` is the `after` of the row before it: a hole in the chain is a change nobody recorded."""
    congress = orgs.a_congress()
    unit = orgs.a_unit("B04")
    actor = orgs.setup_actor(congress)
    orgs_actions.dissolve_unit(unit_id=unit.pk, on=clock.today(), successor_id=orgs.a_unit("B03").pk, actor=actor)
    added, dissolved = entries_of("orgs.unit", unit.pk)
    assert (added.before, dissolved.before) == ("", added.after)
    assert dissolved.after == digest(Unit.objects.get(pk=unit.pk))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditentry SET actor_urn = 'nobody'",
        "UPDATE audit_auditentry SET actor_urn = 'nobody' WHERE false",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
    ],
)
def test_raw_sql_cannot_rewrite_the_record(sql: str) -> None:
    record(ACTOR, "test.done", a_series())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.filter(actor_urn="person:1").count() == 1


def test_the_orm_cannot_either() -> None:
    row = record(ACTOR, "test.done", a_series())
    for attempt in (row.save, row.delete, AuditEntry.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


def test_pages_go_back_in_time_and_stay_within_the_congress() -> None:
    rows = [record(ACTOR, f"test.{n}", a_series(f"s{n}")) for n in range(5)]
    record(an_actor("person:9", congress_id=2), "test.elsewhere", a_series("other"))
    first = page_of(1, size=2)
    assert [row.pk for row in first] == [rows[4].pk, rows[3].pk]
    assert [row.pk for row in page_of(1, before_id=first[-1].pk, size=2)] == [rows[2].pk, rows[1].pk]
    assert [row.kind for row in page_of(1, kind="test.3")] == ["test.3"]
    assert page_of(1, actor_urn="person:9") == []


def test_every_action_of_orgs_leaves_one_row() -> None:
    congress = orgs.a_congress()
    before = AuditEntry.objects.count()
    orgs.a_staff_member(Role.SC_REP, "R02")
    orgs.a_deputy()
    kinds = list(AuditEntry.objects.filter(congress_id=congress.pk).order_by("pk").values_list("kind", flat=True))[
        before:
    ]
    assert kinds == ["orgs.person_added", "orgs.post_given", "orgs.person_added", "orgs.mandate_entered"]
