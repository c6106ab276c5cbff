"""What is found."""

import pytest

from openrenda.search import selectors
from openrenda.search.values import Found, Query
from tests.makers.search import NAME, Shelf, a_shelf


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    return a_shelf(monkeypatch, NAME)[0]


def found(text: str = "", **columns: object) -> Found:
    return selectors.find(Query(congress_id=1, text=text, **columns))


def ids(result: Found) -> list[int]:
    return [hit.object_id for hit in result.hits]


TEXTS = {
    1: ("渡口里家属院路灯不亮", "晚上一片漆黑，3号楼门口的路灯坏了三个月。"),
    2: ("五中医院门前停车难", "停车难，难停车。车位只有180个。"),
    3: ("停车场收费太贵，看病很难", "App闪退，5G信号差"),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("路", [1]),
        ("亮", [1]),
        ("路灯", [1]),
        ("停车", [3, 2]),
        ("停车难", [2]),
        ("停车 难", [3, 2]),
        ("家属院路灯", [1]),
        ("家属 门口", [1]),
        ("停车 路灯", []),
        ("水管", []),
        ("3号楼", [1]),
        ("号楼", [1]),
        ("180", [2]),
        ("18", []),
        ("app", [3]),
        ("ap", [3]),
        ("pp", []),
        ("5g", [3]),
        ('"停车难"', [2]),
        ('"车位只有180个"', [2]),
        ("“app闪退", [3]),
        ("", [3, 2, 1]),
        ("😀", []),
    ],
)
def test_words_are_found(shelf: Shelf, text: str, expected: list[int]) -> None:
    for pk, (title, body) in TEXTS.items():
        shelf.put(pk, title, body)
    assert ids(found(text)) == expected
