"""Home, workbench, about."""

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/", "/about/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everyone_may_read(client: Client, path: str, language: str) -> None:
    client.cookies["django_language"] = language
    assert client.get(path).status_code == 200


def test_home_offers_three_doors(client: Client) -> None:
    html = client.get("/").content.decode()
    for address, name in [("/opinions/new/", "提意见"), ("/opinions/track/", "查进度"), ("/stations/", "找代表")]:
        assert f'href="{address}"' in html
        assert name in html


def test_an_empty_house_says_what_will_be_here(client: Client) -> None:
    assert "这里会出现最近办成的事" in client.get("/").content.decode()


def test_the_workbench_asks_who_one_is(client: Client) -> None:
    answer = client.get("/work/")
    assert answer.status_code in {302, 303}
    assert answer["Location"].startswith("/account/sign-in/")


def test_search_engines_stay_out_of_the_offices(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Disallow: /work/" in answer.content.decode()


def test_about_says_what_is_never_published(client: Client) -> None:
    assert "从不公开的" in client.get("/about/").content.decode()
