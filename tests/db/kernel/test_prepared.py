"""Prepared queries give what their querysets give."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from openrenda.kernel.prepared import Prepared
from openrenda.orgs.models import Session, Unit
from openrenda.suggestions.models import Step, Suggestion
from tests.makers.suggestions import a_closed

pytestmark = pytest.mark.django_db


def test_objects_with_their_related_ones_as_the_queryset_gives_them() -> None:
    cases = Prepared(
        lambda congress_id, key: Suggestion.objects.filter(congress_id=congress_id, key=key).select_related(
            "lead__person", "main_unit", "publication"
        ),
        congress_id=int,
        key=str,
    )
    row = a_closed().now
    wanted = {"congress_id": row.congress_id, "key": row.key or ""}
    for _ in range(2):  # the second time from what was learned
        (found,), (same,) = cases(**wanted), cases.queryset(**wanted)
        names = [field.attname for field in Suggestion._meta.concrete_fields]
        assert [getattr(found, name) for name in names] == [getattr(same, name) for name in names]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert (found.lead.person.name, str(found.main_unit)) == (same.lead.person.name, str(same.main_unit))
            assert getattr(found, "publication", None) == getattr(same, "publication", None)
        assert len(asked) == 0
    assert cases(congress_id=row.congress_id, key="JY-0-0-000") == []


def test_columns_that_need_converting_are_converted() -> None:
    row = a_closed().now
    steps = Prepared(lambda suggestion_id: Step.objects.filter(suggestion_id=suggestion_id), suggestion_id=int)
    assert [step.params for step in steps(suggestion_id=row.pk)] == [step.params for step in row.steps.all()]


def test_a_values_list_stays_tuples() -> None:
    row = a_closed().now
    names = Prepared(
        lambda congress_id: Unit.objects.filter(congress_id=congress_id).order_by("pk").values_list("pk", "name"),
        congress_id=int,
    )
    assert names(congress_id=row.congress_id) == list(names.queryset(congress_id=row.congress_id))


def test_a_value_that_is_not_in_the_sql_as_given_is_refused() -> None:
    computed = Prepared(lambda number: Session.objects.filter(number=number + 1), number=int)
    with pytest.raises(ValueError, match="number"):
        computed(number=1)


def test_small_numbers_and_moments() -> None:
    row = a_closed().now
    of_year = Prepared(
        lambda year, before: Suggestion.objects.filter(year=year, created_at__lte=before).values_list("pk"),
        year=int,
        before=datetime,
    )
    assert of_year(year=row.year, before=row.created_at) == [(row.pk,)]
    assert of_year(year=row.year, before=row.created_at - timedelta(seconds=1)) == []
    assert of_year(year=row.year + 1, before=row.created_at) == []


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_of_a_transaction_is_refused() -> None:
    locked = Prepared(lambda pk: Unit.objects.select_for_update().filter(pk=pk), pk=int)
    with transaction.atomic():
        assert locked(pk=0) == []
    with pytest.raises(TransactionManagementError):
        locked(pk=0)
