"""Names say what a thing is for; hubs know no domain word; nothing is left for later."""

import re
from pathlib import Path

import pytest

from tests.repo.tree import committed, modules, name

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "base_utils"}
HUBS = ("kernel", "ui", "audit", "documents", "notifications")
DOMAIN = re.compile(r"\b(suggestions?|ballots?|livelihood|cosign\w*)\b", re.IGNORECASE)
LEFT = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# /work/ alone is an address of ours: the workbench.
MACHINE = re.compile(
    r"(?<![\w.])/(farm|root)/|(?<!\w)/work/(main|plan|shared|\.)"
    r"|pypi\.org|pythonhosted|registry\.npm|deb\.debian|--(index-url|find-links)"
)


def test_no_module_is_called_after_nothing() -> None:
    assert not [name(path) for path in modules() if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES]


@pytest.mark.parametrize("path", modules(*HUBS), ids=name)
def test_a_hub_knows_no_domain_word(path: Path) -> None:
    found = DOMAIN.search(path.read_text("utf-8"))
    assert found is None, f"{name(path)} speaks of {found.group(0) if found else ''}; that belongs to a slice"


@pytest.mark.parametrize("path", modules(), ids=name)
def test_nothing_is_left_for_later(path: Path) -> None:
    assert not LEFT.search(path.read_text("utf-8"))


def test_no_machine_and_no_registry_is_named() -> None:
    here = Path(__file__)
    named = [name(path) for path in committed() if path != here and MACHINE.search(path.read_text("utf-8", "replace"))]
    assert not named, "what is written down must hold on every machine"
