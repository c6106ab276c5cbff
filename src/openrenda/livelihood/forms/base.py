"""What all forms of the slice share: a form's cleaned values are an action's keyword arguments."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.ui.fields import (
    Choices,
    Day,
    Line,
    One,
    Pick,
    PickSome,
    Section,
    SectionedForm,
    Text,
    Yes,
    labels,
)
from openrenda.ui.inputs import PhotosField

__all__ = [
    "ActForm",
    "Ask",
    "Choices",
    "Day",
    "Line",
    "Money",
    "Month",
    "One",
    "Photos",
    "Pick",
    "PickSome",
    "Plain",
    "Section",
    "Text",
    "Whole",
    "Yes",
    "labels",
]

_MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Ask:
    """What a form is asked about: the page it stands on, the part of it that the act is about, and who acts."""

    page: Any
    part: Any
    actor: Actor


class ActForm(SectionedForm):
    """A form of an act: it may look at what it is about."""

    def __init__(self, *args: Any, ask: Ask | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if ask is not None:
            self.prepare(ask)

    def prepare(self, ask: Ask) -> None:
        """Subclasses set what may be chosen and what is filled in already."""


class Plain(ActForm):
    """Nothing is asked: the page says what will happen, the button does it."""


class Money(forms.DecimalField):
    """A sum in 万元."""

    kind = "text"

    def __init__(self, *, label: str, required: bool = False, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        limits = {"min_value": Decimal(0), "max_digits": 12, "decimal_places": 2}
        super().__init__(label=label, required=required, widget=widget, **{**limits, **options})
        self.error_messages["required"] = N_("请填写金额。")
        self.error_messages["invalid"] = N_("请只写数字，单位是万元，例如 1250 或者 1250.5。")
        for validator in self.validators:
            validator.message = _("请写零到99亿元之间的金额，单位是万元，最多两位小数。")  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs inherit from integers
        given = value.replace(",", "").replace("，", "") if isinstance(value, str) else value
        return super().to_python(given)


class Whole(forms.IntegerField):
    """A whole number between two bounds."""

    kind = "number"

    def __init__(self, *, label: str, least: int = 0, most: int = 100, **options: Any) -> None:
        super().__init__(label=label, min_value=least, max_value=most, **options)
        said = _("请填写 %(least)d 到 %(most)d 之间的整数。") % {"least": least, "most": most}
        for code in ("required", "invalid", "min_value", "max_value"):
            self.error_messages[code] = said
        for validator in self.validators:
            validator.message = said  # type: ignore[attr-defined]


class Month(forms.CharField):
    """2025-03."""

    kind = "text"

    def __init__(self, *, label: str, **options: Any) -> None:
        super().__init__(label=label, max_length=7, **options)
        self.error_messages["required"] = N_("请填写月份。")

    def clean(self, value: Any) -> str:
        given: str = super().clean(value)
        if given and not _MONTH.fullmatch(given):
            raise forms.ValidationError(_("请按 2025-03 的样子填写月份。"))
        return given


class Photos(PhotosField):
    """Pictures of the works, drawn as a file field."""

    kind = "files"
