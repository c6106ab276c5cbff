"""A district with places, published matters and a drawing, behind a real browser."""

import json
from decimal import Decimal

import pytest
from django.core.cache import cache

from openrenda.accounts.tenancy import forget_congress
from openrenda.liaison.models import Station
from openrenda.reports import actions
from tests.makers.orgs import setup_actor
from tests.makers.stations import Scene, a_scene

WEST = [[124.58, 30.75], [124.615, 30.75], [124.615, 30.79], [124.58, 30.79], [124.58, 30.75]]
EAST = [[124.615, 30.75], [124.65, 30.75], [124.65, 30.79], [124.615, 30.79], [124.615, 30.75]]


@pytest.fixture
def scene() -> Scene:
    """Two streets, three stations with places, two published opinions."""
    forget_congress()
    cache.clear()
    found = a_scene()
    for code, lng, lat in (("S01", "124.60", "30.77"), ("C01", "124.605", "30.775"), ("S02", "124.63", "30.768")):
        Station.objects.filter(unit__code=code).update(lng=Decimal(lng), lat=Decimal(lat))
    features = [
        {"type": "Feature", "properties": {"编号": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code, ring in (("J01", WEST), ("J02", EAST))
    ]
    told = {"名称": "望河", "类型": "water"}
    line = {"type": "LineString", "coordinates": [[124.615, 30.75], [124.617, 30.77], [124.615, 30.79]]}
    features.append({"type": "Feature", "properties": told, "geometry": line})
    raw = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    actions.draw_streets(raw=raw, actor=setup_actor(found.congress))
    found.published("桐荫路路灯不亮")
    found.published("桐荫路井盖松动")
    return found
