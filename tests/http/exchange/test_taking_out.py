"""A list is taken out as it stands on the page."""

import csv
import io
from typing import Any

from django.test import Client
from openpyxl import load_workbook

from tests.makers.stations import Scene


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def sheet_rows(answer: Any) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(body(answer)))
    return list(book.worksheets[0].iter_rows(min_row=2, values_only=True))


def csv_rows(answer: Any, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(answer).decode(encoding))))[1:]


def test_a_visitor_takes_the_list_on_the_screen(scene: Scene, client: Client) -> None:
    scene.published("公园长椅坏了")
    scene.published("路灯不亮")
    page = client.get("/opinions/", {"q": "长椅"}).content.decode()
    assert "/exports/liaison.published/?q=%E9%95%BF%E6%A4%85&amp;as=xlsx" in page
    answer = client.get("/exports/liaison.published/", {"q": "长椅", "as": "xlsx"})
    assert [row[1] for row in sheet_rows(answer)] == ["公园长椅坏了"]
    assert "attachment" in answer["Content-Disposition"]
