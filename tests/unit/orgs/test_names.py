"""Names as people have them: rare characters, middle dots, readings that dictionaries get wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.kernel.pinyin import pinyin_of
from openrenda.orgs.names import BadName, clean_name


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "𠮷田",  # U+20BB7, extension B
        "㐂子",  # U+3402, extension A
        "𰀀𰀁",  # U+30000, extension G
        "𱍐",  # U+31350, extension H: newer than this Python's tables
        "买买提·艾力",
        "阿依古丽·吐尔逊",
        "葛󠄀飾",  # with an ideographic variation selector
        "John Smith",
        "李" * 60,
    ],
)
def test_a_name_stays_as_it_is(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize("dot", ["•", "‧", "・", "･", "●", "·"])
def test_all_middle_dots_become_one(dot: str) -> None:
    assert clean_name(f"买买提{dot}艾力") == "买买提·艾力"


@pytest.mark.parametrize(
    ("raw", "kept"), [(" 张三　", "张三"), ("张　三", "张三"), ("张 三", "张三"), ("Ann Lee", "Ann Lee")]
)
def test_spaces_that_only_align_are_dropped(raw: str, kept: str) -> None:
    assert clean_name(raw) == kept


@pytest.mark.parametrize(
    "name", ["", "  ", "张\n三", "张\x00三", "张\u202e三", "张\u200b三", "张\u2028三", "\ue000", "李" * 61]
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(BadName) as refused:
        clean_name(name)
    assert set(refused.value.fields) == {"name"}


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("张三", "zhangsan", "zs"),
        ("单田芳", "shantianfang", "stf"),
        ("曾国强", "zengguoqiang", "zgq"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("吕布", "lvbu", "lb"),
        ("买买提·艾力", "maimaitiaili", "mmtal"),
        ("John Smith", "john smith", "j"),
        ("曾", "ceng", "c"),  # alone it may be no family name
    ],
)
def test_people_are_found_by_pinyin_and_initials(name: str, full: str, initials: str) -> None:
    assert pinyin_of(name) == (full, initials)


def test_a_character_without_a_reading_stays_itself() -> None:
    full, initials = pinyin_of("王\U00031351")
    assert full == "wang\U00031351"
    assert initials == "w\U00031351"


@given(st.text(min_size=1, max_size=60))
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    try:
        name = clean_name(raw)
    except BadName:
        return
    assert clean_name(name) == name
    full, initials = pinyin_of(name)
    assert len(full) <= 200
    assert len(initials) <= 60
