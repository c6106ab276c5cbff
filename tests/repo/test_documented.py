"""Whoever installs finds every setting and every command written down."""

from openrenda.cli.table import COMMANDS
from openrenda.config.settings.env import NAMES
from tests.repo.tree import PACKAGE, ROOT, modules, name


def test_every_setting_is_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    assert not [setting for setting in NAMES if f"{setting}=" not in example]


def test_the_environment_is_read_in_one_place() -> None:
    readers = [name(path) for path in modules() if "os.environ" in path.read_text("utf-8")]
    # The console script says which settings to read; that cannot stand in the settings.
    assert set(readers) <= {"src/openrenda/config/settings/env.py", "src/openrenda/cli/main.py"}


def test_every_command_is_described() -> None:
    text = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert not [command for command in COMMANDS if f"`openrenda {command}" not in text]


def test_every_command_exists() -> None:
    missing = []
    for command, entry in COMMANDS.items():
        path = PACKAGE.parent / entry.module.replace(".", "/")
        if not path.with_suffix(".py").exists() and not (path / "__init__.py").exists():
            missing.append(command)
    assert not missing


def test_every_make_target_says_what_it_is_for() -> None:
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    targets = [line.split(":")[1].strip() for line in lines if line.startswith(".PHONY:")]
    described = [line.split(":")[0] for line in lines if "## " in line and not line.startswith("\t")]
    assert sorted(targets) == sorted(described)
