"""What forms let one choose from."""

from openrenda.kernel import clock
from openrenda.liaison.models import Category, Opinion
from openrenda.liaison.states import RouteLevel
from openrenda.orgs.models import Unit
from openrenda.orgs.selectors import deputies_in_office, units_of_kind
from openrenda.orgs.states import UnitKind

_KINDS = {
    RouteLevel.COMMUNITY: (UnitKind.COMMUNITY,),
    RouteLevel.STREET: (UnitKind.STREET,),
    RouteLevel.DEPARTMENT: (UnitKind.DEPARTMENT, UnitKind.OTHER),
    RouteLevel.ORGAN: (UnitKind.COURT, UnitKind.PROCURATORATE, UnitKind.SUPERVISION),
}


def category_choices(congress_id: int) -> list[tuple[str, list[tuple[int, str]]]]:
    """(group, [(id, name)]) of the categories in use; a first level without leaves stands alone. One query."""
    rows = list(Category.objects.filter(congress_id=congress_id, is_retired=False).order_by("code"))
    groups = []
    for top in (row for row in rows if row.parent_id is None):
        leaves = [(row.pk, row.name) for row in rows if row.parent_id == top.pk]
        groups.append((top.name, leaves or [(top.pk, top.name)]))
    return groups


def unit_choices(congress_id: int, level: RouteLevel, street_id: int | None = None) -> list[tuple[int, str]]:
    """Units of the kind a level means; communities of one street if it is given. One query."""
    rows = units_of_kind(congress_id, *_KINDS[level])
    if level is RouteLevel.COMMUNITY and street_id is not None:
        rows = rows.filter(parent_id=street_id)
    return [(unit.pk, str(unit)) for unit in rows]


def station_choices(congress_id: int) -> list[tuple[int, str]]:
    """Stations that receive opinions. One query."""
    rows = Unit.objects.filter(congress_id=congress_id, station__status="open").order_by("code")
    return [(unit.pk, unit.name) for unit in rows]


def deputy_choices(congress_id: int, station_id: int | None = None) -> list[tuple[int, str]]:
    """Deputies in office, of one station if it is given: (mandate id, name and delegation). One query."""
    rows = deputies_in_office(congress_id, clock.today()).order_by("code")
    if station_id is not None:
        rows = rows.filter(station_id=station_id)
    return [(mandate.pk, f"{mandate.person.name}（{mandate.delegation}）") for mandate in rows]


def usual_unit_id(opinion: Opinion) -> int | None:
    """The unit that usually handles the opinion's category. No query if the category was fetched with it."""
    return opinion.category.default_unit_id if opinion.category else None
