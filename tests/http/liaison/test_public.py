"""Finding a station or a deputy."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    "path",
    [
        "/stations/",
        "/stations/S01/",
        "/stations/S01/poster/",
        "/deputies/",
        "/deputies/D001/",
        "/opinions/new/",
        "/opinions/new/?station=S01",
        "/opinions/new/?deputy=D001",
        "/opinions/track/",
        "/opinions/",
    ],
)
def test_everybody_may_open(path: str, client: Client, scene: object) -> None:
    assert client.get(path).status_code == 200
