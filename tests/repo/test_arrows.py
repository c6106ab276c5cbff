"""Which slice uses which is a list; a new arrow needs an ADR, a dead one leaves the list."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.repo.tree import PACKAGE, SLICES, modules, name

ARROWS = {
    ("suggestions", "liaison"),
    ("livelihood", "liaison"),
    ("livelihood", "meetings"),
    ("meetings", "voting"),
}
# Across an arrow one may see facts and words, and ask; never rules, workflows, forms or pages.
OPEN = {"models", "actions", "selectors", "events", "states", "errors"}


def imported(path: Path) -> Iterator[str]:
    """Full names, one per imported thing; relative ones are worked out."""
    package = path.relative_to(PACKAGE.parent).parent.parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def crossings() -> Iterator[tuple[str, str, str, Path]]:
    """(from, to, what of it, where) for each import between slices."""
    for app in SLICES:
        for path in modules(app):
            for full in imported(path):
                parts = full.split(".")
                if parts[0] == "openrenda" and len(parts) > 2 and parts[1] in SLICES and parts[1] != app:
                    yield app, parts[1], parts[2], path


def test_the_arrows_are_exactly_these() -> None:
    assert {(start, end) for start, end, _, _ in crossings()} == ARROWS


def test_only_the_open_side_is_used_across_an_arrow() -> None:
    closed = [f"{name(path)}: {end}.{what}" for _, end, what, path in crossings() if what not in OPEN]
    assert not closed
