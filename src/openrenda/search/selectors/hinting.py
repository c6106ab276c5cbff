"""What the search box suggests while somebody types: names, numbers and titles this reader may see."""

from dataclasses import replace
from functools import partial

from django.db import connection

from openrenda.kernel import commit

from ..rules.marking import Marker, marked
from ..values import Hint, Query
from . import finding
from .finding import NAMES, run_with

_CAP = 300
_READ = 3  # times as many entries as hints, for several may say the same


def hints(query: Query, limit: int = 8) -> list[Hint]:
    """The likeliest few, each text once. At most five queries, two as a rule; none for an empty box."""
    search = finding.prepared(replace(query, order="relevance", after=""), _CAP, typing=True)
    if search is None or not search.asked.terms:
        return []
    commit.flush()
    with connection.cursor() as cursor:
        run = partial(run_with, cursor)
        rows = finding.look(search, run).rows[: limit * _READ]
        full = finding.full_rows(rows, run)
    found: dict[str, Hint] = {}
    marker = Marker(search.asked.terms)
    for row, hit in zip(full, finding.hits_of(full, marker), strict=True):
        text = next((name for name in row[NAMES].split("\n") if marker.means(name)), hit.plain_title)
        found.setdefault(text, Hint(hit.kind, text, marked(text, marker.for_names(row[NAMES])), hit))
    return list(found.values())[:limit]
