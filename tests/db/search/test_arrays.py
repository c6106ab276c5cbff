"""Words reach the database as they are, whatever stands in them."""

import pytest
from django.db import connection

from openrenda.search.actions.index import as_array

AWKWARD = ['a"b', "c\\d", "e,f", "{g}", "null", "中文", "x\ny", "\\", '"', " ", "'"]


@pytest.mark.parametrize("words", [[], ["一"], AWKWARD])
def test_an_array_reads_back_as_it_was(words: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [as_array(words)])
        assert cursor.fetchone()[0] == words
