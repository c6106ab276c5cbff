"""For each list: what is taken out is what the page shows, with its filters and in its order; and only to its hats."""

import csv
import html
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from openrenda.accounts.gates import access_of
from openrenda.exchange import tables
from openrenda.kernel.actor import Actor
from openrenda.orgs.states import MANDATE_ROLES, Role
from tests.http.exchange.grounds import GROUNDS, Ground, enter
from tests.makers import orgs
from tests.makers.stations import signed_in


def filled(values: dict[str, str] | Any, made: Any) -> dict[str, str]:
    return {name: value.format(**made) for name, value in values.items()}


def taken(client: Client, name: str, asked: dict[str, str]) -> list[list[str]]:
    """The rows of the list as CSV, its labels left out."""
    query = {**asked, "as": "csv"}
    answer: Any = client.get(f"/exports/{name}/", query)
    if tables.get(name).personal:
        assert "导出理由" in answer.content.decode()
        answer = client.post(f"/exports/{name}/?" + "&".join(f"{k}={v}" for k, v in query.items()), {"reason": "核对"})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def test_each_list_has_its_ground_here() -> None:
    """A slice that offers a list says here which page it is of."""
    ours = {table.name for table in tables.all() if not table.name.startswith(("reports.", "test."))}
    assert ours == set(GROUNDS)


@pytest.mark.parametrize("name", GROUNDS)
def test_the_file_holds_what_the_page_shows(name: str) -> None:
    ground = GROUNDS[name]
    made = ground.make()
    client = enter(ground, made)
    answer = client.get(ground.page.format(**made), ground.query)
    assert answer.status_code == 200
    page = html.unescape(answer.content.decode())
    rows = taken(client, name, {**ground.query, **filled(ground.place, made)})
    if name == "accounts.locks":
        assert rows == []
        return
    assert rows, "the test would prove nothing"
    assert f"/exports/{name}/?" in page
    if ground.shown is not None:
        assert len(rows) == ground.shown(page)
    place = 0
    main = re.sub("</?mark>", "", page[page.index('id="main"') :])
    for row in rows:
        words = re.sub(r"\s*\n\s*", " ", row[ground.key])
        found = main.find(words, place)
        assert found >= 0, f"{words!r} is missing, or stands elsewhere in the order"
        place = found


def an_actor(role: Role) -> Actor:
    return Actor(urn="person:1", name="某某", congress_id=1, roles=frozenset({(str(role), 1)}), person_id=1)


@pytest.mark.parametrize("name", [name for name, ground in GROUNDS.items() if ground.gate == "page"])
def test_the_list_is_open_to_those_to_whom_its_page_is(name: str) -> None:
    ground, table = GROUNDS[name], tables.get(name)
    path = ground.page.format(station="S01", year="2025", pk="1", key="k")
    mark = access_of(resolve(path).func, path)
    assert table.who(Actor.anonymous(1)) == (not mark.signed_in)
    for role in Role:
        wanted = not mark.signed_in or not mark.roles or str(role) in mark.roles
        assert table.who(an_actor(role)) == wanted, role


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.STATION_STAFF, Role.SYSADMIN, Role.UNIT_CLERK, Role.SC_MEMBER])
def test_what_is_not_yours_looks_like_what_is_not_there(role: Role) -> None:
    orgs.a_congress()
    person = orgs.a_deputy(sc_post="委员").person if role in MANDATE_ROLES else orgs.a_staff_member(role, "S01")
    client = signed_in(person)
    unknown = _bare(client.get("/exports/no.such/"), "no.such")
    assert "404" in unknown
    held = {role} if role not in MANDATE_ROLES else {Role.DEPUTY, Role.SC_MEMBER}
    for table in tables.all():
        if not any(table.who(an_actor(one)) for one in held):
            assert _bare(client.get(f"/exports/{table.name}/"), table.name) == unknown


def _bare(answer: Any, name: str) -> str:
    """What the answer says, without the address that was asked for."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return f"{answer.status_code} {text.replace(name, '')}"


def test_visitors_are_asked_to_sign_in_for_everything_that_is_not_public() -> None:
    orgs.a_congress()
    for name in ("no.such", *(table.name for table in tables.all() if not table.who(Actor.anonymous(1)))):
        answer = Client().get(f"/exports/{name}/")
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (303, "/account/sign-in/")


def test_places_of_others_look_unknown() -> None:
    """A station's desk, a year, a poll, a bulk table that is not theirs: the list is, its place is not."""
    ground = Ground("", GROUNDS["liaison.receptions"].make, Role.STATION_STAFF, "S02")
    client = enter(ground, ground.make())
    for query in ("?station=S01", "?station=", ""):
        assert client.get(f"/exports/liaison.receptions/{query}").status_code == 404
    hub = signed_in(orgs.a_staff_member(Role.GOV_HUB, "G01"))
    assert hub.get("/exports/suggestions.bulk/?desk=assign").status_code == 404
    assert hub.get("/exports/suggestions.bulk/?desk=burn").status_code == 404
    assert hub.get("/exports/livelihood.work_year/?year=99").status_code == 404
    assert Client().get("/exports/livelihood.year/?year=1900").status_code == 404
    assert Client().get("/exports/livelihood.year/?year=1900&as=csv").status_code == 404
    office = signed_in(orgs.a_staff_member(Role.SC_OFFICE, "R01"))
    assert office.get("/exports/voting.roll/?poll=none").status_code == 404
    assert office.get("/exports/meetings.sign_in/?meeting=none").status_code == 404
