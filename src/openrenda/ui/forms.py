"""Where a form meets an action: a refusal of fields goes back beside the fields."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django import forms

from openrenda.kernel.errors import Invalid

from .filters import t

P = ParamSpec("P")
R = TypeVar("R")


def attempt(form: forms.BaseForm, action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
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
