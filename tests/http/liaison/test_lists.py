"""Lists: found by what people type, cheap at any length, a fragment for htmx."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openrenda.orgs.states import Role
from tests.http.conftest import SignedIn
from tests.makers import orgs
from tests.makers.stations import Scene

Counted = Callable[[Client, str], int]


@pytest.fixture
def queries() -> Counted:
    """How many queries a page costs; the first request of a client warms what is kept per process."""

    def count(client: Client, path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    return count


@pytest.mark.parametrize("q", ["桐荫", "tyjd", "tongyin", "桐荫街道", "S01"])
def test_a_station_is_found(scene: Scene, client: Client, q: str) -> None:
    html = client.get("/stations/", {"q": q}).content.decode()
    assert "/stations/S01/" in html
    assert "/stations/S02/" not in html


@pytest.mark.parametrize("q", ["周延庆", "zyq", "zhouyanqing", "第1选区", "桐荫"])
def test_a_deputy_is_found(scene: Scene, client: Client, q: str) -> None:
    html = client.get("/deputies/", {"q": q}).content.decode()
    assert "/deputies/D001/" in html
    assert "/deputies/D002/" not in html


def test_a_deputys_telephone_is_never_public(scene: Scene, client: Client) -> None:
    orgs.a_deputy("赵勇", code="D009", phone="13800007777")
    for path in ("/deputies/", "/deputies/D009/", "/stations/S01/"):
        assert "13800007777" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    "path", ["/stations/?q=没有这个站", "/deputies/?q=没有此人", "/opinions/?q=没有这件事", "/opinions/"]
)
def test_an_empty_list_says_what_to_do(scene: Scene, client: Client, path: str) -> None:
    assert 'class="empty"' in client.get(path).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=1~2~3",
        "street=abc",
        "street=99999999999999999999",
        "year=0",
        "state=none",
        "q=" + "长" * 5000,
        "q=%00",
        "category=-1",
    ],
)
def test_nonsense_in_the_address_is_no_fault(scene: Scene, client: Client, query: str) -> None:
    for path in ("/stations/", "/deputies/", "/opinions/"):
        assert client.get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/stations/", "/deputies/", "/opinions/", "/opinions/new/"])
def test_htmx_gets_the_results_only(scene: Scene, client: Client, path: str) -> None:
    part = client.get(path, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert part.headers["Vary"]
    assert "HX-Request" in part.headers["Vary"]


def test_published_by_street_category_state_and_year(scene: Scene, client: Client) -> None:
    number = scene.receipts[scene.published()].number
    street, other = orgs.a_unit("J01").pk, orgs.a_unit("J02").pk
    found = {f"street={street}": True, f"street={other}": False, "state=closed": True, "state=handling": False,
             "year=2025": True, "year=2024": False, f"category={scene.category_id}": True}  # fmt: skip
    seen = {query: number in client.get(f"/opinions/?{query}").content.decode() for query in found}
    assert seen == found


def test_what_is_not_published_is_nowhere_public(scene: Scene, client: Client) -> None:
    pk = scene.fed_back("只有我知道的事")
    for path in ("/", "/opinions/", "/stations/S01/", "/deputies/D001/"):
        assert "只有我知道的事" not in client.get(path).content.decode()
    assert client.get(f"/opinions/{scene.receipts[pk].number}/").status_code == 404


def test_pages_go_on_where_the_last_one_ended(scene: Scene, client: Client) -> None:
    for number in range(35):
        orgs.a_deputy(f"代表{number}", code=f"D1{number:02}")
    first = client.get("/deputies/").content.decode()
    link = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(link).content.decode()
    assert "/deputies/D134/" in second
    assert "/deputies/D100/" not in second


def test_public_lists_cost_the_same_at_any_length(scene: Scene, client: Client, queries: Counted) -> None:
    paths = ("/stations/", "/deputies/", "/opinions/", "/")
    scene.published()
    scene.published("公园长椅坏了")
    few = {path: queries(client, path) for path in paths}
    for number in range(18):
        scene.published(f"第{number}件")
        orgs.a_deputy(f"代表{number}", code=f"D1{number:02}")
    assert {path: queries(client, path) for path in paths} == few
    assert max(few.values()) <= 10, "the home page asks each slice once"


def test_the_inbox_costs_the_same_at_any_length(scene: Scene, client_as: SignedIn, queries: Counted) -> None:
    head = client_as(Role.STATION_HEAD, "S01")
    for number in range(2):
        scene.submit(f"第{number}件")
    few = queries(head, "/work/opinions/")
    for number in range(38):
        scene.submit(f"又第{number}件")
    assert queries(head, "/work/opinions/") == few <= 14


def test_a_case_costs_the_same_however_long_its_story(scene: Scene, client_as: SignedIn, queries: Counted) -> None:
    head = client_as(Role.STATION_HEAD, "S01")
    young, old = scene.submit("公园长椅坏了"), scene.published("公园长椅坏了")
    head.get(f"/work/opinions/{old}/")  # what was written is found before it is counted
    assert queries(head, f"/work/opinions/{young}/") == queries(head, f"/work/opinions/{old}/") <= 22
