"""Taking a list out: at once, for a reason, in the background; what I took out; visitors."""

import csv
import hashlib
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from openpyxl import load_workbook

from openrenda.audit.models import AuditEntry
from openrenda.exchange import selectors, tables
from openrenda.exchange.export_tasks import write_export
from openrenda.exchange.models import Export
from openrenda.exchange.states import ExportState
from openrenda.exchange.urls import urlpatterns
from openrenda.kernel import clock
from openrenda.kernel.models import ParameterValue
from openrenda.orgs.states import Role
from tests.http.conftest import SignedIn
from tests.http.exchange.grounds import GROUNDS
from tests.makers.accounts import sysadmin_actor
from tests.makers.stations import Scene

INBOX = "/exports/liaison.inbox/"
MINE = "/work/exports/"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def body(answer: Any) -> bytes:
    """All of the answer; at its end the test client closes it, as the server does."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def status(answer: Any) -> int:
    body(answer)
    return int(answer.status_code)


def limit(scene: Scene, key: str, value: int) -> None:
    """A setting of the district."""
    from_office = sysadmin_actor(scene.congress)
    ParameterValue.objects.create(
        congress_id=scene.congress.pk,
        key=key,
        value=value,
        effective_at=clock.now(),
        reason="试",
        set_by=from_office.urn,
    )


# -- visitors ----------------------------------------------------------------------------------------------------------


def test_a_visitor_takes_the_list_on_the_screen(scene: Scene, client: Client) -> None:
    scene.published("公园长椅坏了")
    scene.published("路灯不亮")
    page = client.get("/opinions/", {"q": "长椅"}).content.decode()
    assert "/exports/liaison.published/?q=%E9%95%BF%E6%A4%85&amp;as=xlsx" in page
    answer = client.get("/exports/liaison.published/", {"q": "长椅", "as": "xlsx"})
    book = load_workbook(io.BytesIO(body(answer)))
    assert [row[1] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == ["公园长椅坏了"]
    assert dict(book["说明"].iter_rows(values_only=True))["筛选"] == "查找：长椅"
    assert "attachment" in answer["Content-Disposition"]
    row = Export.objects.get()
    assert (row.by, row.rows, row.state) == ("public", 1, ExportState.ANSWERED)


def test_csv_for_visitors_is_streamed_and_written_down_at_its_end(scene: Scene, client: Client) -> None:
    for title in ("公园长椅坏了", "路灯不亮"):
        scene.published(title)
    limit(scene, "exchange.visitor_rows", 1)
    refused = client.get("/exports/liaison.published/", {"as": "xlsx"})
    assert refused.status_code == 409
    assert "CSV" in refused.content.decode()
    answer = client.get("/exports/liaison.published/", {"as": "csv"})
    assert answer.streaming
    assert not Export.objects.exists()
    raw = body(answer)
    row = Export.objects.get()
    assert (row.rows, row.sha256, row.size) == (2, hashlib.sha256(raw).hexdigest(), len(raw))
    assert AuditEntry.objects.get(kind="exchange.exported").detail["is_whole"] is True


def test_a_stream_that_breaks_off_says_so(scene: Scene, client: Client) -> None:
    scene.published("路灯不亮")
    answer: Any = client.get("/exports/liaison.published/", {"as": "csv"})
    next(iter(answer.streaming_content))
    answer._iterator.close()
    assert AuditEntry.objects.get(kind="exchange.exported").detail["is_whole"] is False


def test_one_address_does_not_take_everything_all_the_time(scene: Scene, client: Client) -> None:
    limit(scene, "exchange.visitor_hourly", 1)
    assert status(client.get("/exports/liaison.stations/")) == 200
    again = client.get("/exports/liaison.stations/")
    assert again.status_code == 429
    assert "一小时" in again.content.decode()
    assert status(client.get("/exports/liaison.stations/", REMOTE_ADDR="10.9.8.7")) == 200


@pytest.mark.parametrize("form", ["", "doc", "CSV", "xlsx\x00"])
def test_an_unknown_form_is_excel(scene: Scene, client: Client, form: str) -> None:
    answer = client.get("/exports/liaison.stations/", {"as": form, "street": "abc", "after": "x"})
    assert status(answer) == 200
    assert "spreadsheetml" in answer["Content-Type"]


def test_the_links_stand_on_the_fragment_and_not_on_an_empty_list(scene: Scene, client: Client) -> None:
    part = client.get("/stations/", {"q": "桐荫"}, headers={"HX-Request": "true"}).content.decode()
    assert "/exports/liaison.stations/?q=" in part
    assert "export-links" not in client.get("/stations/", {"q": "没有这个站"}).content.decode()


@pytest.mark.parametrize(
    "query", ["q=%00%00", "%00=1", "q=" + "长" * 5000, "&".join(f"p{n}=1" for n in range(500)), "q=%ff"]
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_nonsense_in_the_address_is_kept_out_of_the_book(scene: Scene, client: Client, query: str, form: str) -> None:
    assert status(client.get(f"/exports/liaison.stations/?{query}&as={form}")) == 200
    row = Export.objects.get()
    assert len(str(row.params)) < 2000


def test_numbers_of_people_in_the_filters_are_masked_where_they_are_kept(scene: Scene, client: Client) -> None:
    assert status(client.get("/exports/liaison.published/", {"q": "13800001234", "as": "csv"})) == 200
    assert "13800001234" not in Export.objects.get().filters
    assert "13800001234" not in str(AuditEntry.objects.get(kind="exchange.exported").detail)


# -- with a reason -----------------------------------------------------------------------------------------------------


def test_a_list_with_personal_data_asks_why(scene: Scene, client_as: SignedIn) -> None:
    scene.submit("=HYPERLINK(1)路灯")
    client = client_as(Role.STATION_STAFF, "S01")
    asked = client.get(INBOX, {"lane": "mine", "as": "csv"})
    text = asked.content.decode()
    assert "含个人信息" in text
    assert "轮到谁：轮到我办" in text
    assert not Export.objects.exists()
    refused = client.post(f"{INBOX}?lane=mine&as=csv", {"reason": " "})
    assert refused.status_code == 422
    assert "请写明导出理由" in refused.content.decode()
    answer = client.post(f"{INBOX}?lane=mine&as=csv", {"reason": "站务会核对"})
    rows = list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))
    assert [row["标题"] for row in rows] == ["'=HYPERLINK(1)路灯"]
    entry = AuditEntry.objects.get(kind="exchange.exported")
    row = Export.objects.get()
    assert (entry.detail["reason"], entry.detail["rows"], entry.detail["sha256"]) == ("站务会核对", 1, row.sha256)
    assert entry.subject_id == row.pk


def test_a_forged_form_is_refused(scene: Scene, client_as: SignedIn) -> None:
    client = client_as(Role.STATION_STAFF, "S01")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(f"{INBOX}?as=csv", {"reason": "核对"}).status_code == 403
    assert not Export.objects.exists()


# -- in the background -------------------------------------------------------------------------------------------------


def test_a_large_list_is_written_by_the_worker_and_found_again(scene: Scene, client_as: SignedIn) -> None:
    limit(scene, "exchange.at_once_rows", 1)
    for title in ("公园长椅坏了", "路灯不亮"):
        scene.submit(title)
    client = client_as(Role.STATION_STAFF, "S01")
    answer = client.post(f"{INBOX}?lane=mine&as=xlsx", {"reason": "核对"})
    row = Export.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{MINE}#export-{row.pk}")
    waiting = client.get(MINE).content.decode()
    assert "排队中" in waiting
    assert "every 3s" in waiting
    assert client.get(reverse("exchange:file", args=[row.pk])).status_code == 409
    write_export(row.pk)
    ready = client.get(MINE, headers={"HX-Request": "true"}).content.decode()
    assert "可以下载" in ready
    assert "every 3s" not in ready
    assert "理由：核对" in ready
    file = client.get(reverse("exchange:file", args=[row.pk]))
    raw = body(file)
    row.refresh_from_db()
    assert hashlib.sha256(raw).hexdigest() == row.sha256
    assert int(file["Content-Length"]) == len(raw)
    assert load_workbook(io.BytesIO(raw)).worksheets[0].max_row == 3


def test_a_long_list_without_personal_data_says_so_first(scene: Scene, client_as: SignedIn) -> None:
    limit(scene, "exchange.at_once_rows", 1)
    client = client_as(Role.STATION_STAFF, "S01")
    asked = client.get("/exports/liaison.stations/", {"as": "csv"})
    assert "后台生成" in asked.content.decode()
    assert not Export.objects.exists(), "a GET begins nothing"
    assert 'name="later"' in asked.content.decode()
    assert client.post("/exports/liaison.stations/?as=csv", {"later": "1"}).status_code == 303
    assert Export.objects.get().state == ExportState.WAITING


def test_cancelling(scene: Scene, client_as: SignedIn) -> None:
    limit(scene, "exchange.at_once_rows", 1)
    client = client_as(Role.STATION_STAFF, "S01")
    client.post("/exports/liaison.stations/?as=csv")
    row = Export.objects.get()
    assert client.post(reverse("exchange:cancel", args=[row.pk])).status_code == 303
    assert "已取消" in client.get(MINE).content.decode()
    assert client.post(reverse("exchange:cancel", args=[row.pk])).status_code == 409


def test_my_exports_are_mine_alone(scene: Scene, client_as: SignedIn, client: Client) -> None:
    """Address × who: the one who asked, a colleague with the same hat, a visitor."""
    limit(scene, "exchange.at_once_rows", 1)
    mine, colleague = client_as(Role.STATION_STAFF, "S01"), client_as(Role.STATION_STAFF, "S01")
    mine.post("/exports/liaison.stations/?as=csv")
    row = Export.objects.get()
    write_export(row.pk)
    paths = {
        pattern.name: reverse(f"exchange:{pattern.name}", args=[row.pk] if pattern.name in ("file", "cancel") else [])
        for pattern in urlpatterns
        if isinstance(pattern, URLPattern) and pattern.name in ("exports", "file", "cancel")
    }
    expected = {
        "exports": (200, 200, 303),
        "file": (200, 404, 303),
        "cancel": (405, 405, 303),
    }
    for name, path in paths.items():
        got = tuple(status(who.get(path)) for who in (mine, colleague, client))
        assert got == expected[name], name
    assert str(row.pk) not in [part for part in colleague.get(MINE).content.decode().split('"') if part.isdigit()]
    assert colleague.post(paths["cancel"]).status_code == 404


def test_who_lost_the_post_no_longer_gets_the_file(scene: Scene, client_as: SignedIn) -> None:
    limit(scene, "exchange.at_once_rows", 1)
    client = client_as(Role.STATION_STAFF, "S01")
    client.post("/exports/liaison.stations/?as=csv")
    row = Export.objects.get()
    write_export(row.pk)
    assert status(client.get(reverse("exchange:file", args=[row.pk]))) == 200
    Export.objects.filter(pk=row.pk).update(roles=[["SC_REP", 1]])
    assert client.get(reverse("exchange:file", args=[row.pk])).status_code == 404


def test_an_empty_page_says_what_will_be_here(scene: Scene, client_as: SignedIn) -> None:
    assert "还没有导出过" in client_as(Role.STATION_STAFF, "S01").get(MINE).content.decode()


@pytest.mark.parametrize("name", GROUNDS)
def test_every_list_says_what_it_holds(name: str) -> None:
    table = tables.get(name)
    assert table.definition
    labels = [column.label for column in table.columns]
    assert len(labels) == len(set(labels)), "two columns of one name"


@pytest.mark.parametrize(("name", "make"), [("liaison.published", "published"), ("liaison.inbox", "submit")])
def test_it_costs_the_same_at_any_length(scene: Scene, client_as: SignedIn, name: str, make: str) -> None:
    """As many queries for two rows as for eight: batches, not rows, are asked for."""
    actor, costs = scene.hat(Role.STATION_STAFF, "S01"), []
    for count in (2, 6):
        for _ in range(count):
            getattr(scene, make)("路灯不亮")
        with CaptureQueriesContext(connection) as seen:
            rows = list(selectors.lines(tables.get(name), actor, {}))
        costs.append(len(seen))
    assert len(rows) == 8
    assert costs[0] == costs[1]
