"""Are texts about the same matter found again, and how long does that take among 100,000?"""

import json
import subprocess
from typing import Any

from .places import CLUSTER, ROOT, environment, python

DATABASE = "likeness"
RECALL_GOAL, FIRST_GOAL = 0.90, 0.85


def measure(rows: int) -> dict[str, Any]:
    """The cluster runs. The first time the index is filled, which takes minutes."""
    CLUSTER.ensure_database(DATABASE)
    told = subprocess.run(  # noqa: S603  our own module
        python("likeness_run", str(rows)), cwd=ROOT, env=environment(DATABASE), check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def told(found: dict[str, Any]) -> list[str]:
    """The section of the page."""
    least = found["least"]
    lines = [
        "## Others that tell of the same",
        "",
        "Labelled groups of paraphrases (tests/data/likeness; weights were chosen on the development half only).",
        "Each text is a question; right are the others of its group, wrong are all other texts, among them",
        f"{found['others']:,} of no group, many of them traps: the same words about another place, another matter of",
        "the same place. `recall@5`: how many of the right are among the first five; `first`: how often the first is",
        f"right. With what is shown (score ≥ {least}): how many of the right remain, and for how many questions",
        "something wrong is shown at all; in half of the groups a trap was written for just that.",
        "",
        "| texts | groups | questions | recall@5 | first | recall@5 shown | something wrong shown |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [_row(name, one) for name, one in found["quality"].items()]
    held = found["quality"]["held out"]
    met = held["recall"] >= RECALL_GOAL and held["first"] >= FIRST_GOAL
    lines += [
        "",
        f"Goal, held out: recall@5 ≥ {RECALL_GOAL:.2f}, first ≥ {FIRST_GOAL:.2f}: {'met' if met else 'missed'}.",
        "",
        "The mixtures are clauses of the district's own texts put together at random, from the same communities: far",
        "more alike than what people write. The public side knows streets, but no communities.",
        "",
        f"Milliseconds from question to answer among {found['records']:,} records, each with a public and an inside",
        "entry, in one process: one query, 50 candidates compared in Python.",
        "",
        "| side | p50 ms | p95 ms | slowest ms |",
        "|---|--:|--:|--:|",
        *(f"| {side} | {ms['p50']:.1f} | {ms['p95']:.1f} | {ms['slowest']:.0f} |" for side, ms in found["ms"].items()),
    ]
    return lines


def _row(name: str, one: dict[str, Any]) -> str:
    rates = " | ".join(f"{one[key]:.3f}" for key in ("recall", "first", "kept", "wrong"))
    return f"| {name} | {one['groups']} | {one['texts']} | {rates} |"
