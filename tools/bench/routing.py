"""How good is the advice on units on the fictional district, how long does learning take, and how long one advice?"""

import json
import subprocess
from typing import Any

from .places import CLUSTER, ROOT, environment, python

DATABASE = "routing"
TOP1_GOAL, TOP3_GOAL = 0.70, 0.90
LABELS = {
    "units": "unit, the category known; all records of the same matter left out",
    "units_alone": "unit, only the case itself left out",
    "units_no_category": "unit, the category not known; all of the matter left out",
    "categories": "category",
}


def measure() -> dict[str, Any]:
    """The cluster runs. The first time the whole district is loaded, which takes minutes."""
    CLUSTER.ensure_database(DATABASE)
    told = subprocess.run(  # noqa: S603  our own module
        python("routing_run"), cwd=ROOT, env=environment(DATABASE), check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def told(found: dict[str, Any]) -> list[str]:
    """The section of the page."""
    figures = found["figures"]
    rows = [(words, figures[key]) for key, words in LABELS.items()]
    rows[1:1] = [(f"— of these `{kind}`", hits) for kind, hits in figures["by_kind"].items()]
    met = _rate(figures["units"], "first") >= TOP1_GOAL and _rate(figures["units"], "among") >= TOP3_GOAL
    return [
        "## Advice on units",
        "",
        f"Leave-one-out over the {found['examples']} cases of the fictional district: each case is judged by a model",
        "that has not seen it. The weights of duty words and category were chosen on the same district, so",
        "another district may do worse (docs/explanation/routing.md).",
        "",
        "| asked for | cases | first is right | among the first three |",
        "|---|--:|--:|--:|",
        *(
            f"| {words} | {hits['n']} | {_rate(hits, 'first'):.3f} | {_rate(hits, 'among'):.3f} |"
            for words, hits in rows
        ),
        "",
        f"Goal, first row: ≥ {TOP1_GOAL:.2f} and ≥ {TOP3_GOAL:.2f}: {'met' if met else 'missed'}.",
        "",
        f"Learning, test included: {found['learn_ms'] / 1000:.1f} s; stored in {found['bytes'] / 1e6:.1f} MB.",
        f"One advice with its reasons: {found['p50_ms']:.1f} ms (median), {found['p95_ms']:.1f} ms (95th percentile),",
        f"of which {found['cpu_ms']:.1f} ms of our own computing; {found['queries']} queries.",
        f"Read anew by a process after a learning: {found['read_ms']:.0f} ms.",
    ]


def _rate(hits: dict[str, int], key: str) -> float:
    return hits[key] / hits["n"] if hits["n"] else 0.0
