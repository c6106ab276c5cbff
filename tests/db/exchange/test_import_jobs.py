"""The worker's jobs of an import exist under the names by which they are deferred, and take each run once."""

import io
from typing import Any

from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from openrenda.exchange import import_tasks
from openrenda.exchange.actions import imports, writing_in
from openrenda.exchange.import_states import ImportState, Via
from openrenda.exchange.models import ImportFile, ImportRun
from openrenda.orgs.models import Unit
from openrenda.orgs.states import Role
from tests.makers import orgs
from tests.makers.imports import a_csv

CONTENT = a_csv([("编号", "名称", "类别"), ("B08", "区财政局", "部门")])


def taken(**given: Any) -> ImportRun:
    actor = orgs.actor_of(Role.SC_REP, "R02")
    return imports.take_in(
        kind_name="orgs.units", file=io.BytesIO(CONTENT), size=len(CONTENT), name="x.csv", actor=actor, **given
    )


def jobs(run: ImportRun) -> list[str]:
    """Of this run; tests that commit leave jobs of theirs behind."""
    rows = ProcrastinateJob.objects.filter(lock=f"import:{run.pk}").order_by("id")
    return list(rows.values_list("task_name", flat=True))


def test_each_step_waits_for_the_worker() -> None:
    assert {imports.CHECK_TASK, imports.WRITE_TASK} <= set(queue.tasks)
    run = taken()
    assert jobs(run) == [imports.CHECK_TASK]
    import_tasks.check_import(run_id=run.pk)
    imports.confirm(run_id=run.pk, leave_out=False, actor=orgs.actor_of(Role.SC_REP, "R02"))
    assert jobs(run)[1:] == [imports.WRITE_TASK]
    import_tasks.write_import(run_id=run.pk)
    import_tasks.write_import(run_id=run.pk)
    assert Unit.objects.filter(code="B08").count() == 1


def test_what_the_command_line_left_is_written_by_the_worker_when_a_page_confirms_it() -> None:
    run = taken(via=Via.CLI)
    assert jobs(run) == []
    imports.check(run_id=run.pk)
    imports.confirm(run_id=run.pk, leave_out=False, actor=orgs.actor_of(Role.SC_REP, "R02"))
    assert jobs(run) == [imports.WRITE_TASK]
    assert writing_in.write(run_id=run.pk) is ImportState.DONE


def test_every_night_old_files_go(clock: Any) -> None:
    run = taken()
    imports.check(run_id=run.pk)
    clock.forward(days=20)
    import_tasks.sweep_imports(timestamp=0)
    assert not ImportFile.objects.exists()
    run.refresh_from_db()
    assert run.state == ImportState.CANCELLED
