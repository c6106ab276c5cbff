"""A register comes in whole or not at all, once, and can be stopped."""

import io
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from openrenda.audit.models import AuditEntry
from openrenda.exchange import kinds
from openrenda.exchange.actions import imports, writing_in
from openrenda.exchange.import_errors import NoImport, SameFileOpen
from openrenda.exchange.import_states import ImportState, Via
from openrenda.exchange.incoming.plan import LACKS, remapped
from openrenda.exchange.models import ImportFile, ImportMapping, ImportProgress, ImportRow, ImportRun
from openrenda.exchange.reading import FileUnreadable
from openrenda.exchange.selectors import imports as selectors
from openrenda.exchange.values import Fault, Finding, ImportKind, Outcome, Progress, Row
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Blocked, NotFound, WrongState
from openrenda.kernel.verdict import ALLOWED, deny
from openrenda.orgs.models import Delegation
from openrenda.orgs.states import Role
from tests.makers import orgs
from tests.makers.imports import a_csv, a_kind, an_xlsx

HEAD = ("建议编号", "标题", "主办单位")
GOOD = [HEAD, ("1", "修桥", "住建局"), ("2", "补路", "城管局")]
BAD = [*GOOD, ("3", "坏的", ""), ("4", "种树", "")]


class Register:
    """A register kept in a table that is at hand: one delegation per title. A title “坏的” is wrong."""

    def __init__(self) -> None:
        self.on_write: Any = None

    def check(self, rows: Sequence[Row], actor: Actor, progress: Progress) -> list[Finding]:
        known = set(Delegation.objects.filter(congress_id=actor.congress_id).values_list("name", flat=True))
        return [self._finding(row, known) for row in rows]

    def _finding(self, row: Row, known: set[str]) -> Finding:
        if row.text("title") == "坏的":
            return Finding(row, Outcome.BAD, (Fault("title", "“{value}”不行", {"value": row.text("title")}),))
        return Finding(row, Outcome.SAME if row.text("title") in known else Outcome.ADD)

    def write(self, found: Sequence[Finding], actor: Actor, progress: Progress) -> dict[str, int]:
        for n, finding in enumerate(found, 1):
            Delegation.objects.create(congress_id=actor.congress_id, name=finding.row.text("title"))
            if self.on_write is not None:
                self.on_write(n)
            progress(n, len(found))
        return {"added": len(found)}


@pytest.fixture
def register() -> Iterator[Register]:
    made = Register()

    def who(actor: Actor, target: object) -> Any:
        return ALLOWED if actor.has(Role.SC_REP) else deny("test.no", "不是您的")

    kinds.register(a_kind(check=made.check, write=made.write, who=who))
    yield made
    kinds._kinds.pop("test.register")


@pytest.fixture
def keeper() -> Actor:
    return orgs.actor_of(Role.SC_REP, "R02")


def taken(content: bytes, actor: Actor, name: str = "台账.xlsx", **given: Any) -> ImportRun:
    return imports.take_in(
        kind_name="test.register", file=io.BytesIO(content), size=len(content), name=name, actor=actor, **given
    )


def checked(content: bytes, actor: Actor) -> ImportRun:
    run = taken(content, actor)
    imports.check(run_id=run.pk)
    run.refresh_from_db()
    return run


def written(run: ImportRun, actor: Actor, *, leave_out: bool = False) -> ImportRun:
    imports.confirm(run_id=run.pk, leave_out=leave_out, actor=actor)
    writing_in.write(run_id=run.pk)
    run.refresh_from_db()
    return run


def titles() -> list[str]:
    return list(Delegation.objects.order_by("pk").values_list("name", flat=True))


def test_what_is_right_comes_in_and_a_second_time_changes_nothing(register: Register, keeper: Actor) -> None:
    run = checked(an_xlsx({"表": GOOD}), keeper)
    assert (run.state, titles()) == (ImportState.CHECKED, [])
    run = written(run, keeper)
    assert (run.state, titles()) == (ImportState.DONE, ["修桥", "补路"])
    assert (run.counts["added"], run.counts["left_out"]) == (2, 0)

    again = checked(an_xlsx({"表": GOOD}), keeper)
    assert again.state == ImportState.SAME
    assert again.counts["same"] == 2
    assert titles() == ["修桥", "补路"]


def test_nothing_is_written_while_a_row_is_wrong(register: Register, keeper: Actor) -> None:
    run = checked(a_csv(BAD, encoding="gbk"), keeper)
    assert (run.counts["bad"], run.counts["add"], run.format) == (1, 3, "csv GB18030 ,")
    with pytest.raises(Blocked):
        imports.confirm(run_id=run.pk, leave_out=False, actor=keeper)
    assert selectors.bad_rows(run) == {("", 4): [Fault("title", "“{value}”不行", {"value": "坏的"})]}

    run = written(run, keeper, leave_out=True)
    assert (run.state, titles()) == (ImportState.DONE, ["修桥", "补路", "种树"])
    assert run.counts["left_out"] == 1


def test_only_wrong_rows_are_nothing_to_write(register: Register, keeper: Actor) -> None:
    run = checked(an_xlsx({"表": [HEAD, ("3", "坏的", "")]}), keeper)
    with pytest.raises(Blocked):
        imports.confirm(run_id=run.pk, leave_out=True, actor=keeper)


def test_a_write_that_fails_takes_everything_back(register: Register, keeper: Actor) -> None:
    def burst(n: int) -> None:
        if n == 2:
            raise RuntimeError

    register.on_write = burst
    run = written(checked(an_xlsx({"表": GOOD}), keeper), keeper)
    assert (run.state, titles()) == (ImportState.FAILED, [])
    assert run.fault == writing_in.BROKEN


def test_rows_are_judged_again_before_they_are_written(register: Register, keeper: Actor) -> None:
    run = checked(an_xlsx({"表": GOOD}), keeper)
    plain = register.check
    register.check = lambda rows, actor, progress: [  # type: ignore[method-assign]
        Finding(one.row, Outcome.BAD, (Fault("lead", "单位已撤并"),)) if one.row.line == 3 else one
        for one in plain(rows, actor, progress)
    ]
    kinds.register(a_kind(check=register.check, write=register.write, who=kinds.kind("test.register").who))
    run = written(run, keeper)
    assert (run.state, titles()) == (ImportState.CHECKED, [])
    assert run.fault_params["n"] == 1
    assert run.counts["bad"] == 1

    run = written(run, keeper, leave_out=True)
    assert (run.state, titles()) == (ImportState.DONE, ["修桥"])


def test_a_job_that_runs_again_writes_nothing_again(register: Register, keeper: Actor) -> None:
    run = written(checked(an_xlsx({"表": GOOD}), keeper), keeper)
    assert imports.check(run_id=run.pk) is None
    assert writing_in.write(run_id=run.pk) is None
    assert titles() == ["修桥", "补路"]


# --- once -------------------------------------------------------------------------------------------------------------


def test_the_same_file_is_taken_once_at_a_time(register: Register, keeper: Actor) -> None:
    content = an_xlsx({"表": GOOD})
    first = taken(content, keeper)
    with pytest.raises(SameFileOpen) as told:
        taken(content, keeper)
    assert told.value.run_id == first.pk
    assert keeper.name in str(told.value.message.format(**told.value.params))

    imports.cancel(run_id=first.pk, actor=keeper)
    assert taken(content, keeper).pk != first.pk


def test_the_database_itself_refuses_two(register: Register, keeper: Actor) -> None:
    run = taken(an_xlsx({"表": GOOD}), keeper)
    run.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        run.save(force_insert=True)


# --- stopped ----------------------------------------------------------------------------------------------------------


def test_a_run_can_be_given_up_before_it_is_written(register: Register, keeper: Actor) -> None:
    run = checked(an_xlsx({"表": GOOD}), keeper)
    imports.cancel(run_id=run.pk, actor=keeper)
    with pytest.raises(WrongState):
        imports.confirm(run_id=run.pk, leave_out=False, actor=keeper)

    waiting = checked(an_xlsx({"表": GOOD}), keeper)
    imports.confirm(run_id=waiting.pk, leave_out=False, actor=keeper)
    imports.cancel(run_id=waiting.pk, actor=keeper)
    assert writing_in.write(run_id=waiting.pk) is None
    assert titles() == []


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_from_outside_and_a_stop_takes_everything_back(
    register: Register, keeper: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openrenda.exchange.watch.EVERY", 0)
    run = checked(an_xlsx({"表": [HEAD, *((str(n), f"第{n}件", "") for n in range(1, 6))]}), keeper)
    imports.confirm(run_id=run.pk, leave_out=False, actor=keeper)
    outside = connection.copy()
    seen = []

    def look(n: int) -> None:
        with outside.cursor() as cursor:
            cursor.execute("SELECT done, total, (SELECT count(*) FROM orgs_delegation) FROM exchange_importprogress")
            seen.append(cursor.fetchone())
            if n == 3:
                # What the page's cancel does: the run itself is locked by whoever writes.
                cursor.execute("UPDATE exchange_importprogress SET is_to_stop = true")

    register.on_write = look
    try:
        assert writing_in.write(run_id=run.pk) is ImportState.CANCELLED
    finally:
        outside.close()
    assert seen[1] == (5 + 3 * 1, 20, 0)  # judging again is a quarter of the way
    assert seen[2] == (5 + 3 * 2, 20, 0)
    assert len(seen) == 3
    run.refresh_from_db()
    assert (run.state, titles()) == (ImportState.CANCELLED, [])
    assert run.fault == writing_in.STOPPED


@pytest.mark.django_db(transaction=True)
def test_cancelling_a_run_that_is_being_written_does_not_wait(register: Register, keeper: Actor) -> None:
    run = checked(an_xlsx({"表": GOOD}), keeper)
    imports.confirm(run_id=run.pk, leave_out=False, actor=keeper)
    writer = connection.copy()
    try:
        with writer.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM exchange_importrun WHERE id = %s FOR UPDATE", [run.pk])
            busy = imports.cancel(run_id=run.pk, actor=keeper)
            cursor.execute("ROLLBACK")
    finally:
        writer.close()
    assert busy.state == ImportState.WRITING
    assert ImportProgress.objects.get(run=run).is_to_stop


# --- the mapping ------------------------------------------------------------------------------------------------------


def test_a_mapping_settled_once_is_used_next_time(register: Register, keeper: Actor) -> None:
    lines = [("编号", "事由", "标题备注"), ("1", "修桥", "")]
    run = checked(an_xlsx({"表": lines}), keeper)
    assert (run.sheets[0]["skipped"], run.counts["rows"]) != ("", 1)

    kind = kinds.kind("test.register")
    (plan,) = imports.plans_of(run)
    imports.remap(run_id=run.pk, plans=[remapped(plan, {0: "number", 1: "title"}, kind, taken=True)], actor=keeper)
    imports.check(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, run.counts["add"]) == (ImportState.CHECKED, 1)
    assert ImportMapping.objects.get().columns == {"编号": "number", "事由": "title", "标题备注": ""}

    next_year = checked(an_xlsx({"表": [lines[0], ("2", "补路", "")]}), keeper)
    assert next_year.counts["add"] == 1


def test_a_sheet_that_lacks_a_column_is_told(register: Register, keeper: Actor) -> None:
    run = checked(an_xlsx({"表": [("标题", "主办单位"), ("修桥", "住建局")]}), keeper)
    assert (run.state, run.sheets[0]["skipped"], run.counts["rows"]) == (ImportState.CHECKED, LACKS, 0)


# --- who, and what cannot be read -------------------------------------------------------------------------------------


def test_others_cannot_bring_it_in_and_see_nothing(register: Register, keeper: Actor) -> None:
    stranger = orgs.actor_of(Role.SC_OFFICE, "R01")
    with pytest.raises(NotFound):
        taken(an_xlsx({"表": GOOD}), stranger)
    run = taken(an_xlsx({"表": GOOD}), keeper)
    assert selectors.run_for(keeper, run.pk) == run
    with pytest.raises(NoImport):
        selectors.run_for(stranger, run.pk)
    assert selectors.runs(stranger).rows == []
    elsewhere = Actor(urn="test:x", name="别区", congress_id=keeper.congress_id + 1, roles=keeper.roles)
    with pytest.raises(NoImport):
        imports.cancel(run_id=run.pk, actor=elsewhere)


def test_a_file_that_is_no_table_is_refused_at_once_or_when_it_is_read(register: Register, keeper: Actor) -> None:
    with pytest.raises(FileUnreadable):
        taken(b"%PDF-1.7", keeper)
    assert not ImportRun.objects.exists()
    run = checked('1,"没有合上'.encode(), keeper)
    assert run.state == ImportState.REFUSED
    assert run.fault_params["remedy"]


def test_every_step_is_on_record(register: Register, keeper: Actor) -> None:
    run = written(checked(an_xlsx({"表": BAD}), keeper), keeper, leave_out=True)
    kinds_of = list(
        AuditEntry.objects.filter(subject_kind="exchange.importrun").order_by("pk").values_list("kind", flat=True)
    )
    assert kinds_of == [
        "exchange.import_begun", "exchange.import_checked", "exchange.import_confirmed", "exchange.imported"
    ]  # fmt: skip
    assert AuditEntry.objects.get(kind="exchange.imported").detail["left_out"] == 1
    assert run.by == keeper.urn


def test_pages_of_rows_cost_one_query(register: Register, keeper: Actor, django_assert_num_queries: Any) -> None:
    run = checked(
        an_xlsx({"表": [HEAD, *((str(n), f"第{n}件" if n % 2 else "坏的", "") for n in range(1, 8))]}), keeper
    )
    with django_assert_num_queries(1):
        first = selectors.rows_page(run, outcome=Outcome.BAD, size=2)
    assert [row.line for row in first.rows] == [3, 5]
    assert [row.line for row in selectors.rows_page(run, outcome=Outcome.BAD, after=first.after, size=2).rows] == [7]


# --- afterwards -------------------------------------------------------------------------------------------------------


def test_files_and_verdicts_go_when_their_days_are_over(register: Register, keeper: Actor, clock: Any) -> None:
    done = written(checked(an_xlsx({"表": GOOD}), keeper), keeper)
    lying = checked(an_xlsx({"表": BAD}), keeper)
    clock.forward(days=10)
    assert imports.sweep(keeper.congress_id) == 0
    clock.forward(days=5)
    assert imports.sweep(keeper.congress_id) == 2
    assert not ImportFile.objects.exists()
    assert not ImportRow.objects.exists()
    lying.refresh_from_db()
    assert lying.state == ImportState.CANCELLED
    assert ImportRun.objects.get(pk=done.pk).state == ImportState.DONE


def test_the_operator_may_bring_anything_in(register: Register, keeper: Actor) -> None:
    operator = Actor.system("import-register", keeper.congress_id)
    run = taken(an_xlsx({"表": GOOD}), operator, via=Via.CLI)
    assert imports.check(run_id=run.pk) is ImportState.CHECKED
    imports.confirm(run_id=run.pk, leave_out=False, actor=operator)
    assert writing_in.write(run_id=run.pk) is ImportState.DONE


def test_the_register_under_test_is_a_kind(register: Register) -> None:
    assert isinstance(kinds.kind("test.register"), ImportKind)
    with pytest.raises(NotFound):
        kinds.kind("nothing")


@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_one_file_at_the_same_moment_are_one(register: Register, keeper: Actor) -> None:
    content, gate = an_xlsx({"表": GOOD}), threading.Barrier(2)

    def send() -> str:
        try:
            gate.wait(10)
            taken(content, keeper)
        except SameFileOpen:
            return "told"
        finally:
            connections.close_all()
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(future.result() for future in [pool.submit(send), pool.submit(send)])
    assert answers == ["taken", "told"]
    assert ImportRun.objects.count() == 1
