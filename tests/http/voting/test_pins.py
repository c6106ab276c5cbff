"""The modules' fingerprints are those of exactly what is served, behind hashed names too."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha384
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

from openrenda.voting.views import pins
from openrenda.voting.views.pins import Client, Module, NoModule

PAGES = ("cast-page.js", "trustee-page.js", "credentials-page.js", "withdraw-page.js", "check-page.js")


@pytest.fixture
def _collected(tmp_path: Path) -> Iterator[None]:
    """Collected as in production: hashed names, imports rewritten; only the client's files."""
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "openrenda.config.static.HashedStatic"}}
    only = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages, STATICFILES_FINDERS=only, DEBUG=False):
        finders.get_finder.cache_clear()
        call_command("collectstatic", interactive=False, verbosity=0)
        pins._kept.cache_clear()
        yield
    pins._kept.cache_clear()
    finders.get_finder.cache_clear()


def _of(client: Client) -> list[Module]:
    return [client.entry, *client.preloads]


@pytest.mark.usefixtures("_collected")
def test_every_module_a_page_loads_is_bound_to_the_bytes_that_are_served() -> None:
    for name in PAGES:
        modules = _of(pins.pins(name))
        assert len({module.url for module in modules}) == len(modules) > 3
        known = {module.url.rpartition("/")[2] for module in modules}
        for module in modules:
            assert re.search(r"\.[0-9a-f]{12}\.js$", module.url)
            with staticfiles_storage.open(module.url.removeprefix("/static/")) as file:
                served = file.read()
            assert module.integrity == f"sha384-{b64encode(sha384(served).digest()).decode()}"
            imported = re.findall(rb'^(?:import|export)\b[^;]*?"\.{1,2}/([^"]+)"', served, re.MULTILINE)
            assert {name.decode().rpartition("/")[2] for name in imported} <= known, module.url


def test_a_module_that_is_not_there_is_a_fault_of_ours() -> None:
    with pytest.raises(NoModule):
        pins.pins("none.js")
