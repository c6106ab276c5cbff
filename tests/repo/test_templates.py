"""The content policy allows no inline script or style, and nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from tests.repo.tree import PACKAGE, name, templates

CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)  # what the template engine reads, not the browser

FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\b(src|type=\"(importmap|application/json)\"))", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "a file from another host": re.compile(r"<(script|link|img)[^>]*(src|href)=\"(https?:)?//", re.IGNORECASE),
    "htmx code in an attribute": re.compile(r"hx-(on|vals=\"js:)", re.IGNORECASE),
}


@pytest.mark.parametrize("path", templates(), ids=name)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str, path: Path) -> None:
    found = FORBIDDEN[what].search(CODE.sub("", path.read_text("utf-8")))
    assert found is None, f"{name(path)} holds {what}: {found.group(0) if found else ''}"


def test_no_stylesheet_or_module_loads_from_elsewhere() -> None:
    files = [path for kind in ("*.css", "*.js") for path in PACKAGE.rglob(kind) if "vendor" not in path.parts]
    loads = re.compile(r"(url\(|@import|import\s|from\s)\s*[\"']?(https?:)?//")
    assert not [name(path) for path in files if loads.search(path.read_text("utf-8"))]


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_percent_sign_in_a_sentence_is_doubled(path: Path) -> None:
    """Jinja2 fills placeholders into every translated sentence: a lone % breaks the page when it is shown."""
    sentences = re.findall(r"\b_\(\s*\"([^\"]*)\"", path.read_text("utf-8"))
    lone = re.compile(r"(?<!%)(?:%%)*%(?![%(])")
    assert not [sentence for sentence in sentences if lone.search(sentence)]
