"""How values are written."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.utils import translation

from openrenda.kernel import clock
from openrenda.ui import filters

DAY = date(2025, 3, 6)


def test_dates_in_chinese() -> None:
    assert filters.cdate(DAY) == "2025年3月6日"
    assert filters.cdate_weekday(DAY) == "2025年3月6日（周四）"
    assert filters.cdate_weekday(date(2025, 3, 9)) == "2025年3月9日（周日）"
    assert filters.cdatetime(clock.at_time(DAY, 9, 5)) == "2025年3月6日 09:05"


def test_dates_in_english() -> None:
    with translation.override("en"):
        assert filters.cdate(DAY) == "6 March 2025"
        assert filters.cdate_weekday(DAY) == "Thu 6 March 2025"


def test_a_moment_is_told_in_shanghai_whatever_its_zone() -> None:
    late = datetime(2025, 3, 6, 17, 30, tzinfo=UTC)
    assert filters.cdate(late) == "2025年3月7日"
    assert filters.ctime(late) == "01:30"
    assert filters.iso(late) == "2025-03-07T01:30+08:00"


@pytest.mark.parametrize("write", [filters.cdate, filters.cdate_weekday, filters.cdatetime, filters.ctime, filters.iso])
def test_no_date_is_no_text(write: Callable[[None], str]) -> None:
    assert write(None) == ""


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (3, "等了3天"),
        (timedelta(hours=26), "等了1天"),
        (timedelta(hours=5, minutes=59), "等了5小时"),
        (timedelta(minutes=20), "不到1小时"),
        (DAY, "等了4天"),
        (None, ""),
    ],
)
def test_waiting(span: object, words: str) -> None:
    assert filters.wait(span) == words  # type: ignore[arg-type]


def test_waiting_since_a_moment() -> None:
    assert filters.wait(clock.now() - timedelta(days=2, hours=1)) == "等了2天"


def test_no_data_is_never_a_number() -> None:
    assert filters.number(None) == "暂无数据"
    assert filters.percent(None) == "暂无数据"
    assert filters.percent(0) == "0.0%"


def test_figures() -> None:
    assert filters.number(1234567) == "1,234,567"
    assert filters.number(41.25, 1) == "41.2"
    assert filters.percent(Fraction(57, 61)) == "93.4%"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("李建国", "建国"),
        ("王·阿依古丽", "王"),
        ("买买提·艾力", "买买"),
        ("Ann Lee", "AL"),
        ("", "·"),
        ("𠮷野", "𠮷野"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert filters.initials(name) == letters


def test_t_fills_named_parts_and_keeps_strange_braces_of_users() -> None:
    assert filters.t("“{move}”现在不能做", move="签收") == "“签收”现在不能做"
    assert filters.t("{who}说{what}", who="{x}", what="%(y)s") == "{x}说%(y)s"
    assert filters.t("") == ""
    assert filters.t(None) == ""


def test_a_day_among_the_parts_of_a_sentence_is_written_out() -> None:
    assert filters.t("请在{due}前评价", due="2025-06-23") == "请在2025年6月23日前评价"
    assert filters.t("请在{due}前评价", due="2025-06-33") == "请在2025-06-33前评价"
