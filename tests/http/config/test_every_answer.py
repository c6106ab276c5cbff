"""Headers and language of every answer."""

import pytest
from django.test import Client, override_settings
from django.utils import translation


def test_the_strict_headers(client: Client) -> None:
    answer = client.get("/healthz")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("cookie", "header", "language"),
    [("", "", "zh-hans"), ("", "en-US,en", "zh-hans"), ("en", "zh-CN", "en"), ("xx", "", "zh-hans")],
)
def test_chinese_unless_chosen_otherwise(client: Client, cookie: str, header: str, language: str) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get("/healthz", headers={"accept-language": header})
    assert answer["Content-Language"] == language


def test_one_readers_language_is_not_the_next_ones(client: Client) -> None:
    before = translation.get_language()
    client.cookies["django_language"] = "en"
    client.get("/healthz")
    assert translation.get_language() == before


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_REDIRECT_EXEMPT=["^healthz$"])
def test_monitors_reach_healthz_without_a_certificate(client: Client) -> None:
    assert client.get("/healthz").status_code != 301
    assert client.get("/anything").status_code == 301
