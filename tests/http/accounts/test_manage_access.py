"""Every address of sign-in and administration × every role: who may open it stands here a second time, by hand."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from openrenda.accounts.gates import access_of
from openrenda.exchange.actions.imports import take_in
from openrenda.orgs.states import MANDATE_ROLES, Role
from openrenda.search.actions import add_synonyms
from openrenda.search.models import SynonymKind
from tests.makers.accounts import a_deputy_user, a_user, a_user_in, client_of
from tests.makers.imports import a_csv
from tests.makers.orgs import a_congress, a_deputy, a_person, a_staff_member, setup_actor

SYS, SEC, AUD, OFFICE, REP = Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR, Role.SC_OFFICE, Role.SC_REP

# address, method, who is let in; others get what an unknown address gets (GET) or 403 (POST)
REFUSED = {"get": 404, "post": 403}
TABLE = (
    ("/manage/", "get", {SYS, SEC, AUD, OFFICE, REP}),
    ("/manage/people/", "get", {SYS, SEC}),
    ("/manage/people/new/", "get", {SYS}),
    ("/manage/people/{person}/", "get", {SYS, SEC}),
    ("/manage/people/{person}/account/", "post", {SYS}),
    ("/manage/people/{person}/posts/", "post", {SEC}),
    ("/manage/posts/{post}/end/", "post", {SEC}),
    ("/manage/accounts/{user}/reset/", "post", {SYS}),
    ("/manage/accounts/{user}/unlock/", "post", {SYS, SEC}),
    ("/manage/accounts/{user}/deactivate/", "post", {SYS}),
    ("/manage/accounts/{user}/reactivate/", "post", {SYS}),
    ("/manage/security/", "get", {SEC}),
    ("/manage/sessions/{session}/end/", "post", {SEC}),
    ("/manage/locks/999/lift/", "post", {SEC}),
    ("/manage/calendar/", "get", {SYS, OFFICE, REP}),
    ("/manage/calendar/mark/", "post", {SYS, OFFICE}),
    ("/manage/calendar/clear/", "post", {SYS, OFFICE}),
    ("/manage/calendar/recompute/", "post", {OFFICE, REP}),
    ("/manage/settings/", "get", {SYS, SEC, OFFICE, REP}),
    ("/manage/settings/accounts.idle_minutes/", "get", {SYS, SEC, OFFICE, REP}),
    ("/manage/map/", "get", {REP}),
    ("/manage/routing/", "get", {SYS, OFFICE, REP}),
    ("/manage/routing/learn/", "post", {SYS, OFFICE, REP}),
    ("/manage/search/synonyms/", "get", {SYS, SEC, OFFICE, REP}),
    ("/manage/search/synonyms/add/", "post", {SYS, OFFICE, REP}),
    ("/manage/search/synonyms/{group}/", "get", {SYS, OFFICE, REP}),
    ("/manage/search/synonyms/{other_group}/remove/", "post", {SYS, OFFICE, REP}),
    ("/manage/audit/", "get", {AUD}),
    ("/manage/imports/", "get", {SYS, OFFICE, REP}),
    ("/manage/imports/new/", "get", {SYS, OFFICE, REP}),
    ("/manage/imports/template/orgs.units/", "get", {SYS, REP}),
    ("/manage/imports/{run}/", "get", {SYS, REP}),
    ("/manage/imports/{run}/mapping/", "get", {SYS, REP}),
    ("/manage/imports/{run}/confirm/", "post", {SYS, OFFICE, REP}),
    ("/manage/imports/{run}/cancel/", "post", {SYS, OFFICE, REP}),
    ("/manage/imports/{run}/errors/", "get", {SYS, REP}),
)
ROLES = list(Role)


def somebody(role: Any) -> Any:
    if role in MANDATE_ROLES:
        return a_deputy_user(
            a_deputy(sc_post="委员" if role is Role.SC_MEMBER else "", leads_delegation=role is Role.DEPUTY_LEAD)
        )
    return a_user_in(role, "R01")


def a_group(*words: str) -> int:
    """Other names of a place."""
    return add_synonyms(kind=SynonymKind.PLACE, words=words, actor=setup_actor(a_congress())).pk


def an_import() -> int:
    """A table of units on its way in."""
    content = a_csv([("编号", "名称", "类别"), ("B99", "区信访局", "部门")])
    actor = setup_actor(a_congress())
    return take_in(kind_name="orgs.units", file=io.BytesIO(content), size=len(content), name="x.csv", actor=actor).pk


@pytest.fixture
def numbers() -> Any:
    """A third person with a login, a session and a post, for the addresses."""
    user = a_user(a_staff_member(Role.UNIT_CLERK, "B03"))
    client_of(user)
    return {
        "person": a_person().pk,
        "user": user.pk,
        "post": user.person.posts.get().pk,
        "session": user.sign_ins.latest("pk").pk,
        "group": a_group("渡口里", "渡口里大院"),
        "other_group": a_group("文化宫", "工人文化宫"),
        "run": an_import(),
    }


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_each_address_opens_to_the_roles_of_the_table_and_to_no_other(role: Any, numbers: dict[str, int]) -> None:
    client = client_of(somebody(role))
    for address, method, allowed in TABLE:
        answer = getattr(client, method)(address.format(**numbers))
        assert (answer.status_code != REFUSED[method]) == (role in allowed), (
            f"{role} {method} {address}: {answer.status_code}"
        )
        assert answer.status_code < 500


def test_a_visitor_is_asked_to_sign_in_everywhere(numbers: dict[str, int]) -> None:
    for address, method, _ in TABLE:
        answer = getattr(Client(), method)(address.format(**numbers))
        assert answer.status_code == 303
        assert answer["Location"].startswith("/account/sign-in/")


def walk(resolver: Any, prefix: Any = "/") -> Any:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


def test_the_table_names_every_address_of_the_administration() -> None:
    told = {address.split("{")[0].rstrip("0123456789/") for address, _, _ in TABLE}
    for path, _ in walk(get_resolver()):
        if path.startswith("/manage/"):
            stem = path.split("<")[0].rstrip("/")
            assert any(t.startswith(stem) or stem.startswith(t) for t in told), f"add {path} to the table"
    assert len([p for p, _ in walk(get_resolver()) if p.startswith("/manage/")]) == len(TABLE)


@pytest.mark.parametrize("ground", ["/work/", "/manage/", "/inbox/", "/account/"])
def test_private_ground_is_closed_by_default(ground: Any) -> None:
    """Even a view that nobody marked."""
    assert access_of(lambda request: None, ground + "anything/").signed_in
    open_pages = {
        path for path, view in walk(get_resolver()) if path.startswith(ground) and not access_of(view, path).signed_in
    }
    assert open_pages <= {"/account/sign-in/", "/account/sign-out/"}


def test_unknown_and_foreign_people_look_the_same() -> None:
    client = client_of(a_user_in(SYS))
    other = a_person("欧阳明", congress=a_congress("elsewhere"))
    foreign, unknown = client.get(f"/manage/people/{other.pk}/"), client.get("/manage/people/99999999/")
    assert foreign.status_code == unknown.status_code == 404
    assert other.name not in foreign.content.decode()
