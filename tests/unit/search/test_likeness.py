"""Comparing two texts: places, concepts, words in common, the score."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.search.likeness.concepts import WORDS, everyday
from openrenda.search.likeness.explain import same_words
from openrenda.search.likeness.lookups import PAIRS, lookups
from openrenda.search.likeness.places import agree, numbered, places_of
from openrenda.search.likeness.rarity import Rarity
from openrenda.search.likeness.score import Ground, Home, compare, ground_of
from openrenda.search.likeness.texts import Concepts, Told, told
from openrenda.search.rules.text import compared

CONCEPTS = Concepts(everyday())
RARITY = Rarity()
NOWHERE = Home()
HERE = Home(street_id=2, community_id=7)
ANY_TEXT = st.text(max_size=300) | st.text("望河花园小区路灯不亮号楼2 3，。😀\x00\ud800里院", max_size=300)


def one(title: str, body: str = "") -> Told:
    return told(title, body, CONCEPTS)


def score(mine: Told, other: Told, my: Home = NOWHERE, their: Home = NOWHERE) -> float:
    return compare(mine, my, other, their, RARITY).score


# -- places ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("我家住望河花园2号楼", {"望河花园"}),
        ("电机厂家属院没有物业", {"机厂家属院"}),
        ("柳堤路从菜站到小学", {"柳堤路"}),
        ("和润家园A区", {"和润家园"}),
        ("桐花里门口的公交站", {"桐花里"}),
        ("区人民医院停车贵", {"人民医院"}),
        ("地铁林溪站B口", {"林溪站"}),
        ("建设巷9号院", {"建设巷"}),
        ("林溪街道", set()),
    ],
)
def test_a_name_is_its_ending_and_what_stands_before(text: str, names: set[str]) -> None:
    assert places_of(numbered(text)).names == names


@pytest.mark.parametrize(
    "text",
    [
        "我们小区里",
        "屋里、院里、夜里、水里",
        "这条路",
        "马路上",
        "走了一里路",
        "门口小学",
        "老旧小区",
        "补补路吧",
        "绕路",
        "",
        "2号楼",
    ],
)
def test_what_is_not_a_name(text: str) -> None:
    assert not places_of(text).names


@pytest.mark.parametrize(
    ("mine", "other", "same"),
    [
        ("望河花园电梯停了", "家在望河花园", True),
        ("望河花园电梯停了", "河湾家园电梯停了", False),
        ("望河花园电梯停了", "电梯停了", None),
        ("友爱里五号院", "友爱里5号院", True),
        ("建设巷9号院", "建设巷31号院", False),
        ("锦华路缺井盖", "走到锦华路公交站", True),
        ("锦华路缺井盖", "春晖路缺井盖", False),
        ("57路改线", "坐57路看病", True),
        ("57路改线", "12路改线", False),
        ("书院小学门口", "溪畔小学门口", False),
    ],
)
def test_do_two_texts_speak_of_the_same_place(mine: str, other: str, same: bool | None) -> None:
    mine, other = numbered(mine), numbered(other)
    assert agree(mine, places_of(mine), other, places_of(other)) is same
    assert agree(other, places_of(other), mine, places_of(mine)) is same


@pytest.mark.parametrize(
    ("spelt", "figures"),
    [("五号院", "5号院"), ("十二号楼", "12号楼"), ("二十三号楼", "23号楼"), ("十号楼", "10号楼"), ("三号", "三号")],
)
def test_house_numbers_in_characters(spelt: str, figures: str) -> None:
    assert numbered(spelt) == figures


@pytest.mark.parametrize(
    ("mine", "my", "other", "their", "ground"),
    [
        ("望河花园停电", HERE, "望河花园没电", HERE, Ground.SAME_HOME),
        ("望河花园停电", NOWHERE, "望河花园没电", HERE, Ground.SAME),
        ("望河花园停电", HERE, "望河花园没电", Home(2), Ground.SAME_NEAR),
        ("停电", HERE, "没电", HERE, Ground.HOME),
        ("停电", HERE, "没电", NOWHERE, Ground.UNKNOWN),
        ("停电", HERE, "没电", Home(2), Ground.NEAR),
        ("停电", HERE, "没电", Home(3), Ground.FAR),
        ("停电", HERE, "没电", Home(2, 8), Ground.UNKNOWN),
        ("柳堤路停电", HERE, "望河花园没电", Home(2, 8), Ground.OTHER),
        ("柳堤路停电", HERE, "渡口路没电", HERE, Ground.HOME),
        ("望河花园停电", HERE, "河湾家园没电", HERE, Ground.OTHER),
    ],
)
def test_names_first_then_records(mine: str, my: Home, other: str, their: Home, ground: Ground) -> None:
    assert ground_of(one(mine), my, one(other), their) is ground


# -- concepts ----------------------------------------------------------------------------------------------------------


def test_everyday_words_have_one_form_and_stand_once() -> None:
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["concept"] for row in rows}) == len(rows) > 100
    for row in rows:
        words = row["words"].split()
        assert words, row
        assert len(set(words)) == len(words), row
        assert compared(row["words"]) == row["words"].lower(), row


def test_other_words_for_the_same_thing() -> None:
    assert "路灯不亮" in one("一到晚上黑灯瞎火").concepts & one("请检修照明设施").concepts
    assert one("今天天气很好").concepts == frozenset()


def test_concepts_are_found_as_by_looking_for_each_word() -> None:
    text = compared("电梯坏了，App闪退，120来了，楼上太吵，化粪池外溢")
    slowly = {name for name, words in everyday().items() if any(word in text for word in words)}
    assert CONCEPTS.of(text) == slowly


# -- score -------------------------------------------------------------------------------------------------------------

LIGHTS = one("柳堤路路灯不亮", "柳堤路从菜站到小学的路灯灭了一个月，晚上接孩子只能打手电。")


def test_the_same_text_is_the_same_matter() -> None:
    assert score(LIGHTS, LIGHTS, HERE, HERE) > 0.99
    plain = one("希望多关心一下这件小事", "上次提到的情形依然如故，盼复为荷。")
    assert not plain.concepts
    assert score(plain, plain, HERE, HERE) > 0.8


def test_each_thing_counts() -> None:
    other_words = one("黑灯瞎火没法走", "柳堤路晚上伸手不见五指。")
    wrong_letters = one("柳堤路路登不亮", "柳堤路从菜站到小学的路登灭了一个月，晚上接孩子只能打首电。")
    other_place = one("锦华路路灯不亮", "锦华路从菜站到小学的路灯灭了一个月，晚上接孩子只能打手电。")
    other_matter = one("柳堤路早市缺斤短两", "买菜没有公平秤。")
    assert score(LIGHTS, other_words, HERE, HERE) > 0.5
    assert score(LIGHTS, wrong_letters, HERE, HERE) > 0.5
    assert score(LIGHTS, other_place) < 0.15
    assert score(LIGHTS, other_matter, HERE, HERE) < 0.15
    assert score(LIGHTS, other_words, HERE, HERE) > score(LIGHTS, other_words)


@given(ANY_TEXT, ANY_TEXT)
def test_any_two_texts_can_be_compared(mine: str, other: str) -> None:
    first, second = one(mine, other), one(other, mine)
    assert 0 <= score(first, second, HERE, NOWHERE) <= 1
    assert score(first, second) == pytest.approx(score(second, first), abs=0.35)  # the passage may fit better one way
    for word in same_words(first, second, CONCEPTS, RARITY):
        assert word in second.text
    assert len(lookups(first, CONCEPTS, RARITY, homes=["o/7"])) <= PAIRS + 6


@pytest.mark.parametrize("size", [10_000, 100_000])
def test_a_long_text_is_cut(size: int) -> None:
    assert len(one("路灯" * size).text) <= 1000


# -- what explains, what is looked up ----------------------------------------------------------------------------------


def test_words_in_common_are_places_passages_and_synonyms() -> None:
    other = one("黑灯瞎火的", "家住锦绣西里，只能打手电，物业不管。")
    mine = one("锦绣西里路灯不亮", "接孩子只能打手电。")
    assert same_words(mine, other, CONCEPTS, RARITY)[0] == "锦绣西里"
    assert "黑灯瞎火" in same_words(mine, other, CONCEPTS, RARITY)
    assert any("手电" in word for word in same_words(mine, other, CONCEPTS, RARITY))
    assert same_words(one("路灯"), one("电梯"), CONCEPTS, RARITY) == ()


def test_rare_pairs_are_looked_up_within_a_budget() -> None:
    rarity = Rarity({"路灯": 0.3, "不亮": 0.2, "柳堤": 0.001}, entries=100_000)
    queries = {lookup.query for lookup in lookups(one("柳堤路路灯不亮"), CONCEPTS, rarity, homes=["o/7"])}
    assert "'柳堤'" in queries
    assert "'路灯'" not in queries, "30,000 entries hold it"
    assert any(query.startswith("('o/7' | ") and "黑灯" in query for query in queries)


def test_the_rarer_the_heavier() -> None:
    rarity = Rarity({"小区": 0.3, "路灯": 0.02})
    assert rarity.weight("小区") < rarity.weight("路灯") < rarity.weight("鸽舍")
    assert rarity.weight("的鸽") == rarity.weight("鸽舍") / 2
    assert Rarity().weight("小区") == Rarity().weight("鸽舍")
