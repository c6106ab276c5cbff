"""The district's drawing: replaced as a whole, by those who keep it, or not at all."""

import json
from typing import Any

import pytest

from openrenda.audit.models import AuditEntry
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotAllowed
from openrenda.orgs.states import Role
from openrenda.reports import actions
from openrenda.reports.errors import BadDrawing
from openrenda.reports.models import Shape
from openrenda.reports.states import ShapeKind
from tests.makers.liaison import Cast
from tests.makers.orgs import a_congress, actor_of, setup_actor

RING = [[124.60, 30.70], [124.61, 30.70], [124.61, 30.71], [124.60, 30.70]]


def file_of(*codes: str, lines: int = 0) -> bytes:
    features: list[Any] = [
        {"type": "Feature", "properties": {"编号": code}, "geometry": {"type": "Polygon", "coordinates": [RING]}}
        for code in codes
    ]
    told = {"名称": "望河", "类型": "河渠"}
    river = {"type": "Feature", "properties": told, "geometry": {"type": "LineString", "coordinates": RING}}
    return json.dumps({"type": "FeatureCollection", "features": features + [river] * lines}).encode()


def test_a_new_drawing_replaces_the_old_one(cast: Cast) -> None:
    assert actions.draw_streets(raw=file_of("J01", "J02", lines=2), actor=cast.sc_rep) == 4
    assert actions.draw_streets(raw=file_of("J01", lines=1), actor=cast.sc_rep) == 2
    assert list(Shape.objects.order_by("pk").values_list("kind", "name")) == [
        (ShapeKind.STREET, "桐荫街道"),
        (ShapeKind.WATER, "望河"),
    ]
    entry = AuditEntry.objects.filter(kind="reports.streets_drawn").latest("pk")
    assert entry.detail == {"shapes": 2, "streets": 1}


@pytest.mark.parametrize("codes", [("J99",), ("J01", "J01"), ("Q01",), ("B03",)])
def test_a_drawing_of_what_is_no_street_changes_nothing(cast: Cast, codes: tuple[str, ...]) -> None:
    actions.draw_streets(raw=file_of("J01"), actor=cast.sc_rep)
    with pytest.raises(BadDrawing):
        actions.draw_streets(raw=file_of(*codes), actor=cast.sc_rep)
    assert Shape.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "where"), [(Role.STREET_NPC, "J01"), (Role.GOV_HUB, "G01"), (Role.STATION_HEAD, "S01")]
)
def test_others_do_not_draw(cast: Cast, role: Role, where: str) -> None:
    with pytest.raises(NotAllowed):
        actions.draw_streets(raw=file_of("J01"), actor=actor_of(role, where))


def test_a_visitor_does_not_draw(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.draw_streets(raw=file_of("J01"), actor=cast.visitor)


def test_a_load_draws_its_own_district_only(cast: Cast) -> None:
    other = a_congress("other")
    actions.draw_streets(raw=file_of("J01"), actor=setup_actor(other))
    actions.draw_streets(raw=file_of("J02"), actor=Actor.system("load", cast.congress_id))
    assert {(shape.congress_id, shape.name) for shape in Shape.objects.all()} == {
        (other.pk, "桐荫街道"),
        (cast.congress_id, "望河街道"),
    }
