"""Lists that ask the index first show just what they showed before."""

import random

import pytest
from django.db.models import Q

from openrenda.liaison.models import Opinion
from openrenda.liaison.selectors import published
from openrenda.search.selectors import holding
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.selectors import public_list
from openrenda.suggestions.selectors.desk import register
from openrenda.suggestions.selectors.rows import Filters
from tests.makers import liaison, suggestions

TITLES = (
    "织机坊58号院雨污管网", "路灯不亮，路 灯坏了", "E栋电梯ＡＢＣ停运", "《关于“停车难”的》答复", "一", "停 车",
    "20路公交改线", "渡口里家属院3号楼外墙",
)  # fmt: skip


def pieces(texts: list[str]) -> list[str]:
    """Every text whole, many cut out of them, some that stand nowhere."""
    dice = random.Random(4)  # noqa: S311  the same pieces in every run
    cut = []
    for text in texts:
        for _ in range(12):
            start = dice.randrange(len(text))
            cut.append(text[start : start + dice.randint(1, 5)])
    return sorted({*texts, *cut, "没有", "%", "_", "，", "号院雨", "车停"} - {" "})


def test_published_opinions() -> None:
    cast = liaison.a_cast()
    for title in TITLES:
        liaison.a_published_opinion(cast, title=title)
    rows = Opinion.objects.filter(publish_state="public")
    for text in filter(str.strip, pieces(list(TITLES))):
        q = text.strip()
        plain = rows.filter(Q(public_title__icontains=q) | Q(public_summary__icontains=q) | Q(number__iexact=q))
        page = published(congress_id=cast.congress_id, q=text, size=100)
        assert {row.id for row in page.rows} == set(plain.values_list("pk", flat=True)), text


def test_suggestions_for_everybody_and_on_the_desk() -> None:
    for title in TITLES:
        suggestions.an_accepted(text=suggestions.a_text(title=title))
    congress_id = Suggestion.objects.values_list("congress_id", flat=True)[0]
    rep = suggestions.sc_rep()
    for text in filter(str.strip, pieces(list(TITLES))):
        plain = set(Suggestion.objects.filter(public_title__icontains=text.strip()).values_list("pk", flat=True))
        shown = public_list(congress_id, Filters(text=text), size=100)
        assert {row.id for row in shown.rows} == plain, text
        exact = set(Suggestion.objects.filter(title__contains=text).values_list("pk", flat=True))
        assert {row.id for row in register(rep, text=text, size=100).rows} == exact, text


@pytest.mark.parametrize(
    ("text", "helps"), [("路灯", True), ("灯", True), ("3号楼", False), ("abc", False), ("，", False)]
)
def test_the_index_helps_with_characters_only(text: str, helps: bool) -> None:
    cast = liaison.a_cast()
    row = liaison.a_published_opinion(cast, title="路灯不亮")
    found = holding("liaison.opinion", cast.congress_id, text, is_public=True)
    assert found == ([row.pk] if helps else None)
