"""Large lists: written by the worker, told about, kept for days, deleted; each with its reason and its digest."""

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from openpyxl import load_workbook
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from openrenda.audit.models import AuditEntry
from openrenda.exchange import actions, parameters, selectors, shelf, tables
from openrenda.exchange.actions import Wanted
from openrenda.exchange.errors import FileGone, NoExport, TooLong, TooManyExports
from openrenda.exchange.export_tasks import sweep
from openrenda.exchange.models import Export
from openrenda.exchange.states import ExportState, Format
from openrenda.exchange.tables import Column, Params, Table, wearing
from openrenda.kernel import outbox
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, Invalid, NotFound
from openrenda.kernel.text import N_
from openrenda.notifications.models import Notification
from openrenda.orgs.states import Role
from tests.makers import orgs

ROWS = 25


def numbers(actor: Actor, params: Params) -> Iterator[int]:
    return iter(range(1, int(params.get("n", ROWS)) + 1))


NUMBERS = Table(
    name="test.numbers",
    label=N_("编号"),
    columns=(
        Column(N_("编号"), lambda n: n, tables.NUMBER),
        Column(N_("姓名"), lambda n: f"王小{n}", is_private=True),
    ),
    rows=numbers,
    who=wearing(Role.SC_REP, Role.SC_OFFICE),
    asked=lambda actor, params: ((N_("数"), params.get("n", "")),),
    sees_private=wearing(Role.SC_OFFICE),
)


@pytest.fixture(autouse=True)
def _tables(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    """A list of our own, and a folder of our own."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(tables, "_tables", {"test.numbers": NUMBERS})


@pytest.fixture
def rep() -> Actor:
    person = orgs.a_staff_member(Role.SC_REP, "R02", name="沈若兰")
    return orgs.actor_of(Role.SC_REP, "R02", person=person)


def wanted(table: Table = NUMBERS, reason: str = "", form: Format = Format.XLSX, **params: str) -> Wanted:
    return Wanted(table, params, form, reason)


def content(row: Export) -> bytes:
    with shelf.opened(row.token) as file:
        return file.read()


def test_a_large_list_is_written_kept_told_and_audited(rep: Actor) -> None:
    row = actions.ask_for(wanted=wanted(n="300"), actor=rep)
    assert (row.state, row.filters) == (ExportState.WAITING, "数：300")
    assert actions.write_file(export_id=row.pk) is ExportState.READY
    row.refresh_from_db()
    assert (row.rows, row.size) == (300, len(content(row)))
    assert row.sha256 == hashlib.sha256(content(row)).hexdigest()
    book = load_workbook(io.BytesIO(content(row)))
    assert book.worksheets[0].max_row == 301
    notes = dict(book["说明"].iter_rows(values_only=True))
    assert notes["导出人"] == f"沈若兰（{rep.urn}）"
    assert (notes["筛选"], notes["行数"], notes["导出编号"]) == ("数：300", "300", str(row.pk))
    assert notes["导出时间"] == "2025-03-10 09:00"
    entry = AuditEntry.objects.get(kind="exchange.exported")
    assert entry.actor_urn == rep.urn
    assert entry.detail | {"rows": 300, "table": "test.numbers", "sha256": row.sha256} == entry.detail
    outbox.drain()
    notice = Notification.objects.get(recipient=rep.urn)
    assert notice.params["n"] == 300
    assert actions.write_file(export_id=row.pk) is None, "a job that runs again finds nothing to do"


def test_asking_twice_while_it_is_written_is_asking_once(rep: Actor) -> None:
    first = actions.ask_for(wanted=wanted(), actor=rep)
    assert actions.ask_for(wanted=wanted(), actor=rep) == first
    assert actions.ask_for(wanted=wanted(form=Format.CSV), actor=rep) != first
    actions.write_file(export_id=first.pk)
    assert actions.ask_for(wanted=wanted(), actor=rep) != first


def test_one_person_has_so_many_at_a_time(rep: Actor) -> None:
    for n in range(int(parameters.MOST_OPEN.default)):
        actions.ask_for(wanted=wanted(n=str(n)), actor=rep)
    with pytest.raises(TooManyExports):
        actions.ask_for(wanted=wanted(n="99"), actor=rep)


def test_cancelled_before_it_began(rep: Actor) -> None:
    row = actions.ask_for(wanted=wanted(), actor=rep)
    assert actions.cancel(export_id=row.pk, actor=rep).state == ExportState.CANCELLED
    assert actions.write_file(export_id=row.pk) is None
    with pytest.raises(Conflict):
        actions.cancel(export_id=row.pk, actor=rep)


@pytest.mark.parametrize("form", [Format.XLSX, Format.CSV])
def test_cancelled_on_the_way_it_stops_and_leaves_nothing(
    rep: Actor, form: Format, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    row = actions.ask_for(wanted=wanted(form=form, n="2000"), actor=rep)
    seen: list[int] = []

    def rows(actor: Actor, params: Params) -> Iterator[int]:
        for n in numbers(actor, params):
            seen.append(n)
            if n == 300:
                actions.cancel(export_id=row.pk, actor=rep)
            yield n

    monkeypatch.setitem(
        tables._tables, "test.numbers", Table("test.numbers", "编号", NUMBERS.columns, rows, NUMBERS.who)
    )
    assert actions.write_file(export_id=row.pk) is ExportState.CANCELLED
    assert max(seen) < 500
    row.refresh_from_db()
    assert (row.state, row.token) == (ExportState.CANCELLED, "")
    assert list((tmp_path / "exports").iterdir()) == []
    assert not AuditEntry.objects.filter(kind="exchange.exported").exists()


def test_a_fault_is_said_and_a_lost_hat_too(rep: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(actor: Actor, params: Params) -> Iterator[int]:
        raise ZeroDivisionError

    row = actions.ask_for(wanted=wanted(), actor=rep)
    monkeypatch.setitem(
        tables._tables, "test.numbers", Table("test.numbers", "编号", NUMBERS.columns, broken, NUMBERS.who)
    )
    assert actions.write_file(export_id=row.pk) is ExportState.FAILED
    row.refresh_from_db()
    assert "出错" in row.fault
    outbox.drain()
    assert "没有导出成功" in Notification.objects.get(recipient=rep.urn).title
    other = actions.ask_for(wanted=wanted(n="3"), actor=rep)
    closed = Table("test.numbers", "编号", NUMBERS.columns, numbers, wearing(Role.AUDITOR))
    monkeypatch.setitem(tables._tables, "test.numbers", closed)
    assert actions.write_file(export_id=other.pk) is ExportState.FAILED
    other.refresh_from_db()
    assert "岗位" in other.fault


def test_a_worker_that_was_killed_begins_anew(rep: Actor) -> None:
    row = actions.ask_for(wanted=wanted(), actor=rep)
    Export.objects.filter(pk=row.pk).update(state=ExportState.RUNNING, rows=12)
    assert actions.write_file(export_id=row.pk) is ExportState.READY
    row.refresh_from_db()
    assert row.rows == ROWS


def test_after_its_days_the_file_is_gone_and_the_line_stays(rep: Actor, clock: Any) -> None:
    row = actions.ask_for(wanted=wanted(), actor=rep)
    actions.write_file(export_id=row.pk)
    row.refresh_from_db()
    token = row.token
    clock.forward(days=6)
    assert sweep(rep.congress_id) == 0
    clock.forward(days=1)
    assert sweep(rep.congress_id) == 1
    row.refresh_from_db()
    assert (row.state, row.token, row.rows) == (ExportState.GONE, "", ROWS)
    with pytest.raises(FileGone):
        shelf.opened(token)
    assert AuditEntry.objects.filter(kind="exchange.expired").count() == 1


def test_personal_data_leave_for_a_reason_only(rep: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    personal = Table("test.numbers", "编号", NUMBERS.columns, numbers, NUMBERS.who, personal=True)
    for reason in ("", "  \n"):
        with pytest.raises(Invalid):
            actions.ask_for(wanted=wanted(personal, reason), actor=rep)
        with pytest.raises(Invalid):
            actions.answer(wanted=wanted(personal, reason), actor=rep)
    with actions.answer(wanted=wanted(personal, "  年度 核对 "), actor=rep).file as file:
        notes = dict(load_workbook(io.BytesIO(file.read()))["说明"].iter_rows(values_only=True))
    assert notes["导出理由"] == "年度 核对"
    entry = AuditEntry.objects.get(kind="exchange.exported")
    assert entry.detail["reason"] == "年度 核对"
    assert Export.objects.get().reason == "年度 核对"


def test_a_short_list_is_answered_and_a_long_one_is_not(rep: Actor) -> None:
    answer = actions.answer(wanted=wanted(form=Format.CSV, n="3"), actor=rep)
    with answer.file as file:
        assert file.read().decode("utf-8-sig") == "编号,姓名\r\n1,王**\r\n2,王**\r\n3,王**\r\n"
    assert answer.name == "编号-20250310-0900.csv"
    assert (answer.export.state, answer.export.rows) == (ExportState.ANSWERED, 3)
    with pytest.raises(TooLong):
        actions.answer(wanted=wanted(n="1001"), actor=rep)
    assert Export.objects.count() == 1


def test_private_columns_stay_masked_unless_the_table_says_otherwise(rep: Actor) -> None:
    assert next(selectors.lines(NUMBERS, rep, {})) == [1, "王**"]
    assert next(selectors.lines(NUMBERS, orgs.actor_of(Role.SC_OFFICE, "R01"), {})) == [1, "王小1"]
    with pytest.raises(NotFound):
        selectors.lines(NUMBERS, orgs.actor_of(Role.AUDITOR, "R01"), {})


def test_the_file_speaks_the_language_of_whoever_asked(rep: Actor) -> None:
    with translation.override("en"):
        row = actions.ask_for(wanted=wanted(form=Format.CSV), actor=rep)
    assert row.language == "en"


def test_exports_are_ones_own(rep: Actor) -> None:
    row = actions.ask_for(wanted=wanted(), actor=rep)
    other = orgs.actor_of(Role.SC_REP, "R02")
    assert [one.pk for one in selectors.my_exports(rep).rows] == [row.pk]
    assert selectors.my_exports(other).rows == []
    for nobodys in (other, Actor.anonymous(rep.congress_id)):
        with pytest.raises(NoExport):
            selectors.export_for(nobodys, row.pk)
        with pytest.raises(NoExport):
            actions.cancel(export_id=row.pk, actor=nobodys)
    with pytest.raises(NoExport):
        actions.ask_for(wanted=wanted(), actor=Actor.anonymous(rep.congress_id))


def test_the_table_refuses_halves(rep: Actor) -> None:
    row = actions.ask_for(wanted=wanted(), actor=rep)
    for wrong in ({"state": "ready"}, {"state": "lost"}, {"token": "x"}, {"format": "doc"},
                  {"ended_at": row.asked_at - timedelta(days=1)}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Export.objects.filter(pk=row.pk).update(**wrong)


def test_strays_of_a_killed_worker_are_removed(rep: Actor, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    row = actions.ask_for(wanted=wanted(), actor=rep)
    actions.write_file(export_id=row.pk)
    row.refresh_from_db()
    (tmp_path / "exports" / "77.part").write_text("half")
    assert shelf.remove_strays({row.token}) == 0
    monkeypatch.setattr(shelf, "DAY_SECONDS", -1)
    assert shelf.remove_strays({row.token}) == 1
    assert [path.name for path in (tmp_path / "exports").iterdir()] == [row.token]


def test_the_queue_knows_the_work_and_its_job_belongs_to_the_same_transaction(rep: Actor) -> None:
    row = actions.ask_for(wanted=wanted(), actor=rep)
    job = ProcrastinateJob.objects.get(task_name=actions.WRITE_TASK)
    assert job.args == {"export_id": row.pk}
    assert job.lock == f"export:{row.pk}"
    queue.tasks[job.task_name].func(**job.args)
    row.refresh_from_db()
    assert row.state == ExportState.READY


def test_lines_of_visitors_are_dropped_after_a_while_and_the_record_stays(rep: Actor, clock: Any) -> None:
    public = Table("test.numbers", "编号", NUMBERS.columns, numbers, tables.everyone, definition="数")
    actions.answer(wanted=wanted(public), actor=Actor.anonymous(rep.congress_id)).file.close()
    actions.answer(wanted=wanted(), actor=rep).file.close()
    clock.forward(days=91)
    assert actions.forget_visits() == 1
    assert Export.objects.get().by == rep.urn
    assert AuditEntry.objects.filter(kind="exchange.exported").count() == 2
