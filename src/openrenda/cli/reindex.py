"""`openrenda reindex`: what the search finds, made anew from the objects; can be interrupted and goes on from there."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from tqdm import tqdm

from openrenda.kernel.errors import NotFound
from openrenda.search import actions, kinds
from openrenda.search.actions.build import Progress, Watch


def configure(parser: argparse.ArgumentParser) -> None:
    """Everything, one kind, or what is needed."""
    parser.add_argument("--kind", default="", help="只重建这一类 (one kind only, e.g. liaison.opinion)")
    parser.add_argument(
        "--if-old",
        action="store_true",
        help="只补缺少的和旧的 (only what is missing or old)",
    )


def run(options: argparse.Namespace) -> int:
    """Searches and writes go on meanwhile."""
    begun = time.monotonic()
    if options.kind and options.kind not in {kind.name for kind in kinds.all_kinds()}:
        raise NotFound(message=f"没有这一类 (no such kind): {options.kind}")
    with watched() as watch:
        count = actions.build_if_old(watch) if options.if_old else actions.rebuild(options.kind or None, watch)
    if options.if_old and not count:
        print("检索索引是最新的 (the index is up to date)。")
    else:
        print(f"已检索 {count} 件，用时 {time.monotonic() - begun:.0f} 秒 ({count} objects indexed)。")
    return 0


def build_if_old() -> None:
    """For commands that come before serving: silent when there is nothing to do."""
    if actions.is_old():
        with watched() as watch:
            actions.build_if_old(watch)


@contextmanager
def watched() -> Iterator[Watch]:
    """Progress on standard error, a line per kind."""
    bars: dict[str, tqdm[NoReturn]] = {}

    def watch(progress: Progress) -> None:
        if progress.kind not in bars:
            bars[progress.kind] = tqdm(desc=progress.kind, unit="件", file=sys.stderr, dynamic_ncols=True)
        bar = bars[progress.kind]
        bar.update(progress.done - bar.n)

    try:
        yield watch
    finally:
        for bar in bars.values():
            bar.close()
