"""The elder switch."""

import pytest
from django.test import Client


def test_on_and_off_again(client: Client) -> None:
    answer = client.post("/elder/", {"on": "1", "next": "/ui/"})
    assert (answer.status_code, answer["Location"]) == (303, "/ui/")
    assert "is-elder" in client.get("/ui/").content.decode()
    client.post("/elder/", {"on": "0", "next": "/ui/"})
    assert "is-elder" not in client.get("/ui/").content.decode()


@pytest.mark.parametrize("away", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(client: Client, away: str) -> None:
    assert client.post("/elder/", {"on": "1", "next": away})["Location"] == "/"


def test_only_by_form(client: Client) -> None:
    assert client.get("/elder/").status_code == 405
