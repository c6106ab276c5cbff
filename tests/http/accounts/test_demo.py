"""The demo page, in a demonstration and outside of one."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from openrenda.accounts import demo
from openrenda.accounts.models import SignIn
from openrenda.audit.models import AuditEntry
from openrenda.orgs.models import Congress
from tests.makers import demo_urls
from tests.makers.orgs import a_congress, a_deputy

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "openrenda.config.settings.prod",
    "SECRET_KEY": "s" * 60,
    "FIELD_KEY": "f" * 60,
    "DATABASE_URL": "postgresql://nobody@localhost/none",
    "BASE_URL": "https://renda.example.invalid",
    "EMAIL_FROM": "renda@example.invalid",
}
ASKS = """
import django
django.setup()
from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
assert settings.DEMO is False
resolve("/account/sign-in/")
for path in ("/demo/", "/demo/step-in/"):
    try:
        raise SystemExit(f"{path} leads to {resolve(path)}")
    except Resolver404:
        pass
try:
    raise SystemExit(reverse("demo:step-in"))
except NoReverseMatch:
    print("closed")
"""


@pytest.fixture
def playing(settings: Settings) -> Any:
    """A demonstration with its accounts."""
    settings.DEMO = True
    settings.ROOT_URLCONF = demo_urls.__name__
    congress = a_congress()
    for number in range(1, 5):
        a_deputy(code=f"D00{number}", sc_post={3: "委员", 4: "主任"}.get(number, ""))
    demo.ensure_accounts(congress)
    return congress


def test_production_has_no_such_address(tmp_path: Path) -> None:
    env = {**os.environ, **PRODUCTION, "OPENRENDA_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", ASKS], env=env, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("closed", 0), done.stderr[-800:]


def test_settings_of_tests_have_none_either() -> None:
    a_congress()
    assert Client().get("/demo/").status_code == 404
    assert Client().post("/demo/step-in/", {"login": "demo-sysadmin"}).status_code == 404


def test_the_addresses_alone_do_not_let_anybody_in(playing: Congress, settings: Settings) -> None:
    """A second bolt behind the first: were the addresses ever wired by mistake, the action still refuses."""
    settings.DEMO = False
    client = Client()
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/step-in/", {"login": "demo-sysadmin"}).status_code == 403
    assert not SignIn.objects.exists()


def test_one_click_steps_in_and_another_changes_who_one_is(playing: Congress) -> None:
    client = Client()
    html = client.get("/demo/").content.decode()
    assert "代表工委" in html
    answer = client.post("/demo/step-in/", {"login": "demo-sc-rep"})
    assert (answer.status_code, answer["Location"]) == (303, "/work/")
    assert client.get("/manage/calendar/").status_code == 200
    first = SignIn.objects.latest("pk")
    client.post("/demo/step-in/", {"login": "demo-auditor"})
    first.refresh_from_db()
    assert first.end_reason == "signed_out"
    assert client.get("/manage/audit/").status_code == 200
    assert AuditEntry.objects.filter(kind="accounts.signed_in", detail__demo="yes").count() == 2


def test_stepping_in_is_a_post_with_a_token(playing: Congress) -> None:
    assert Client().get("/demo/step-in/?login=demo-sysadmin").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/demo/step-in/", {"login": "demo-sysadmin"}).status_code == 403


def test_every_page_says_that_it_is_a_demonstration_and_which_day_it_plays(playing: Congress) -> None:
    client = Client()
    client.post("/demo/step-in/", {"login": "demo-sysadmin"})
    for path in ("/demo/", "/account/", "/manage/people/", "/manage/nothing/"):
        html = client.get(path).content.decode()
        assert "演示环境" in html
        assert "2025年3月10日（周一）" in html


def test_a_demo_login_cannot_come_in_by_the_front_door(playing: Congress) -> None:
    for password in ("", "!", "demo", "None"):
        answer = Client().post("/account/sign-in/", {"login": "demo-sysadmin", "password": password})
        assert answer.status_code == 422


def test_the_chair_switches_between_two_hats(playing: Congress) -> None:
    client = Client()
    client.post("/demo/step-in/", {"login": "demo-sc-leader"})
    html = client.get("/account/hat/").content.decode()
    assert html.count('name="hat"') == 2
    assert "切换身份" in client.get("/account/").content.decode()
