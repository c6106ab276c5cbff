"""How long do years of an office's register take to come in?"""

import json
import subprocess
from typing import Any

from .places import CLUSTER, ROOT, environment, python

DATABASE = "register"
ROWS, GOAL = 10_000, 60
STAGES = {
    "whole": "everything: read, check, confirm, check again, write, index",
    "check": "— of this checking, twice",
    "write": "— of this writing, without the search index",
    "again": "the same file again: nothing changes",
}


def measure(rows: int = ROWS) -> dict[str, Any]:
    """The cluster runs."""
    CLUSTER.ensure_database(DATABASE)
    told = subprocess.run(  # noqa: S603  our own module
        python("register_run", str(rows)), cwd=ROOT, env=environment(DATABASE), check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def told(found: dict[str, Any]) -> list[str]:
    """The section of the page."""
    met = found["took"]["whole"][0] < GOAL and found["rows"] >= ROWS and found["unchanged"]
    return [
        "## A register comes in",
        "",
        f"{found['rows']} rows of five years in a GBK file of {found['bytes'] / 1e6:.1f} MB, through",
        "`openrenda import-register`, checked before and again while writing:",
        f"{found['suggestions']} suggestions with {found['steps']} steps of their stories.",
        "",
        "| stage | seconds | of these our own process |",
        "|---|--:|--:|",
        *(
            f"| {words} | {found['took'][key][0]:.1f} | {found['took'][key][1]:.1f} |"
            for key, words in STAGES.items()
            if key in found["took"]
        ),
        "",
        f"Goal: {ROWS} rows under {GOAL} s: {'met' if met else 'missed'}.",
    ]
