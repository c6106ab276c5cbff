"""A district brings the names its people use."""

import pytest

from openrenda.cli.district.reading import BadCell, Row, read_table
from openrenda.cli.district.synonyms import SYNONYM_COLUMNS, take_synonyms
from openrenda.cli.load_district import OWN_DISTRICT
from openrenda.search.models import SynonymGroup
from openrenda.search.selectors import find
from openrenda.search.values import Query
from tests.makers import liaison
from tests.makers.orgs import a_congress, setup_actor


def test_the_demo_districts_names_are_taken_and_count() -> None:
    table = read_table(OWN_DISTRICT / "synonyms.csv", SYNONYM_COLUMNS, "词组")
    assert not table.problems
    for row in table.rows:
        take_synonyms(row, setup_actor(a_congress()))
    assert SynonymGroup.objects.count() == len(table.rows) > 10
    liaison.a_published_opinion(liaison.a_cast(), title="渡口里家属院下水道返味")
    found = find(Query(congress_id=a_congress().pk, text="渡口里大院"))
    assert (found.count, "渡口里家属院" in found.also) == (1, True)


def test_a_row_that_cannot_be_taken_says_why() -> None:
    row = Row("synonyms.csv", 2, {"词组": "渡口里", "说明": ""})
    with pytest.raises(BadCell, match="同义词至少要有两个不同的词"):
        take_synonyms(row, setup_actor(a_congress()))
