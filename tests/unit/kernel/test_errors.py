"""A refusal has a code, a sentence with its parts filled in, and a way out."""

import pytest

from openrenda.kernel.errors import Blocked, Conflict, Invalid, NotAllowed, NotFound, OpenRendaError, WrongState
from openrenda.kernel.verdict import deny


class HandlerBusy(Conflict):
    code = "test.busy"
    message = "{unit}已有{open}件在办。"
    remedy = "请另选单位。"


def test_a_refusal_fills_in_its_parts() -> None:
    busy = HandlerBusy(unit="住建局", open=7)
    assert str(busy) == "test.busy: 住建局已有7件在办。"
    assert busy.params == {"unit": "住建局", "open": 7}
    assert busy.remedy == "请另选单位。"


def test_a_missing_part_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        HandlerBusy(unit="住建局")


def test_instances_do_not_change_their_class() -> None:
    NotFound("other.code", "没有这个。")
    assert NotFound().code == "kernel.not_found"


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotFound(), 404),
        (NotAllowed(), 403),
        (Conflict(), 409),
        (Invalid(), 422),
        (Blocked(), 409),
        (OpenRendaError(), 400),
    ],
)
def test_families_have_their_numbers(refusal: OpenRendaError, status: int) -> None:
    assert refusal.status == status
    assert refusal.message
    assert refusal.remedy


def test_a_refusal_by_verdict_says_what_the_rule_said() -> None:
    verdict = deny("test.no", "不行。", "换人办。")
    for made in (NotAllowed.by(verdict), Conflict.by(verdict), Blocked.by(verdict)):
        assert (made.code, made.message, made.remedy) == ("test.no", "不行。", "换人办。")


def test_a_verdict_without_remedy_leaves_the_family_its_own() -> None:
    assert NotAllowed.by(deny("test.no", "不行。")).remedy == NotAllowed.remedy


def test_invalid_names_fields() -> None:
    assert Invalid(fields={"text": "请写明内容。"}).fields == {"text": "请写明内容。"}
    assert WrongState(move="提交", state="办结").status == 409
