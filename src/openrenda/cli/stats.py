"""`openrenda stats suggestions|opinions --year Y [--json]`: the indicators, computed from the database."""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from openrenda.liaison import indicators as liaison
from openrenda.orgs.selectors import the_congress
from openrenda.suggestions import indicators as suggestions

SOURCES: dict[str, Callable[..., Sequence[suggestions.Indicator | liaison.Indicator]]] = {
    "suggestions": suggestions.indicators,
    "opinions": liaison.indicators,
}
ROUND = 4


def configure(parser: argparse.ArgumentParser) -> None:
    """What, of which year, in which form."""
    parser.add_argument("what", choices=sorted(SOURCES))
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    parser.add_argument("--code", default="", help="区的代号 (which district, if there are several)")


def run(options: argparse.Namespace) -> int:
    """Prints each indicator; what has no data is null, never 0."""
    congress = the_congress(options.code)
    rows = SOURCES[options.what](congress_id=congress.pk, year=options.year)
    if options.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        value = "暂无数据" if row.value is None else f"{row.value:g}"
        print(f"{row.key:32} {value:>10}  {row.numerator}/{row.denominator}  {row.label}")
    return 0
