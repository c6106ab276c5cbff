"""The search among a million documents: each class of query against its own SQL run bare."""

import json
import os
import subprocess
from dataclasses import dataclass
from typing import Any

from .places import CLUSTER, ROOT, environment, python

DATABASE = "search"
GOAL = 1.3
MEGABYTE = 1024 * 1024
BUSY = 1.0  # processes waiting for each processor


@dataclass(frozen=True, slots=True)
class Figures:
    """What filling and measuring told; `load`: processes that wanted a processor, per processor, before and after."""

    table: dict[str, Any]
    classes: dict[str, dict[str, Any]]
    keeping: dict[str, float]
    load: tuple[float, float]


def measure(documents: int, rounds: int) -> Figures:
    """The cluster is up. Filling takes some minutes on the first run; the database is kept."""
    CLUSTER.ensure_database(DATABASE)
    table = _told("matters_in", str(documents))
    before = _load()
    run = _told("finding_run", str(documents), str(rounds))
    return Figures(table, run["classes"], run["keeping"], (before, _load()))


def _told(module: str, *arguments: str) -> dict[str, Any]:
    env = environment(DATABASE)
    line = python(module, *arguments)
    done = subprocess.run(line, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE)  # noqa: S603  our own module
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _load() -> float:
    return os.getloadavg()[0] / (os.cpu_count() or 1)


def missed(figures: Figures) -> list[str]:
    """Classes above the goal."""
    return [name for name, one in figures.classes.items() if _ratio(one, "p95") > GOAL]


def _ratio(one: dict[str, Any], what: str) -> float:
    return float(one[what] / one[f"bare {what}"])


def told(figures: Figures) -> list[str]:
    """The section of the page."""
    table = figures.table
    lines = [
        f"## Finding among {table['documents']:,} documents",
        "",
        f"{table['entries']:,} entries: every document has one for those inside, half a public one too. Recombined",
        f"from the fictional district's texts, filled in {_minutes(table['seconds filling'])} by two processes, with",
        f"lexemes; both indexes built, table analysed in {_minutes(table['seconds building'])}. On disk: table",
        f"{_mb(table['table'])}, index of public entries {_mb(table['public'])}, of inside entries",
        f"{_mb(table['inside'])}, all indexes",
        f"{_mb(table['indexes'])}.",
        "",
        "Each search against the statements it sent itself, run by psycopg without Django in the same round, in turn.",
        f"Processes per processor meanwhile: {figures.load[0]:.1f} to {figures.load[1]:.1f}"
        + (" (busy with other work: only the ratios mean something)." if max(figures.load) > BUSY else "."),
        "`newest`: share of queries with more than 2000 hits, of which the newest 2000 count.",
        "",
        "| class | queries | statements | newest | p50 ms | p95 ms | bare: p50 | p95 | ratio of p50 | of p95 | goal |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for name, one in figures.classes.items():
        ratio = _ratio(one, "p95")
        cells = [
            name,
            str(one["queries"]),
            str(one["statements"]),
            f"{100 * one['newest'] / one['queries']:.0f} %",
            *(f"{one[key]:.1f}" for key in ("p50", "p95", "bare p50", "bare p95")),
            f"{_ratio(one, 'p50'):.2f}",
            f"**{ratio:.2f}**",
            f"≤ {GOAL}: {'met' if ratio <= GOAL else 'missed'}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    kept = figures.keeping
    return [
        *lines,
        "",
        "Keeping the entries of one object, within the transaction that writes it (medians):",
        f"{kept['text']:.1f} ms when its text changed, {kept['state']:.1f} ms when only its state did,",
        f"{kept['nothing']:.1f} ms when nothing did.",
    ]


def _mb(size: int) -> str:
    return f"{size / MEGABYTE:,.0f} MB"


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.1f} min"
