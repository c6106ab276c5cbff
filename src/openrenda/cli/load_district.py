"""`openrenda load-district DIR`: bring a district's records in, by replaying them through the actions."""

import argparse
import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from tqdm import tqdm

from openrenda.accounts import demo
from openrenda.cli.demo_clock import write_offset
from openrenda.cli.district.load import AlreadyLoaded, District, Report, RowsRefused, load
from openrenda.kernel import clock
from openrenda.orgs.models import Congress
from openrenda.routing.actions import ask_in_the_background

OWN_DISTRICT = Path(__file__).parent / "district" / "yunting"
SHOWN = 200


def configure(parser: argparse.ArgumentParser) -> None:
    """Which folder, as what, and what to do with bad rows."""
    parser.add_argument(
        "folder", nargs="?", type=Path, default=OWN_DISTRICT, help="数据文件夹 (default: the fictional 云汀区)"
    )
    parser.add_argument("--code", help="区的代号 (default: the folder's name)")
    parser.add_argument("--name", default="", help="区的名称 (default: from units.csv)")
    parser.add_argument("--phone", default="", help="页脚的联系电话 (default: the first street station's)")
    parser.add_argument("--leave-out-bad", action="store_true", help="有问题的行不载入，其余照常 (load the rest)")


def run(options: argparse.Namespace) -> int:
    """0 when loaded, 1 when rows were refused (nothing is written then), 2 when it could not begin."""
    folder: Path = options.folder
    if not folder.is_dir():
        print(f"没有这个文件夹：{folder}", file=sys.stderr)
        return 2
    begun = time.monotonic()
    code = options.code or folder.resolve().name.lower()
    with tqdm(total=330, unit="天", file=sys.stderr, dynamic_ncols=True, bar_format="{desc} |{bar}| {elapsed}") as bar:

        def watch(stage: str, days: int) -> None:
            bar.set_description_str(stage, refresh=False)
            bar.total = max(bar.total or 0, days)
            bar.update(max(days - bar.n, 0))

        try:
            with (
                _few_collections(),
                transaction.atomic(),
            ):  # the demonstration's accounts belong to the load: all of it or none
                report = load(
                    folder,
                    District(code, options.name, options.phone, is_demo=settings.DEMO),
                    leave_out_bad=options.leave_out_bad,
                    watch=watch,
                )
                _begin_demo(code, report)
                ask_in_the_background(Congress.objects.get(code=code).pk, minutes=0)  # its cases advise at once
        except AlreadyLoaded:
            print(
                f"代号为 {code} 的区已经载入过。要重新开始，请用 make demo RESET=1；要另载一份，请用 --code。",
                file=sys.stderr,
            )
            return 2
        except RowsRefused as refused:
            bar.close()
            _tell(refused.report)
            print("什么都没有写入。改好后重来，或加 --leave-out-bad 只载入没有问题的行。", file=sys.stderr)
            return 1
    _tell(report)
    print(f"已载入 {code}，用时 {time.monotonic() - begun:.0f} 秒。")
    return 0


@contextmanager
def _few_collections() -> Iterator[None]:
    """Millions of short-lived objects, hardly a cycle among them: looking for cycles took a sixth of a load's time."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _tell(report: Report) -> None:
    for problem in report.problems[:SHOWN]:
        print(f"✗ {problem}", file=sys.stderr)
    if len(report.problems) > SHOWN:
        print(f"… 另有 {len(report.problems) - SHOWN} 行", file=sys.stderr)
    for file, rows in report.counts.items():
        if rows:
            print(f"{file}: {rows} 行")
    for what, times in sorted(report.assumed.items()):
        print(f"· {what}（{times} 次）")
    for file, columns in report.extra.items():
        print(f"· {file} 里这些列没有用到：{'、'.join(columns)}")
    if report.ignored:
        print(f"· 这些文件留待以后的版本：{'、'.join(report.ignored)}")


def _begin_demo(code: str, report: Report) -> None:
    """In a demonstration the clock goes on from the morning after the last day, and there is an account per role."""
    if not settings.DEMO or report.last_day is None:
        return
    offset = clock.offset_to(clock.at_time(report.last_day, 9))
    write_offset(settings.ENV.data / "demo-clock.json", offset)
    clock.set_offset(offset)
    demo.ensure_accounts(Congress.objects.get(code=code))
