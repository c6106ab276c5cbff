"""An address may fill in a choice that the form offers, and nothing else."""

import pytest
from django import forms
from django.http import QueryDict

from openrenda.routing.prefill import prefill


class Refer(forms.Form):
    unit = forms.ChoiceField(choices=[("", "请选择"), ("部门", [("department:45", "甲"), ("department:145", "乙")])])
    category_id = forms.ChoiceField(choices=[("7", "绿化")])
    note = forms.CharField()


@pytest.mark.parametrize(
    ("asked", "initial"),
    [
        ("unit=45&category=7", {"unit": "department:45", "category_id": "7"}),
        ("unit=5", {}),
        ("unit=department:45", {}),
        ("unit=-45&category=%E4%B8%80", {}),
        ("unit=45%00&note=x", {}),
        ("unit=" + "9" * 5000, {}),
        ("", {}),
    ],
)
def test_only_what_is_offered(asked: str, initial: dict[str, str]) -> None:
    form = Refer()
    prefill(form, QueryDict(asked))
    assert form.initial == initial


def test_what_was_sent_is_kept() -> None:
    form = Refer({"unit": "department:145"})
    prefill(form, QueryDict("unit=45"))
    assert form.initial == {}
