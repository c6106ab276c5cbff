"""The gallery in both frames and languages, with and without htmx."""

import itertools
import re

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/ui/", "/ui/work/", "/ui/confirm/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("elder", ["", "1"])
def test_it_draws(client: Client, path: str, language: str, elder: str) -> None:
    client.cookies["django_language"] = language
    client.cookies["elder"] = elder
    answer = client.get(path)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in html
    assert ("is-elder" in html[:300]) is bool(elder)


def test_every_id_is_there_once(client: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get("/ui/").content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_one_heading_of_the_first_rank_and_no_rank_skipped(client: Client) -> None:
    ranks = [int(rank) for rank in re.findall(r"<h([1-6])", client.get("/ui/").content.decode())]
    assert ranks.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(ranks))


def test_htmx_gets_the_block_alone(client: Client) -> None:
    answer = client.get("/ui/", headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert html.lstrip().startswith("<form")
    assert "<html" not in html
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_or_restored_page_is_whole(client: Client, header: str) -> None:
    assert "<html" in client.get("/ui/", headers={"HX-Request": "true", header: "true"}).content.decode()


def test_only_reading(client: Client) -> None:
    assert client.post("/ui/").status_code == 405
