"""`openrenda routing-check [--learn] [--json]`: how good the advice on units is, tested on cases it has not seen.

Nothing is written unless `--learn` stores what was learned as the version in force.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator

from openrenda.orgs.models import Unit
from openrenda.orgs.selectors import the_congress
from openrenda.routing import sources, teaching
from openrenda.routing.figures import Figures, Hits

NONE = "暂无数据"


def configure(parser: argparse.ArgumentParser) -> None:
    """Which district, in which form, and whether to learn."""
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    parser.add_argument("--learn", action="store_true", help="学完存为现用版本 (store it as the version in force)")
    parser.add_argument("--code", default="", help="区的代号 (which district, if there are several)")


def run(options: argparse.Namespace) -> int:
    """0 with figures, 1 where there is too little to learn from."""
    congress = the_congress(options.code)
    examples = teaching.examples_of(congress.pk)
    if not teaching.enough(examples):
        print(f"有承办单位的案例不足{teaching.LEAST}件，还不能学习 (too few cases)", file=sys.stderr)
        return 1
    start = time.perf_counter()
    figures = teaching.judged(congress.pk, examples)
    seconds = time.perf_counter() - start
    version = teaching.teach(congress.pk) if options.learn else None
    if options.json:
        told = figures.stored() | {
            "examples": len(examples),
            "judged_in_seconds": round(seconds, 2),
            "learned_in_milliseconds": version.milliseconds if version else None,
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    print(f"{len(examples)} 件案例 (cases)，检验用时 {seconds:.1f} 秒")
    for line in table(figures):
        print(line)
    if version is not None:
        print(f"已存为现用版本 (stored)，用时 {version.milliseconds} 毫秒")
    return 0


def table(figures: Figures) -> Iterator[str]:
    """One line a figure, then where it errs most."""
    yield f"{'':40} {'件数':>6} {'首选':>7} {'前三':>7}"
    yield _line("单位（同一件事全部拿开）", figures.units)
    for kind, hits in figures.by_kind.items():
        yield _line(f"  {sources.label_of(kind)}", hits)
    yield _line("单位（只拿开这一件）", figures.units_alone)
    yield _line("单位（不知道类别）", figures.units_no_category)
    yield _line("类别", figures.categories)
    names = {unit.pk: str(unit) for unit in Unit.objects.filter(pk__in=_units(figures))}
    for unit, advised, n in figures.mistakes[:10]:
        yield f"  {n} 次：实际 {names.get(unit, unit)}，首选 {names.get(advised, advised)}"


def _line(label: str, hits: Hits) -> str:
    wide = sum(2 if ord(char) > 255 else 1 for char in label)  # a Chinese character takes two columns
    return f"{label}{' ' * max(0, 40 - wide)} {hits.n:>6} {_rate(hits.top1):>8} {_rate(hits.top3):>8}"


def _rate(value: float | None) -> str:
    return NONE if value is None else f"{value:.3f}"


def _units(figures: Figures) -> set[int]:
    return {pk for unit, advised, _ in figures.mistakes for pk in (unit, advised)}
