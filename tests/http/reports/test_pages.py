"""What maps and boards show, and what hostile addresses and files do to them: nothing."""

import json
from html import unescape

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from openrenda.kernel import parameters
from openrenda.liaison.models import Opinion, Station
from openrenda.reports.models import Shape
from openrenda.reports.parameters import ATTRIBUTION, TILES
from tests.http.reports.conftest import Enter
from tests.makers.orgs import a_unit, setup_actor
from tests.makers.stations import Scene

RING = [[124.60, 30.70], [124.66, 30.70], [124.66, 30.76], [124.60, 30.70]]


def drawing(code: str = "J01") -> SimpleUploadedFile:
    feature = {"type": "Feature", "properties": {"编号": code}, "geometry": {"type": "Polygon", "coordinates": [RING]}}
    told = {"type": "FeatureCollection", "features": [feature]}
    return SimpleUploadedFile("streets.geojson", json.dumps(told).encode(), "application/geo+json")


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return unescape(answer.content.decode())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_empty_house_says_what_will_be_here(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    assert client.get("/map/").status_code == 200
    assert client.get("/board/").status_code == 200


def test_without_data_there_is_no_figure(scene: Scene, client: Client) -> None:
    html = html_of(client, "/board/")
    assert html.count("暂无数据") > 6
    assert "0.0%" not in html
    assert "100%" not in html


def test_the_list_says_what_the_map_shows(scene: Scene, client: Client) -> None:
    pk = scene.published("桐荫路路灯不亮")
    number = Opinion.objects.get(pk=pk).number
    html = html_of(client, "/map/")
    assert f'id="opinion-{number}"' in html
    assert f'href="/opinions/{number}/"' in html
    assert 'id="station-S01"' in html
    assert "没有登记位置，不在图上" in html, (
        "the stations of this scene have no coordinates, and are listed all the same"
    )


def test_a_station_with_a_place_is_drawn_and_linked(scene: Scene, client: Client) -> None:
    Station.objects.filter(unit__code="S01").update(lng="124.61499", lat="30.76973")
    html = html_of(client, "/map/")
    assert 'href="#station-S01"' in html
    assert 'data-lng="124.61499"' in html
    street = a_unit("J01").pk
    assert f'href="/map/?street={street}#station-S01"' in html_of(client, "/stations/S01/")
    assert "在地图上看" not in html_of(client, "/stations/S02/")
    assert 'href="/map/?kind=station"' in html_of(client, "/stations/")
    assert 'href="/map/"' in html_of(client, "/")


def test_a_hidden_opinion_is_nowhere(scene: Scene, client: Client) -> None:
    pk = scene.fed_back("不想公开的事")
    number = Opinion.objects.get(pk=pk).number
    for url in ("/map/", "/map/?kind=opinion", "/board/"):
        html = html_of(client, url)
        assert "不想公开的事" not in html
        assert number not in html


@pytest.mark.parametrize(
    "query",
    [
        "kind=no", "street=-1", "street=99999999999999999999", "street=%00", "category=abc", "year=0", "year=99999",
        "year=2025%27--", "kind=station&kind=opinion", "period=%F0%9F%98%80", "period=0000", "period=9999",
        "unit=%E2%80%AE1", "street=1&unit=1&period=24m", "street=" + "9" * 5000,
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_no_fault(scene: Scene, client: Client, query: str) -> None:
    scene.published()
    for page in ("/map/", "/board/"):
        assert client.get(f"{page}?{query}").status_code == 200


def test_pictures_come_from_elsewhere_only_when_somebody_says_so(scene: Scene, client: Client) -> None:
    assert "example" not in client.get("/map/")["Content-Security-Policy"]
    setup = setup_actor(scene.congress)
    address = "https://tiles.example.cn/{z}/{x}/{y}.png"
    parameters.set_value(parameter=TILES, raw=address, reason="底图", actor=setup)
    parameters.set_value(parameter=ATTRIBUTION, raw="<b>审图号</b> GS(2025)1", reason="底图", actor=setup)
    cache.clear()
    answer = client.get("/map/")
    policy = answer["Content-Security-Policy"]
    assert "img-src https://tiles.example.cn 'self'" in policy
    assert policy.count("example") == 1
    assert "script-src" not in policy
    assert "unsafe" not in policy
    html = answer.content.decode()
    assert "&lt;b&gt;审图号" in html
    assert "example" not in client.get("/board/")["Content-Security-Policy"]


def test_the_office_brings_a_drawing_and_the_map_shows_it(scene: Scene, enter: Enter) -> None:
    office = enter("rep")
    assert "还没有街道图" in html_of(office, "/manage/map/")
    assert office.post("/manage/map/", {"file": drawing()}).status_code == 303
    assert "已画1个街道" in html_of(office, "/manage/map/")
    assert "atlas-ground" in html_of(enter("visitor"), "/map/")


@pytest.mark.parametrize(
    ("raw", "why"),
    [(b"{}", "FeatureCollection"), (b"\x00\x01", "JSON"), (b"", ""), (drawing("J99").read(), "没有这个编号的街道")],
)
def test_a_bad_drawing_says_why_and_changes_nothing(scene: Scene, enter: Enter, raw: bytes, why: str) -> None:
    office = enter("rep")
    office.post("/manage/map/", {"file": drawing()})
    answer = office.post("/manage/map/", {"file": SimpleUploadedFile("x.geojson", raw)})
    assert answer.status_code == 422
    assert why in unescape(answer.content.decode())
    assert Shape.objects.count() == 1


def test_others_cannot_replace_it(scene: Scene, enter: Enter) -> None:
    for who in ("visitor", "street", "clerk", "sysadmin"):
        assert enter(who).post("/manage/map/", {"file": drawing()}).status_code in {303, 403, 404}
    assert not Shape.objects.exists()


def test_numbers_come_with_their_n_period_and_definition(scene: Scene, client: Client) -> None:
    scene.published()
    scene.submit("另一件")
    html = html_of(client, "/board/?period=2025")
    for said in ("收到的意见", "2025年", "怎么算的", "Kaplan–Meier", "还在等的1件按至少已等这么久算在内", "用表格看"):
        assert said in html
    category = Opinion.objects.exclude(category=None).get().category
    assert category is not None
    top = category.parent_id
    assert f"/opinions/?year=2025&category={top}&street={a_unit('J01').pk}" in html


def test_the_last_twelve_months_are_named(scene: Scene, client: Client) -> None:
    assert "2024年4月至2025年3月" in html_of(client, "/board/")
    client.cookies["django_language"] = "en"
    assert client.get("/board/").status_code == 200


def test_an_office_sees_what_is_due_and_nothing_of_others(scene: Scene, enter: Enter) -> None:
    scene.handling("桐荫路路灯不亮")
    assert "桐荫路路灯不亮" in html_of(enter("street"), "/work/board/")
    assert "桐荫路路灯不亮" not in html_of(enter("clerk"), "/work/board/")
    assert "只看一个街道或单位" in html_of(enter("rep"), "/work/board/")
    assert "只看一个街道或单位" not in html_of(enter("clerk"), "/work/board/")


def test_a_unit_cannot_look_at_another_by_its_address(scene: Scene, enter: Enter) -> None:
    scene.handling("桐荫路路灯不亮")
    other = a_unit("Q01").pk
    html = html_of(enter("clerk"), f"/work/board/?unit={other}")
    assert "桐荫路路灯不亮" not in html
    assert "桐花里社区" not in html


def test_what_goes_out_is_what_is_shown(scene: Scene, client: Client) -> None:
    scene.published()
    answer = client.get("/exports/reports.public_opinions_hot/", {"as": "csv", "period": "2025"})
    text = answer.getvalue().decode("utf-8-sig")
    assert "桐荫街道" in text
    assert text.strip().splitlines()[-1].endswith("1")
