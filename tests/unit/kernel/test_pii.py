"""Personal numbers are found in the ways people write them, and other numbers are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.kernel import pii
from openrenda.kernel.pii import PiiKind

FOUND = [
    ("身份证410102198001011234。", PiiKind.ID_CARD, "410102198001011234"),
    ("身份证11010119900307803X", PiiKind.ID_CARD, "11010119900307803X"),
    ("身份证11010119900307803x，", PiiKind.ID_CARD, "11010119900307803x"),
    ("编造的990102196711053411也算", PiiKind.ID_CARD, "990102196711053411"),
    ("４１０１０２１９８００１０１１２３４", PiiKind.ID_CARD, "４１０１０２１９８００１０１１２３４"),
    ("410102 19800101 1234", PiiKind.ID_CARD, "410102 19800101 1234"),
    ("老证410102800101123", PiiKind.ID_CARD, "410102800101123"),
    ("电话13800138000", PiiKind.PHONE, "13800138000"),
    ("请拨138 0013 8000找我", PiiKind.PHONE, "138 0013 8000"),
    ("138-0013-8000", PiiKind.PHONE, "138-0013-8000"),
    ("+86 13800138000", PiiKind.PHONE, "+86 13800138000"),
    ("008613800138000", PiiKind.PHONE, "008613800138000"),
    ("+8613800138000", PiiKind.PHONE, "+8613800138000"),
    ("１３８００１３８０００", PiiKind.PHONE, "１３８００１３８０００"),
    ("0371-65971234", PiiKind.LANDLINE, "0371-65971234"),
    ("（0371）65971234", PiiKind.LANDLINE, "（0371）65971234"),
    ("豫A12345占道", PiiKind.PLATE, "豫A12345"),
    ("车牌豫A·1B2C3，", PiiKind.PLATE, "豫A·1B2C3"),
    ("新能源豫AD12345", PiiKind.PLATE, "豫AD12345"),
    ("豫ＡＤ１２３４５", PiiKind.PLATE, "豫ＡＤ１２３４５"),
    ("豫a12345", PiiKind.PLATE, "豫a12345"),
    ("教练车豫A1234学", PiiKind.PLATE, "豫A1234学"),
    ("卡号6222021234567890128", PiiKind.BANK_CARD, "6222021234567890128"),
    ("4111 1111 1111 1111", PiiKind.BANK_CARD, "4111 1111 1111 1111"),
]


@pytest.mark.parametrize(("text", "kind", "what"), FOUND)
def test_it_is_found(text: str, kind: PiiKind, what: str) -> None:
    assert [(f.kind, f.text) for f in pii.find(text)] == [(kind, what)]
    assert what not in pii.mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "订单号202503061234",  # twelve digits
        "订单138001380001",  # twelve, beginning like a phone
        "流水号202502180012345678",  # eighteen, beginning with a year
        "预算1234567.89元",
        "2020年至2025年",
        "共12345678元",
        "第001号建议",
        "12345热线",
        "110、119、120",
        "4111 1111 1111 1112",  # Luhn fails
        "10086",
        "YJ2025-S01-000127",
        "豫A大道",
        "贵APPSTORE",
        "邮编450000",
        "2025-03-06 09:30",
        "",
    ],
)
def test_it_is_left_alone(text: str) -> None:
    assert pii.find(text) == []
    assert pii.mask(text) == text


def test_several_in_one_text_in_order() -> None:
    text = "我叫张三，13800138000，身份证410102198001011234，车豫A12345。"
    assert [f.kind for f in pii.find(text)] == [PiiKind.PHONE, PiiKind.ID_CARD, PiiKind.PLATE]
    assert pii.mask(text) == "我叫张三，138******00，身份证4101**************，车豫A*****。"


def test_an_id_number_is_not_also_a_phone_or_card() -> None:
    assert [f.kind for f in pii.find("410102198001011234")] == [PiiKind.ID_CARD]


@given(st.text(alphabet="0123456789０１３８xX- +豫A·卡号，元", max_size=60))
def test_masking_twice_is_masking_once(text: str) -> None:
    once = pii.mask(text)
    assert pii.find(once) == []
    assert pii.mask(once) == once
    assert len(once) == len(text)


@given(st.text(max_size=80))
def test_findings_point_at_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for finding in pii.find(text):
        assert finding.start >= end
        assert text[finding.start : finding.end] == finding.text
        end = finding.end
