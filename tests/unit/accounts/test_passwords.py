"""What a password must be."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.accounts.http import local_path
from openrenda.accounts.passwords import PasswordRules, classes_in, faults, one_time_password
from openrenda.accounts.selectors import fold_login

RULES = PasswordRules(length=10, classes=3)


@pytest.mark.parametrize(
    ("password", "classes"), [("abc", 1), ("Abc", 2), ("Abc1", 3), ("Abc1-", 4), ("密码", 1), ("密码a", 2), ("", 0)]
)
def test_classes_are_counted(password: Any, classes: Any) -> None:
    assert classes_in(password) == classes


def test_a_one_time_password_is_good_by_the_strictest_rules_and_never_the_same() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert faults(password, rules=PasswordRules(length=12, classes=4), login="zhang", names=("zhangsan",)) == []
        assert not set(password) & set("0O1lIi o")


@pytest.mark.parametrize("password", ["ZHANGSAN-2025", "ｚｈａｎｇｓａｎ-A1", "my-Shen.Ruolan-9"])
def test_the_name_is_found_in_any_dress(password: Any) -> None:
    assert faults(password, rules=RULES, login="shen.ruolan", names=("zhangsan",))


def test_a_common_password_is_refused_even_when_long() -> None:
    assert any("太常见" in text for text in faults("qwertyuiop", rules=PasswordRules(8, 1), login="a"))


def test_all_faults_are_told_at_once() -> None:
    assert len(faults("password", rules=RULES, login="x")) == 3


@given(st.text(max_size=200))
def test_no_text_breaks_the_check(text: Any) -> None:
    assert isinstance(faults(text, rules=RULES, login="someone", names=("a",)), list)


@given(st.text(max_size=60))
def test_no_address_leads_elsewhere(raw: Any) -> None:
    path = local_path(raw)
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))


@pytest.mark.parametrize(("raw", "kept"), [(" Ｓhen@X ", "shen@x"), ("SHEN", "shen"), ("", "")])
def test_login_names_are_folded(raw: Any, kept: Any) -> None:
    assert fold_login(raw) == kept
