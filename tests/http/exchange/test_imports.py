"""The pages on which a register comes in: complete without JavaScript, each step refused or taken by the same rules."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from openrenda.exchange.actions import imports, writing_in
from openrenda.exchange.import_states import ImportState
from openrenda.exchange.models import ImportMapping, ImportRun
from openrenda.orgs.models import Unit
from openrenda.orgs.states import Role
from tests.makers import orgs
from tests.makers.accounts import a_user_in, client_of
from tests.makers.imports import a_csv, an_xlsx, with_part

HEAD = ("单位编号", "单位名称", "简称", "性质", "上级单位")
GOOD = [HEAD, ("B08", "区财政局", "财政局", "部门", "G00"), ("B09", "区水务局", "水务局", "部门", "G00")]
BAD = [*GOOD, ("B10", "区文旅局", "文旅局", "衙门", "G00")]
NEW = "/manage/imports/new/"


@pytest.fixture
def client() -> Client:
    return client_of(a_user_in(Role.SC_REP, "R02"))


def upload(client: Client, content: bytes, name: str = "单位.xlsx", kind: str = "orgs.units") -> Any:
    return client.post(NEW, {"kind": kind, "file": SimpleUploadedFile(name, content)})


def taken(client: Client, content: bytes) -> str:
    """The address of a run that has been checked."""
    answer = upload(client, content)
    assert answer.status_code == 303, answer.content.decode()
    imports.check(run_id=ImportRun.objects.latest("pk").pk)
    return str(answer["Location"])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_upload_page_warns_offers_kinds_and_templates(client: Client) -> None:
    page = text(client.get(NEW))
    assert "本系统为非涉密系统，严禁上传涉密信息" in page
    for name in ("orgs.units", "orgs.deputies", "liaison.stations"):
        assert f'value="{name}"' in page
        assert f"/manage/imports/template/{name}/" in page


def test_a_template_is_a_workbook_with_the_right_headers(client: Client) -> None:
    answer = client.get("/manage/imports/template/orgs.units/")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert [cell.value for cell in book.worksheets[0][1]] == ["编号", "名称", "简称", "类别", "上级编号"]
    assert client.get("/manage/imports/template/nothing/").status_code == 404


def test_a_clean_table_from_upload_to_result(client: Client) -> None:
    answer = upload(client, an_xlsx({"单位": GOOD}))
    here = answer["Location"]
    page = text(client.get(here))
    assert "正在读取和核对" in page
    assert "刷新看进度" in page

    run = ImportRun.objects.get()
    imports.check(run_id=run.pk)
    page = text(client.get(here))
    assert "导入 2 行" in page
    assert "区财政局" in page
    assert not Unit.objects.filter(code="B08").exists()

    assert client.post(f"{here}confirm/").status_code == 303
    assert "正在写入" in text(client.get(here))
    writing_in.write(run_id=run.pk)
    assert "新增 2，更新 0，无变化 0，没有导入 0" in text(client.get(here))
    assert "单位.xlsx" in text(client.get("/manage/imports/"))


def test_faults_are_shown_filtered_and_downloaded_and_nothing_can_be_written(client: Client) -> None:
    here = taken(client, an_xlsx({"单位": BAD}))
    page = text(client.get(here))
    assert "有 1 行有问题，现在什么都没有写入" in page
    assert "“衙门”不在可用的取值里" in page
    only = text(client.get(here, {"only": "bad"}))
    assert "B10" in only
    assert "B08" not in only
    assert client.post(f"{here}confirm/").status_code == 409
    assert not Unit.objects.filter(code="B08").exists()

    book = load_workbook(io.BytesIO(b"".join(client.get(f"{here}errors/").streaming_content)))
    assert book["单位"]["D4"].comment.text.startswith("“衙门”")
    csv = b"".join(client.get(f"{here}errors/", {"as": "csv-gbk"}).streaming_content).decode("gb18030")
    assert csv.splitlines()[0].endswith(",问题")

    assert client.post(f"{here}confirm/", {"leave_out": "1"}).status_code == 303
    writing_in.write(run_id=ImportRun.objects.get().pk)
    assert "没有导入 1" in text(client.get(here))
    assert Unit.objects.filter(code="B08").exists()


def test_changes_are_shown_before_and_after(client: Client) -> None:
    page = text(client.get(taken(client, an_xlsx({"单位": [HEAD, ("B03", "区住建和交通局", "", "部门", "")]}))))
    assert "<del>区住房和城乡建设局</del> → <ins>区住建和交通局</ins>" in page


def test_the_mapping_can_be_changed_and_is_kept(client: Client) -> None:
    here = taken(client, an_xlsx({"说明": [("只有一格",)], "数据": [("甲", "乙", "丙"), ("B08", "区财政局", "部门")]}))
    assert "没有找到认得的表头" in text(client.get(here))
    page = text(client.get(f"{here}mapping/"))
    assert 'name="column-1-0"' in page
    chosen = {"take-1": "on", "column-1-0": "code", "column-1-1": "code", "column-1-2": "kind"}
    twice = client.post(f"{here}mapping/", chosen)
    assert twice.status_code == 422
    assert "有两列都选了它" in text(twice)
    assert client.post(f"{here}mapping/", {**chosen, "column-1-1": "name"}).status_code == 303
    imports.check(run_id=ImportRun.objects.get().pk)
    assert "导入 1 行" in text(client.get(here))
    assert ImportMapping.objects.count() == 1


def test_cancelling_asks_once_more(client: Client) -> None:
    here = taken(client, an_xlsx({"单位": GOOD}))
    asked = client.post(f"{here}cancel/")
    assert "系统里的数据和导入之前一样" in text(asked)
    assert ImportRun.objects.get().state == ImportState.CHECKED
    assert client.post(f"{here}cancel/", {"confirmed": "1"}).status_code == 303
    assert "已取消，什么都没有写入" in text(client.get(here))
    assert client.post(f"{here}confirm/").status_code == 409


def test_the_same_file_twice_at_once_is_told(client: Client) -> None:
    content = an_xlsx({"单位": GOOD})
    here = taken(client, content)
    again = upload(client, content)
    assert again.status_code == 409
    assert "没有再次接收" in text(again)
    assert here in text(again)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "空.xlsx", "没有内容"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧.xls", "另存为"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密.xlsx", "去掉密码"),
        (with_part(an_xlsx({"单位": GOOD}), {"xl/vbaProject.bin": b"x"}), "宏.xlsm", "含有宏"),
        (with_part(an_xlsx({"单位": GOOD}), {"xl/worksheets/sheet1.xml": bytes(40_000_000)}), "弹.xlsx", "大得不正常"),
        (b"%PDF-1.7", "公文.xlsx", "不是表格"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_read_is_refused_beside_the_file(client: Client, content: bytes, name: str, words: str) -> None:
    answer = upload(client, content, name)
    assert answer.status_code == 422
    assert words in text(answer)
    assert 'value="orgs.units" checked' in text(answer)
    assert not ImportRun.objects.exists()


def test_a_file_beyond_the_limit_is_thrown_away_while_it_arrives(client: Client) -> None:
    answer = upload(client, b"1,2\n" * (6 * 1024 * 1024), "大.csv")
    assert answer.status_code == 422
    assert "超过 20 MB" in text(answer)


def test_a_form_without_a_file_or_kind_says_so(client: Client) -> None:
    answer = client.post(NEW, {})
    assert answer.status_code == 422
    assert "请选择一种台账。" in text(answer)
    assert "请选择要导入的文件。" in text(answer)


def test_a_broken_csv_ends_with_its_reason(client: Client) -> None:
    page = text(client.get(taken(client, '编号,名称\n1,"没有合上'.encode())))
    assert "文件读不了" in page
    assert "引号没有配对" in page


def test_htmx_gets_the_part_that_changes(client: Client) -> None:
    here = taken(client, a_csv(GOOD, encoding="gbk"))
    part = text(client.get(here, headers={"hx-request": "true"}))
    assert part.lstrip().startswith('<div id="results"')
    assert "<html" not in part


def test_a_page_costs_the_same_at_any_length(client: Client, django_assert_max_num_queries: Any) -> None:
    here = taken(client, an_xlsx({"单位": [HEAD, *((f"X{n:03}", f"第{n}个", "", "部门", "") for n in range(60))]}))
    with django_assert_max_num_queries(12):
        assert "后面的" in text(client.get(here))


def test_runs_are_seen_by_those_whose_kind_it_is() -> None:
    rep = client_of(a_user_in(Role.SC_REP, "R02"))
    here = taken(rep, an_xlsx({"单位": GOOD}))
    office = client_of(a_user_in(Role.SC_OFFICE, "R01"))
    for address in (here, f"{here}mapping/", f"{here}errors/"):
        assert office.get(address).status_code == 404
    for address in (f"{here}confirm/", f"{here}cancel/"):
        assert office.post(address, {"confirmed": "1"}).status_code == 404
    assert upload(office, an_xlsx({"单位": BAD})).status_code == 422
    assert "单位.xlsx" not in text(office.get("/manage/imports/"))
    assert orgs.a_congress()
