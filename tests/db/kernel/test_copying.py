"""Rows copied in are rows like any other."""

import pytest
from django.db import IntegrityError, transaction

from openrenda.audit.models import AuditEntry
from openrenda.kernel import clock
from openrenda.kernel.copying import Ids, copy, fresh, settle
from openrenda.kernel.models import CalendarDay, OutboxEvent


def an_entry(**changes: object) -> object:
    given = {
        "congress_id": 1,
        "at": clock.now(),
        "actor_urn": "system:test",
        "actor_name": "test",
        "kind": "test.copied",
    }
    return fresh(AuditEntry, subject_kind="test.thing", subject_id=1, **(given | changes))


def test_what_is_copied_reads_back_as_written_with_defaults_for_the_rest() -> None:
    texts = {"actor_name": '引号"制表\t换行\n反斜杠\\空\0字符', "detail": {"键": ["值", None, "\\N"]}}
    assert copy([an_entry(**texts), an_entry()]) == 2
    first, second = AuditEntry.objects.order_by("pk")
    assert first.actor_name == '引号"制表\t换行\n反斜杠\\空字符'
    assert first.detail == {"键": ["值", None, "\\N"]}
    assert first.at == clock.now()
    assert (second.before, second.detail, second.actor_roles) == ("", {}, [])


def test_models_and_light_rows_are_copied_alike() -> None:
    event = OutboxEvent(congress_id=1, kind="test.fact", payload={}, actor_urn="system:test", happened_at=clock.now())
    copy([event])
    assert OutboxEvent.objects.get().kind == "test.fact"
    assert copy([]) == 0


def test_numbers_are_drawn_from_the_tables_own_sequence() -> None:
    ids = Ids(AuditEntry, block=3)
    drawn = [ids.take() for _ in range(7)]
    assert drawn == sorted(set(drawn))
    copy([an_entry(id=drawn[0])], with_id=True)
    copy([an_entry()])
    assert set(AuditEntry.objects.values_list("pk", flat=True)) > {drawn[0]}


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(TypeError, match="nonsense"):
        an_entry(nonsense=1)


def test_constraints_hold() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        copy([fresh(CalendarDay, day=clock.today(), kind="nonsense")])
    settle(AuditEntry)
