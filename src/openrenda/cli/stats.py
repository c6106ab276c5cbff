"""`openrenda stats suggestions|opinions|livelihood --year Y [--json]`: the indicators, computed from the database."""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from openrenda.liaison import indicators as liaison
from openrenda.livelihood import indicators as livelihood
from openrenda.orgs.selectors import the_congress
from openrenda.suggestions import indicators as suggestions

SOURCES: dict[str, Callable[..., Sequence[suggestions.Indicator | liaison.Indicator]]] = {
    "suggestions": suggestions.indicators,
    "opinions": liaison.indicators,
}
PROJECTS = "livelihood"
ROUND = 4
NONE = "暂无数据"


def configure(parser: argparse.ArgumentParser) -> None:
    """What, of which year, in which form."""
    parser.add_argument("what", choices=sorted([*SOURCES, PROJECTS]))
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    parser.add_argument("--code", default="", help="区的代号 (which district, if there are several)")


def run(options: argparse.Namespace) -> int:
    """Prints each indicator; what has no data is null, never 0."""
    congress = the_congress(options.code)
    if options.what == PROJECTS:
        return _projects(livelihood.livelihood(congress.pk, options.year), as_json=options.json)
    rows = SOURCES[options.what](congress_id=congress.pk, year=options.year)
    if options.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        value = NONE if row.value is None else f"{row.value:g}"
        print(f"{row.key:32} {value:>10}  {row.numerator}/{row.denominator}  {row.label}")
    return 0


def _projects(stats: livelihood.Stats, *, as_json: bool) -> int:
    """One line a project, then the year."""
    if as_json:
        print(json.dumps(asdict(stats), ensure_ascii=False, indent=2))
        return 0
    for row in stats.projects:
        cells = (row.votes, row.planned, row.actual, row.lamp, row.investment, row.paid, row.grade)
        said = " ".join(f"{NONE if cell is None else cell:>8}" for cell in cells)
        print(f"{row.key:12} {said}  {row.name}")
    if stats.totals is None:
        print(NONE)
        return 0
    for key, value in asdict(stats.totals).items():
        print(f"{key:32} {NONE if value is None else value}")
    return 0
