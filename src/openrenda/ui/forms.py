"""Where a form meets an action: a refusal of fields goes back beside the fields."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django import forms
from django.forms.boundfield import BoundField

from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_

from .filters import t

# What Django's "This field is required." means here: how to mend it, by kind of field, first match counts.
MENDING: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.BooleanField, N_("请勾选这一项，再提交。")),
    (forms.ChoiceField, N_("请选择一项。")),
    (forms.FileField, N_("请选择文件。")),
    (forms.DateField, N_("请选择日期。")),
    (forms.Field, N_("请填写这一项。")),
)
P = ParamSpec("P")
R = TypeVar("R")


def attempt(form: forms.BaseForm, action: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R | None:
    """Run `action`; if it raises Invalid, its sentences stand beside the form's fields and the answer is None.

    The action must return something other than None. Typical view::

        if not form.is_valid() or (done := attempt(form, actions.submit, actor=request.actor, **form.values())) is None:
            return page(request, TEMPLATE, {"form": form}, status=422)
    """
    try:
        return action(*args, **kwargs)
    except Invalid as refusal:
        for name, message in refusal.fields.items():
            form.add_error(name if name in form.fields else None, t(message, **refusal.params))
        if not refusal.fields:
            form.add_error(None, " ".join((t(refusal.message, **refusal.params), t(refusal.remedy, **refusal.params))))
        return None


def sentences(field: BoundField) -> list[str]:
    """What is wrong with a field, each saying how to mend it."""
    said: list[str] = []
    for error in field.errors.as_data():
        if error.code == "required" and error.message is forms.Field.default_error_messages["required"]:
            said.append(t(next(words for kind, words in MENDING if isinstance(field.field, kind))))
        else:
            said.extend(t(message) for message in error.messages)
    return said
