"""Reception rules are read as stations write them."""

from datetime import date

import pytest

from openrenda.kernel.workdays import Calendar, DayKind
from openrenda.liaison.rules.reception_rule import ReceptionRule, parse

CAL = Calendar()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("每月8日 9:00-11:00", ReceptionRule("09:00", "11:00", days=(8,))),
        ("每周一 15:00-17:30", ReceptionRule("15:00", "17:30", weekdays=(0,))),
        ("每月第一个周五 15:00-16:00", ReceptionRule("15:00", "16:00", weekdays=(4,), nth=1)),
        ("每月最后一个星期三 14:30-17:00", ReceptionRule("14:30", "17:00", weekdays=(2,), nth=-1)),
        ("单月15日 9:00—11:00", ReceptionRule("09:00", "11:00", days=(15,), months=1)),
        ("每月9日、19日 8:30至11:30", ReceptionRule("08:30", "11:30", days=(9, 19))),
        ("每周二、周四", None),
        ("每月40日 9:00-11:00", None),
        ("每周一 17:00-15:00", None),
        ("随时欢迎", None),
        ("", None),
    ],
)
def test_parse(text: str, rule: ReceptionRule | None) -> None:
    assert parse(text) == rule


def test_the_structure_survives_storage() -> None:
    rule = parse("每月第一个周五 15:00-16:00")
    assert rule is not None
    assert ReceptionRule.from_json({**rule.as_json(), "days": [], "weekdays": [4]}) == rule


def test_a_day_off_moves_to_the_next_working_day() -> None:
    rule = parse("每月1日 9:00-11:00")
    assert rule is not None
    held = list(rule.dates(date(2025, 5, 1), date(2025, 5, 31), CAL))
    assert held == [(date(2025, 5, 1), date(2025, 5, 6))]  # 五一 until the 5th


def test_a_sunday_worked_instead_counts_as_working_day() -> None:
    assert CAL.kind(date(2025, 4, 27)) is DayKind.MAKEUP
    rule = parse("每月27日 9:00-11:00")
    assert rule is not None
    assert list(rule.dates(date(2025, 4, 27), date(2025, 4, 27), CAL)) == [(date(2025, 4, 27), date(2025, 4, 27))]


def test_nth_and_last_weekday() -> None:
    first, last = parse("每月第一个周五 9:00-10:00"), parse("每月最后一个周五 9:00-10:00")
    assert first is not None
    assert last is not None
    march = (date(2025, 3, 1), date(2025, 3, 31))
    assert [day.day for day, _ in first.dates(*march, CAL)] == [7]
    assert [day.day for day, _ in last.dates(*march, CAL)] == [28]


def test_odd_months_only() -> None:
    rule = parse("单月15日 9:00-11:00")
    assert rule is not None
    months = [day.month for day, _ in rule.dates(date(2025, 1, 1), date(2025, 12, 31), CAL)]
    assert months == [1, 3, 5, 7, 9, 11]
