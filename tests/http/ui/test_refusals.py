"""Refusals as pages: what happened, why, what to do."""

from collections.abc import Iterator
from typing import Any, Never

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import clear_url_caches, path

from openrenda.config import urls as house_urls
from openrenda.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from openrenda.ui import views


class Full(Conflict):
    code = "test.full"
    message = "{unit}已有{open}件在办。"
    remedy = "请换一个单位。"


RAISED: dict[str, Any] = {
    "404": NotFound,
    "http404": Http404,
    "403": NotAllowed,
    "denied": PermissionDenied,
    "409": Full(unit="<b>区住建局</b>", open=9),
    "422": Invalid(fields={"title": "请写明地点。"}),
    "413": RequestDataTooBig,
    "400": SuspiciousOperation,
    "500": ZeroDivisionError,
}


def failing(request: HttpRequest, what: str) -> Never:
    raise RAISED[what]


urlpatterns = [path("work/fail/<str:what>/", failing), path("fail/<str:what>/", failing), *house_urls.urlpatterns]
handler400, handler404, handler500 = house_urls.handler400, house_urls.handler404, house_urls.handler500


@pytest.fixture(autouse=True)
def _failing_house() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        clear_url_caches()
        yield
    clear_url_caches()


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("what", "status", "said"),
    [
        ("404", 404, "没有找到"),
        ("http404", 404, "没有找到"),
        ("denied", 404, "没有找到"),
        ("409", 409, "已有9件在办"),
        ("422", 422, "请写明地点。"),
        ("413", 413, "超出了上限"),
        ("400", 400, "格式不对"),
    ],
)
def test_each_is_a_page_of_ours(visitor: Client, what: str, status: int, said: str) -> None:
    answer = visitor.get(f"/fail/{what}/")
    html = answer.content.decode()
    assert answer.status_code == status
    assert said in html
    assert "您可以" in html
    assert '<main id="main"' in html
    assert "Traceback" not in html


def test_what_may_not_be_seen_looks_like_what_is_not_there(visitor: Client) -> None:
    hidden, missing = visitor.get("/fail/403/"), visitor.get("/fail/404/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    strip = "/fail/403/", "/fail/404/"
    bodies = [answer.content.decode() for answer in (hidden, missing)]
    tokens = [body.replace(part, "") for body, part in zip(bodies, strip, strict=True)]
    assert without_tokens(tokens[0]) == without_tokens(tokens[1])


def without_tokens(html: str) -> list[str]:
    return [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line]


def test_an_act_that_is_not_ones_own_is_refused_as_such(visitor: Client) -> None:
    answer = visitor.post("/fail/403/")
    assert answer.status_code == 403
    assert "身份不能做这一步" in answer.content.decode()


def test_values_in_messages_are_escaped(visitor: Client) -> None:
    assert "&lt;b&gt;区住建局" in visitor.get("/fail/409/").content.decode()


def test_programs_get_json(visitor: Client) -> None:
    answer = visitor.post("/fail/409/", headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json() == {
        "code": "test.full", "message": "<b>区住建局</b>已有9件在办。", "remedy": "请换一个单位。", "fields": {},
    }  # fmt: skip


def test_a_fragment_gets_a_notice_in_its_place(visitor: Client) -> None:
    answer = visitor.post("/fail/409/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["X-Refusal-Status"]) == (422, "409")
    assert answer.content.decode().lstrip().startswith('<div class="notice is-danger" role="alert">')


def test_a_fault_of_ours_is_told_without_templates_or_database(visitor: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = views.fault(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "没有保存" in answer.content.decode()
    assert f'href="{settings.STATIC_URL}ui/css/fault.css"' in answer.content.decode()
    assert finders.find("ui/css/fault.css")
    assert visitor.get("/fail/500/").status_code == 500


def test_the_way_back_leads_only_to_our_own_pages(visitor: Client) -> None:
    ours = visitor.post("/fail/409/", headers={"Referer": "http://testserver/ui/?x=1"}).content.decode()
    theirs = visitor.post("/fail/409/", headers={"Referer": "http://elsewhere.example/ui/"}).content.decode()
    assert 'href="/ui/?x=1"' in ours
    assert "elsewhere" not in theirs


def test_a_stale_form_is_explained() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/elder/", {"on": "1"})
    assert answer.status_code == 403
    assert "打开得太久" in answer.content.decode()
    assert "elder" not in answer.cookies


def test_an_unknown_address_is_a_page_of_ours(visitor: Client) -> None:
    answer = visitor.get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()
