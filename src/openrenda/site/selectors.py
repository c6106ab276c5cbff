"""Names behind the numbers that the index keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openrenda.liaison.models import Category
from openrenda.orgs.models import Unit


@dataclass(frozen=True, slots=True)
class Names:
    """Categories and units by id; streets are units too."""

    categories: Mapping[int, str]
    units: Mapping[int, str]


def names(category_ids: Iterable[int], unit_ids: Iterable[int]) -> Names:
    """Two queries, however many there are."""
    units = Unit.objects.filter(pk__in=set(unit_ids)).values_list("pk", "short_name", "name")
    return Names(
        dict(Category.objects.filter(pk__in=set(category_ids)).values_list("pk", "name")),
        {pk: short or name for pk, short, name in units},
    )
