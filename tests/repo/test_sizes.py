"""Small enough to be read in one go."""

import ast
from pathlib import Path

import pytest

from tests.repo.tree import modules, name


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_module_fits_in_the_head(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= 400, f"{name(path)} has {lines} lines; split it by verb or by noun"


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno + 1 > 50
    ]
    assert not long, f"{name(path)}: split {long}"
