"""The figures as a page of Markdown, which the terminal prints as well."""

import os
import platform
import statistics
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from .load import Measured
from .places import ROOT

PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
LABELS = {"list": "public list", "filtered": "filtered list", "case": "case page", "submit": "submit an opinion"}


class Measurable(Protocol):
    """A page with its rounds."""

    name: str
    address: str
    real: list[Measured]
    bare: list[Measured]

    @property
    def ratio(self) -> float: ...


def told(pages: Sequence[Measurable], small: dict[str, Any], big: dict[str, Any], goal: float) -> list[str]:
    """The page's own section."""
    return [*_head(big), "", *_speeds(pages, goal), "", *_queries(pages, small, big)]


def write(*sections: Sequence[str]) -> None:
    """Keep these sections, each named by its first line, beside the other reference pages; others stay as they are."""
    kept: dict[str, list[str]] = {}
    for line in PAGE.read_text("utf-8").splitlines() if PAGE.is_file() else []:
        if not kept or line.startswith("## "):
            kept[line] = []
        list(kept.values())[-1].append(line)
    when = f"Measured on {time.strftime('%Y-%m-%d')}. {_machine()}; CPython {platform.python_version()}."
    for name, *rest in sections:
        kept[name] = [name, *([] if name.startswith("# ") else ["", when]), *rest]
    PAGE.write_text("\n\n".join("\n".join(section).strip() for section in kept.values()) + "\n", "utf-8")


def _head(big: dict[str, Any]) -> list[str]:
    packages = ", ".join(f"{name} {version(name)}" for name in ("django", "granian", "psycopg", "jinja2"))
    rows = f"{big['rows']['suggestions']:,} suggestions and {big['rows']['opinions']:,} opinions"
    return [
        "# Benchmarks",
        "",
        "<!-- Written by `make bench ARGS=--write`; do not edit. -->",
        "",
        f"Measured on {time.strftime('%Y-%m-%d')} with {rows}.",
        f"{_machine()}; CPython {platform.python_version()}, {packages}, the embedded PostgreSQL.",
        "",
        "The yardstick is a bare Django view without middleware: it runs the SQL that was recorded from the real page,",
        "transactions included, and returns the same bytes from one template. Both are served as `openrenda web` does",
        "(granian, two workers) and loaded in turn by the same eight connections. Clients, servers and database share",
        "the processors, so only the ratio means something. Rates and times are medians of the rounds.",
        "",
        "Submitting is the last step of the form: token checked, text searched for personal numbers, contact sealed,",
        "number taken, steps, audit entry and event written, and a session begun that holds the receipt.",
    ]


def _machine() -> str:
    cpu = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = info.read_text("utf-8").splitlines()
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        cpu = names[0] if names else cpu
    return f"{os.cpu_count()} × {cpu}, {platform.system()}"


def _speeds(pages: Sequence[Measurable], goal: float) -> list[str]:
    lines = [
        "| page | requests/s | p50 ms | p99 ms | bare: requests/s | p50 ms | p99 ms | ratio | goal |",
        "|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for page in pages:
        verdict = f"≥ {goal}: {'met' if page.ratio >= goal else 'missed'}"
        cells = [f"{LABELS[page.name]}", *_cells(page.real), *_cells(page.bare), f"**{page.ratio:.2f}**", verdict]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _cells(rounds: list[Measured]) -> list[str]:
    return [
        f"{statistics.median(one.rate for one in rounds):.0f}",
        f"{statistics.median(one.p50 for one in rounds):.1f}",
        f"{statistics.median(one.p99 for one in rounds):.1f}",
    ]


def _queries(pages: Sequence[Measurable], small: dict[str, Any], big: dict[str, Any]) -> list[str]:
    few, many = (f"{told['rows']['suggestions']:,}" for told in (small, big))
    lines = [
        f"| page | address | bytes | queries at {few} | queries at {many} |",
        "|---|---|--:|--:|--:|",
    ]
    lines += [
        f"| {LABELS[page.name]} | `{page.address}` | {big['bytes'][page.name]:,} | "
        f"{small['queries'][page.name]} | {big['queries'][page.name]} |"
        for page in pages
    ]
    return lines
