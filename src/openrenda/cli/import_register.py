"""`openrenda import-register FILE`: bring a register in from Excel or CSV, after every row has been judged."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from tqdm import tqdm

from openrenda.exchange import kinds
from openrenda.exchange.actions import error_files, imports, writing_in
from openrenda.exchange.import_errors import SameFileOpen
from openrenda.exchange.import_states import ImportState, Via
from openrenda.exchange.incoming.plan import SheetPlan
from openrenda.exchange.models import ImportRow, ImportRun
from openrenda.exchange.selectors import imports as selectors
from openrenda.exchange.states import Format
from openrenda.exchange.values import ImportKind, Outcome, Progress
from openrenda.exchange.writing.faults import said
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import OpenRendaError
from openrenda.orgs.selectors import the_congress
from openrenda.ui.filters import t

DEFAULT_KIND = "suggestions.register"
SHOWN = 20
DONE, FAULTS, UNUSABLE = 0, 1, 2
SILENT = timedelta(minutes=5)
"""A check that has told no progress for so long is dead."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Which file, how its columns are to be understood, and what to do with bad rows."""
    parser.add_argument("file", type=Path, help="Excel (.xlsx) 或 CSV 文件")
    parser.add_argument("--kind", default=DEFAULT_KIND, help=f"哪一种台账 (default {DEFAULT_KIND}; “?” 列出全部)")
    parser.add_argument("--sheet", action="append", default=[], metavar="表名", help="只导入这张工作表，可写多次")
    parser.add_argument("--map", action="append", default=[], metavar="列=字段", help="指定哪一列是什么，可写多次")
    parser.add_argument("--leave-out-bad", action="store_true", help="有问题的行不导入，其余照常 (import the rest)")
    parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="把标出问题的表格存到这里（.xlsx 或 .csv）")
    parser.add_argument("--dry-run", action="store_true", help="只核对，不写入 (check only)")
    parser.add_argument("--json", action="store_true", help="结果以 JSON 打印 (machine-readable)")
    parser.add_argument("--district", default="", help="区的代号 (default: the installation's first)")


def run(options: argparse.Namespace) -> int:
    """0 when done or nothing to do, 1 when rows are wrong (nothing is written then), 2 when it could not begin."""
    if options.kind == "?":
        for kind in kinds.known():
            print(f"{kind.name:<24} {t(kind.label)}")
        return DONE
    try:
        actor = replace(Actor.system("import-register", the_congress(options.district).pk), origin="cli")
        with _taken_in(options, actor) as it:
            return _checked(options, actor, it)
    except (OpenRendaError, OSError) as refused:
        return _refused(options, refused)


def _refused(options: argparse.Namespace, refused: Exception) -> int:
    words = str(refused)
    if isinstance(refused, OpenRendaError):
        words = f"{t(refused.message, **refused.params)} {t(refused.remedy, **refused.params)}".strip()
    elif isinstance(refused, FileNotFoundError):
        words = f"没有这个文件：{options.file}"
    if options.json:
        print(json.dumps({"exit": UNUSABLE, "refused": words}, ensure_ascii=False))
    else:
        print(words, file=sys.stderr)
    return UNUSABLE


@contextmanager
def _taken_in(options: argparse.Namespace, actor: Actor) -> Iterator[ImportRun]:
    """The run; given up if it is still open when we leave, whatever the reason."""
    with options.file.open("rb") as file:
        size = options.file.stat().st_size
        given: dict[str, Any] = {
            "kind_name": options.kind, "file": file, "size": size, "name": options.file.name, "actor": actor,
            "via": Via.CLI,
        }  # fmt: skip
        try:
            it = imports.take_in(**given)
        except SameFileOpen as open_already:
            if not _abandoned(open_already.run_id, actor):
                raise
            it = imports.take_in(**given)
    try:
        yield it
    finally:
        it.refresh_from_db()
        if it.ended_at is None:
            imports.cancel(run_id=it.pk, actor=actor)


def _abandoned(run_id: int, actor: Actor) -> bool:
    """A command line that was killed leaves its run open; its successor gives it up. One that lives is told by the
    lock on what it writes, and by its progress while it checks."""
    known = ImportRun.objects.filter(pk=run_id, via=Via.CLI).select_related("progress").first()
    if known is None:
        return False
    if known.state == ImportState.CHECKING and clock.now() - known.progress.at < SILENT:
        return False
    return imports.cancel(run_id=run_id, actor=actor).ended_at is not None


def _checked(options: argparse.Namespace, actor: Actor, it: ImportRun) -> int:
    with _bar("核对", quiet=options.json) as watch:
        state = imports.check(run_id=it.pk, also=watch, sheets=options.sheet, pairs=options.map)
    it.refresh_from_db()
    if state in {ImportState.REFUSED, ImportState.FAILED}:
        raise imports.refusal_of(it)
    report = Report(it, kinds.kind(it.kind))
    if options.errors and it.counts[Outcome.BAD]:
        _write_errors(options.errors, it, actor)
    code = _decided(options, actor, it)
    it.refresh_from_db()
    if options.json:
        print(json.dumps(report.as_json(code), ensure_ascii=False, indent=1))
    return code


def _decided(options: argparse.Namespace, actor: Actor, it: ImportRun) -> int:
    """Write, or not: what was found is printed first."""
    tell = _silent if options.json else print
    Report(it, kinds.kind(it.kind)).tell(tell)
    bad, writes = it.counts[Outcome.BAD], it.counts[Outcome.ADD] + it.counts[Outcome.CHANGE]
    if not it.counts["rows"]:
        tell("没有读到可以导入的行，什么都没有写入。可用 --sheet 选工作表，用 --map 列=字段 指定列。")
        return UNUSABLE
    if bad and not options.leave_out_bad:
        tell("什么都没有写入。改好后重来，或加 --leave-out-bad 只导入没有问题的行。")
        if not options.errors:
            tell("加 --errors 问题.xlsx 可得到标出问题的表格。")
        return FAULTS
    if options.dry_run:
        tell("只核对，没有写入（--dry-run）。")
        return DONE
    if not writes:
        tell("没有需要写入的行，系统里的数据没有变化。")
        return FAULTS if bad else DONE
    return _written(options, actor, it)


def _silent(*words: object) -> None:
    """With --json, words would be in the way."""


def _written(options: argparse.Namespace, actor: Actor, it: ImportRun) -> int:
    tell = _silent if options.json else print
    begun = time.monotonic()
    imports.confirm(run_id=it.pk, leave_out=options.leave_out_bad, actor=actor)
    if options.map:
        imports.keep_mappings(it, imports.plans_of(it), actor)
    with _bar("写入", quiet=options.json) as watch:
        state = writing_in.write(run_id=it.pk, also=watch)
    it.refresh_from_db()
    if state is not ImportState.DONE:
        tell(t(it.fault, **it.fault_params))
        return FAULTS
    counts = it.counts
    tell(
        f"已导入：新增 {counts['added']}，更新 {counts['changed']}，无变化 {counts['unchanged']}，"
        f"没有导入 {counts['left_out']}；用时 {time.monotonic() - begun:.1f} 秒。"
    )
    return DONE


@contextmanager
def _bar(stage: str, *, quiet: bool) -> Iterator[Progress]:
    shape = "{desc} |{bar}| {percentage:3.0f}% {elapsed}"
    with tqdm(
        total=1, desc=stage, bar_format=shape, file=sys.stderr, dynamic_ncols=True, disable=quiet or None, leave=False
    ) as bar:

        def watch(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield watch


def _write_errors(path: Path, it: ImportRun, actor: Actor) -> None:
    form = Format.CSV if path.suffix.lower() == ".csv" else Format.XLSX
    path.write_bytes(error_files.taken_out(run=it, form=form, actor=actor).getvalue())


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, in words and as JSON."""

    it: ImportRun
    kind: ImportKind

    def tell(self, say: Any) -> None:
        say(f"{self.it.file_name}：{t(self.kind.label)}，{self.it.format}")
        for plan in imports.plans_of(self.it):
            name = f"工作表“{plan.sheet}”" if plan.sheet else "表"
            if not plan.is_taken:
                lacks = "、".join(t(column.label) for column in plan.missing(self.kind.columns))
                say(f"· {name}跳过：{t(plan.skipped)}{f'（{lacks}）' if plan.labels and lacks else ''}")
                continue
            where = f"第{plan.top}行" if plan.top == plan.bottom else f"第{plan.top}—{plan.bottom}行"
            say(f"· {name}：表头在{where}；{self._mapping(plan)}")
            if plan.unused():
                say(f"  没有用到的列：{'、'.join(plan.unused())}")
        self._tell_counts(say)
        self._tell_rows(say)

    def _mapping(self, plan: SheetPlan) -> str:
        """Columns that are called otherwise here, and how many bear our name."""
        known = [(label, key) for index, label in enumerate(plan.labels) if (key := plan.key_at(index))]
        names = [(label, t(self.kind.column(key).label)) for label, key in known]
        renamed = [f"{label}→{name}" for label, name in names if label != name]
        same = len(names) - len(renamed)
        return "，".join([*renamed, *([f"{same} 列名称相同"] if same else [])])

    def _tell_counts(self, say: Any) -> None:
        counts = self.it.counts
        words = "，".join(f"{t(outcome.label)} {counts[outcome]}" for outcome in Outcome)
        say(f"共 {counts['rows']} 行：{words}；另有合计行 {counts['totals']}、说明行 {counts['notes']}。")

    def _tell_rows(self, say: Any) -> None:
        bad = list(self._bad()[:SHOWN])
        for row in bad:
            where = f"“{row.sheet}”第{row.line}行" if row.sheet else f"第{row.line}行"
            reasons = "；".join(self._words(row))
            say(f"✗ {where} {row.title}：{reasons}")
        if (rest := self.it.counts[Outcome.BAD] - len(bad)) > 0:
            say(f"… 还有 {rest} 行")

    def _bad(self) -> Any:
        return ImportRow.objects.filter(run=self.it, outcome=Outcome.BAD).order_by("position")

    def _words(self, row: ImportRow) -> list[str]:
        return [
            (f"「{t(self.kind.column(fault.column).label)}」" if fault.column else "") + said(fault, self.kind)
            for fault in selectors.faults_of(row)
        ]

    def as_json(self, code: int) -> dict[str, Any]:
        it = self.it
        return {
            "exit": code,
            "file": it.file_name,
            "kind": it.kind,
            "format": it.format,
            "state": it.state,
            "counts": it.counts,
            "sheets": it.sheets,
            "faults": [
                {"sheet": row.sheet, "line": row.line, "title": row.title, "column": fault.column,
                 "reason": said(fault, self.kind)}
                for row in self._bad()
                for fault in selectors.faults_of(row)
            ],
        }  # fmt: skip
