"""Each way of running, in a process of its own, as it is really started."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from openrenda.config.apps import refuse_demo_outside_its_settings

PROD = {
    "DJANGO_SETTINGS_MODULE": "openrenda.config.settings.prod",
    "SECRET_KEY": "s" * 60,
    "FIELD_KEY": "f" * 60,
    "DATABASE_URL": "postgresql://nobody@localhost/none",
    "BASE_URL": "https://renda.example",
    "EMAIL_FROM": "renda@renda.example",
}
ASK = "from django.conf import settings as s; print(s.DEMO, s.DEBUG, s.SESSION_COOKIE_SECURE, s.ALLOWED_HOSTS)"


def start(script: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        env={"PATH": "/usr/bin:/bin", "OPENRENDA_DATA": str(tmp_path), **environment},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_production_names_everything_it_lacks(tmp_path: Path) -> None:
    done = start(ASK, tmp_path, DJANGO_SETTINGS_MODULE=PROD["DJANGO_SETTINGS_MODULE"])
    assert done.returncode != 0
    assert "SECRET_KEY, FIELD_KEY, DATABASE_URL, BASE_URL, EMAIL_FROM" in done.stderr


@pytest.mark.parametrize("switch", ["DEMO", "OPENRENDA_DEMO", "DJANGO_DEMO", "DEBUG"])
def test_nothing_in_the_environment_turns_the_demonstration_on(switch: str, tmp_path: Path) -> None:
    done = start(ASK, tmp_path, **PROD, **{switch: "1"})
    assert done.stdout.split() == ["False", "False", "True", "['renda.example']"], done.stderr


@pytest.mark.parametrize("module", ["openrenda.config.settings.prod", "mine.settings"])
def test_a_process_does_not_start_with_demo_accounts_elsewhere(module: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="demo accounts need no password"):
        refuse_demo_outside_its_settings(demo=True, module=module)


def test_it_may_be_on_where_it_belongs() -> None:
    refuse_demo_outside_its_settings(demo=True, module="openrenda.config.settings.demo")
    refuse_demo_outside_its_settings(demo=False, module="openrenda.config.settings.prod")


def test_the_demonstration_answers_to_this_machine_only(tmp_path: Path) -> None:
    done = start(ASK, tmp_path, DJANGO_SETTINGS_MODULE="openrenda.config.settings.demo")
    assert done.stdout.startswith("True False"), done.stderr
    assert "['localhost', '127.0.0.1', '[::1]']" in done.stdout
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
