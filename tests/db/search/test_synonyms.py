"""The table of other names."""

import pytest

from openrenda.audit.models import AuditEntry
from openrenda.kernel.errors import NotFound
from openrenda.search import actions
from openrenda.search.errors import BadSynonyms, WordTaken
from openrenda.search.models import Synonym, SynonymGroup, SynonymKind
from openrenda.search.selectors import others
from tests.makers.kernel import an_actor

ACTOR = an_actor("person:1")
ELSEWHERE = an_actor("person:2", congress_id=2)


def add(*words: str) -> SynonymGroup:
    return actions.add_synonyms(kind=SynonymKind.WORD, words=words, actor=ACTOR)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    others.forget()


def test_words_are_kept_as_they_are_compared_each_once() -> None:
    group = add("垃圾桶", " ＡＴＭ机 ", "垃圾桶", "", "果·皮箱")
    assert list(group.synonyms.values_list("word", flat=True)) == ["垃圾桶", "atm机", "果皮箱"]
    assert others.groups_of(1)["atm机"] == ("垃圾桶", "果皮箱")
    assert others.groups_of(2) == {}


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("垃圾桶",),
        ("垃圾桶", "垃圾桶"),
        ("桶", "垃圾桶"),
        ("长" * 21, "短的"),
        ("！！", "？？"),
        tuple("甲乙丙丁戊己庚辛壬癸子丑寅"),
    ],
)
def test_a_group_is_two_to_twelve_words(words: tuple[str, ...]) -> None:
    with pytest.raises(BadSynonyms):
        add(*words)


def test_a_word_stands_in_one_group_of_a_congress() -> None:
    group = add("垃圾桶", "垃圾箱")
    with pytest.raises(WordTaken) as refused:
        add("垃圾箱", "果皮箱")
    assert "垃圾箱" in str(refused.value)
    actions.add_synonyms(kind=SynonymKind.WORD, words=["垃圾箱", "果皮箱"], actor=ELSEWHERE)
    actions.change_synonyms(group_id=group.pk, kind=SynonymKind.PLACE, words=["垃圾箱", "果皮箱"], actor=ACTOR)
    add("垃圾桶", "垃圾筐")
    assert others.groups_of(1)["垃圾箱"] == ("果皮箱",)


def test_a_group_goes_with_its_words_and_all_is_recorded() -> None:
    group = add("垃圾桶", "垃圾箱")
    actions.change_synonyms(group_id=group.pk, kind=SynonymKind.WORD, words=["垃圾桶", "果皮箱"], actor=ACTOR)
    actions.remove_synonyms(group_id=group.pk, actor=ACTOR)
    assert not Synonym.objects.exists()
    assert list(AuditEntry.objects.order_by("pk").values_list("kind", flat=True)) == [
        "search.synonyms_added",
        "search.synonyms_changed",
        "search.synonyms_removed",
    ]


def test_a_stranger_s_group_looks_like_none() -> None:
    group = add("垃圾桶", "垃圾箱")
    with pytest.raises(NotFound):
        actions.remove_synonyms(group_id=group.pk, actor=ELSEWHERE)
    with pytest.raises(NotFound):
        actions.change_synonyms(group_id=group.pk, kind=SynonymKind.WORD, words=["甲乙", "丙丁"], actor=ELSEWHERE)
    assert Synonym.objects.count() == 2
