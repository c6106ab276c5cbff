"""Fields that several forms share: long texts, choices from the database, photos."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.kernel.enums import Labelled
from openrenda.ui.filters import t

Choice = tuple[Any, Any]


def labelled(enum: type[Labelled], *, without: Iterable[Labelled] = ()) -> Callable[[], list[Choice]]:
    """The members of an enumeration as choices, in the reader's language when the form is shown."""
    left_out = set(without)
    return lambda: [(member.value, t(member.label)) for member in enum if member not in left_out]


def whole_number(raw: str) -> int | None:
    """A choice's id; an empty choice is None. Only ids that were offered come this far."""
    return int(raw) if raw else None


class IdChoice(forms.TypedChoiceField):
    """One row of a list that the form was given: `form.fields["unit"].offer(choices)`."""

    def __init__(self, **kwargs: Any) -> None:
        self.prompt: str = kwargs.pop("prompt", _("请选择"))
        super().__init__(coerce=whole_number, empty_value=None, **kwargs)

    def offer(self, choices: Sequence[Choice]) -> None:
        """The rows to choose from, flat or in groups."""
        self.choices = [("", str(self.prompt)), *choices]


class IdsChoice(forms.TypedMultipleChoiceField):
    """Several rows of a list, as check boxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, widget=forms.CheckboxSelectMultiple, **kwargs)
