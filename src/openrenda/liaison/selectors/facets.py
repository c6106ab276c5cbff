"""Answers to filter by, as (id, name)."""

from openrenda.kernel import clock
from openrenda.liaison.models import Category
from openrenda.liaison.states import OpinionState
from openrenda.orgs.models import Delegation
from openrenda.orgs.selectors import units_of_kind
from openrenda.orgs.states import UnitKind

FIRST_YEAR = 2025
PUBLIC_STATES = (
    OpinionState.HANDLING,
    OpinionState.CONVERTED,
    OpinionState.ANSWERED,
    OpinionState.FED_BACK,
    OpinionState.REWORK,
    OpinionState.CLOSED,
)
"""States by which the public list may be filtered: the ones that tell a reader something."""


def streets(congress_id: int) -> list[tuple[int, str]]:
    """Living streets by code. One query."""
    return [(unit.pk, str(unit)) for unit in units_of_kind(congress_id, UnitKind.STREET).order_by("code")]


def delegations(congress_id: int) -> list[tuple[int, str]]:
    """All delegations by name. One query."""
    return list(Delegation.objects.filter(congress_id=congress_id).order_by("name").values_list("pk", "name"))


def years() -> list[tuple[int, str]]:
    """This year and those before, back to the first one kept here. No query."""
    return [(year, str(year)) for year in range(clock.today().year, FIRST_YEAR - 1, -1)]


def categories(congress_id: int) -> list[tuple[int, str]]:
    """Upper-level categories in use. One query."""
    rows = Category.objects.filter(congress_id=congress_id, parent=None, is_retired=False)
    return list(rows.order_by("code").values_list("pk", "name"))
