"""A refusal of fields goes back beside the fields."""

from typing import Any

import pytest
from django import forms

from openrenda.kernel.errors import Conflict, Invalid
from openrenda.ui.forms import attempt


class Sample(forms.Form):
    title = forms.CharField()


def sent() -> Sample:
    form = Sample({"title": "x"})
    assert form.is_valid()
    return form


def refuse(**kwargs: Any) -> int:
    raise Invalid(**kwargs)


def test_what_the_action_returns_comes_back() -> None:
    assert attempt(sent(), lambda: 7) == 7


def test_sentences_stand_beside_their_fields() -> None:
    form = sent()
    assert attempt(form, refuse, fields={"title": "最多{n}字。"}, n=5) is None
    assert form.errors == {"title": ["最多5字。"]}


def test_a_field_the_form_does_not_have_is_said_at_the_top() -> None:
    form = sent()
    attempt(form, refuse, fields={"elsewhere": "不对。"})
    assert form.non_field_errors() == ["不对。"]


def test_a_refusal_without_fields_is_said_at_the_top() -> None:
    form = sent()
    attempt(form, refuse, message="太长。", remedy="请删减。")
    assert form.non_field_errors() == ["太长。 请删减。"]


def test_other_refusals_pass() -> None:
    def conflict() -> int:
        raise Conflict

    with pytest.raises(Conflict):
        attempt(sent(), conflict)
