"""What offices write in the cells of a register, and what is assumed where it is silent."""

from datetime import date, datetime

import pytest

from openrenda.kernel import clock
from openrenda.kernel.workdays import Calendar
from openrenda.orgs.states import SessionPeriod
from openrenda.suggestions.rules import register_cells as r
from openrenda.suggestions.rules import register_days as days
from openrenda.suggestions.states import ContactWay, Publicity, Rating, ReplyClass

CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("text", "number", "own"),
    [
        ("41", 41, False),
        ("041", 41, False),
        ("第041号", 41, False),
        ("４１", 41, False),
        ("41.0", 41, False),
        ("第41号建议", 41, False),
        ("JY-16-5-041", 41, False),
        ("B005", 5, True),
        ("b5", 5, True),
        ("闭会第5号", 5, True),
        ("闭5", 5, True),
        ("JY-16-5-B005", 5, True),
    ],
)
def test_numbers(text: str, number: int, own: bool) -> None:
    assert r.serial(text) == (number, own)


@pytest.mark.parametrize("text", ["", "四十一", "0", "5000000", "41-42", "A12"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(r.BadText):
        r.serial(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("A", ReplyClass.A),
        ("a类", ReplyClass.A),
        ("A1", ReplyClass.A),
        ("（B）", ReplyClass.B),
        ("B：正在解决", ReplyClass.B),
        ("类别C", ReplyClass.C),
        ("已解决或基本解决", ReplyClass.A),
        ("列入计划", ReplyClass.B),
        ("留作参考", ReplyClass.D),
        ("", None),
    ],
)
def test_classes(text: str, meant: ReplyClass | None) -> None:
    assert r.reply_class(text) == meant


@pytest.mark.parametrize("text", ["E", "AB", "解决了吗", "BAD"])
def test_what_is_no_class(text: str) -> None:
    with pytest.raises(r.BadText):
        r.reply_class(text)


@pytest.mark.parametrize(
    ("words", "text", "meant"),
    [
        (r.RATINGS, "非常满意", Rating.GOOD),
        (r.RATINGS, "基本 满意", Rating.FAIR),
        (r.WAYS, "上门走访", ContactWay.MEETING),
        (r.WAYS, "电话沟通", ContactWay.PHONE),
        (r.PERIODS, "人代会期间", SessionPeriod.IN_SESSION),
        (r.EXTENDED, "6个月", True),
        (r.OPENNESS, "主动公开", Publicity.FULL),
        (r.OPENNESS, "否", Publicity.NO),
        (r.YES_NO, "√", True),
        (r.YES_NO, "", None),
    ],
)
def test_words(words: r.Words[object], text: str, meant: object) -> None:
    assert r.word(words, text) == meant


def test_an_unknown_word_is_refused_with_those_to_use() -> None:
    with pytest.raises(r.BadText) as caught:
        r.word(r.RATINGS, "凑合")
    assert caught.value.params == {"value": "凑合", "choices": "满意、基本满意、不满意"}


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-11 由B29退办:职能属B04,2025-03-13改交B04",
        "2025年3月11日由B29退办：职能属B04，2025年3月13日改交B04",
        "2025/3/11由B29退办:职能属B04;2025.3.13 改交B04",
    ],
)
def test_returns(text: str) -> None:
    assert r.returned(text) == r.ReturnCell(date(2025, 3, 11), "B29", "职能属B04", date(2025, 3, 13), "B04")


@pytest.mark.parametrize("text", ["退给城管局", "2025-02-30由B29退办:不属,2025-03-13改交B04"])
def test_what_is_no_return(text: str) -> None:
    with pytest.raises(r.BadText):
        r.returned(text)


def test_second_rounds() -> None:
    assert r.rehandled("2025-07-15重新答复|改为基本满意|补做") == r.RehandleCell(date(2025, 7, 15), Rating.FAIR, "补做")
    assert r.rehandled("2025年7月15日重新答复，改为满意") == r.RehandleCell(date(2025, 7, 15), Rating.GOOD, "")
    assert r.rehandled(" ") is None


@pytest.mark.parametrize(
    "text", ["十六届五次", "第十六届人民代表大会第五次会议", "16-5", "16届5次", "区十六届人大五次会议"]
)
def test_sessions(text: str) -> None:
    assert r.session_numbers(text) == (16, 5)


@pytest.mark.parametrize(
    ("text", "secret"),
    [("【机密】附件", True), ("秘密★5年", True), ("密级：秘密", True), ("保密工作", False), ("密集的秘密花园", False)],
)
def test_secrets(text: str, secret: bool) -> None:
    assert r.looks_secret(text) is secret


def at(day: date, hour: int) -> datetime:
    return clock.at_time(day, hour)


def test_a_unit_signed_on_the_day_of_assignment_if_it_did_anything_later() -> None:
    assigned = date(2025, 3, 5)
    assert days.signings(assigned, None, None, went_on=True).at == at(assigned, 16)
    assert days.signings(assigned, None, None, went_on=False).at is None
    assert days.signings(assigned, date(2025, 3, 7), None, went_on=False).at == at(date(2025, 3, 7), 16)


def test_after_a_return_the_second_unit_signs_on_the_day_it_gets_it() -> None:
    assigned, between = date(2025, 3, 5), (date(2025, 3, 11), date(2025, 3, 13))
    before = days.signings(assigned, date(2025, 3, 7), between, went_on=True)
    assert (before.before_return, before.at) == (at(date(2025, 3, 7), 16), at(date(2025, 3, 13), 16))
    after = days.signings(assigned, date(2025, 3, 14), between, went_on=True)
    assert (after.before_return, after.at) == (None, at(date(2025, 3, 14), 16))


def test_it_was_accepted_before_it_was_assigned() -> None:
    assert days.accepted_at(CALENDAR, date(2025, 2, 18), date(2025, 3, 5)) == at(date(2025, 2, 19), 10)
    assert days.accepted_at(CALENDAR, date(2025, 3, 5), date(2025, 3, 5)) == at(date(2025, 3, 5), 9)
    assert days.accepted_at(CALENDAR, date(2025, 2, 18), None) == at(date(2025, 2, 19), 10)


def test_an_extension_was_asked_for_before_the_first_deadline() -> None:
    asked = days.extension_asked_at(CALENDAR, date(2025, 3, 5))
    assert asked.date() < date(2025, 6, 5)
    assert asked < days.extension_granted_at(CALENDAR, asked)
