"""Every address of the package × who asks; those of the administration stand in its own table."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from openrenda.orgs.states import MANDATE_ROLES, Role
from openrenda.site.urls import urlpatterns
from tests.makers import stations
from tests.makers.orgs import a_congress, a_deputy, a_staff_member

PUBLIC = {"home", "about", "robots", "search", "hints", "search_json", "feed"}
SIGNED_IN = {"work", "work_search", "work_hints"}
ELSEWHERE = {"synonyms", "synonym_add", "synonym_group", "synonym_remove"}


def test_every_address_has_a_row() -> None:
    named = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    assert named == PUBLIC | SIGNED_IN | ELSEWHERE


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_who_may_open_what(role: Role | None) -> None:
    a_congress()
    client = Client()
    if role in MANDATE_ROLES:
        client = stations.signed_in(a_deputy(sc_post="委员" if role is Role.SC_MEMBER else "").person)
    elif role is not None:
        client = stations.signed_in(a_staff_member(role, "R01"))
    got = {name: client.get(reverse(f"site:{name}"), {"q": "路灯"}).status_code for name in PUBLIC | SIGNED_IN}
    inside = 303 if role is None else 200
    assert got == {name: 200 if name in PUBLIC else inside for name in got}
