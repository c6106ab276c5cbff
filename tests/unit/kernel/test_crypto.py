"""Sealed fields come back whole or not at all."""

import base64

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from openrenda.kernel import crypto


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_round_trip(text: str) -> None:
    sealed = crypto.seal(text)
    assert text not in sealed or len(text) < 4
    assert crypto.unseal(sealed) == text


def test_equal_texts_are_sealed_differently() -> None:
    assert crypto.seal("13800138000") != crypto.seal("13800138000")


def test_empty_stays_empty() -> None:
    assert crypto.seal("") == ""
    assert crypto.unseal("") == ""


@pytest.mark.parametrize("place", [0, 12, 28, -1])
def test_a_changed_byte_is_noticed(place: int) -> None:
    head, key_id, body = crypto.seal("13800138000").split(":")
    raw = bytearray(base64.b64decode(body))
    raw[place] ^= 1
    with pytest.raises(InvalidTag):
        crypto.unseal(f"{head}:{key_id}:{base64.b64encode(raw).decode()}")


def test_an_old_key_still_opens_what_it_closed(settings: pytest.FixtureRequest) -> None:
    old = crypto.seal("旧")
    settings.FIELD_KEYS = {**settings.FIELD_KEYS, "2": "another"}  # type: ignore[attr-defined]
    settings.FIELD_KEY_CURRENT = "2"  # type: ignore[attr-defined]
    new = crypto.seal("新")
    assert new.startswith("sm4:2:")
    assert (crypto.unseal(old), crypto.unseal(new)) == ("旧", "新")


def test_masks() -> None:
    assert crypto.mask_phone("13800001234") == "138****1234"
    assert crypto.mask_phone("65971234") == "******34"
    assert (crypto.mask_name("张三丰"), crypto.mask_name("𠮷田"), crypto.mask_name("")) == ("张**", "𠮷*", "")
