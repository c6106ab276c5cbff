"""The one thing this app writes: the drawing of the district."""

from django.db import transaction

from openrenda.audit.actions import record
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotAllowed
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import deny
from openrenda.orgs.models import Congress, Unit
from openrenda.orgs.states import Role, UnitKind

from . import geometry
from .errors import BadDrawing
from .models import Shape
from .states import ShapeKind

_NOT_KEEPER = deny("reports.not_keeper", N_("街道图由代表工委维护。"), N_("请联系代表工委。"))


@transaction.atomic
def draw_streets(*, raw: bytes, actor: Actor) -> int:
    """Replace the district's drawing by that of a GeoJSON file; how many shapes it has.

    Raises BadDrawing (nothing is changed then) and, for others than the deputies' office and loads, NotAllowed.
    """
    congress = Congress.objects.select_for_update().get(pk=actor.congress_id)
    if not (actor.has(Role.SC_REP) or actor.is_system):
        raise NotAllowed.by(_NOT_KEEPER)
    drawn = geometry.read(raw)
    rows = Unit.objects.filter(congress=congress, kind=UnitKind.STREET)
    shapes = [_shape(one, congress, {unit.code: unit for unit in rows}) for one in drawn]
    taken = [shape.unit_id for shape in shapes if shape.unit_id is not None]
    if len(taken) != len(set(taken)):
        raise BadDrawing(N_("同一个街道画了两次；分成几块的街道请用 MultiPolygon。"))
    Shape.objects.filter(congress=congress).delete()
    Shape.objects.bulk_create(shapes)
    record(actor, "reports.streets_drawn", congress, shapes=len(shapes), streets=len(taken))
    return len(shapes)


def _shape(drawn: geometry.Drawn, congress: Congress, streets: dict[str, Unit]) -> Shape:
    if drawn.kind is not ShapeKind.STREET:
        return Shape(congress=congress, kind=drawn.kind, name=drawn.name, parts=drawn.parts)
    unit = streets.get(drawn.code)
    if unit is None:
        raise BadDrawing(N_("没有这个编号的街道。"), drawn.code)
    return Shape(congress=congress, kind=drawn.kind, unit=unit, name=str(unit), parts=drawn.parts)
