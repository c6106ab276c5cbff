"""Fields of our forms: each says by its `kind` how it is drawn, and in its own words how to mend it.

`ui/parts/fields.html` draws a form of them; a form's cleaned values are an action's keyword arguments.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_

from .filters import t

LONG_TEXT = 10_000
"""Longer texts belong into an attachment; the limit is said beside the field."""

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that stand together; `only_for` shows them only while a radio button of that name and values is on."""

    legend: str
    names: tuple[str, ...]
    hint: str = ""
    only_for: str = ""


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its bound fields."""

    legend: str
    hint: str
    only_for: str
    fields: list[forms.BoundField]


def labels(members: Iterable[Labelled], empty: str = "") -> Choices:
    """Choices in the reader's language; with `empty`, a first line that chooses nothing."""
    first = [("", t(empty))] if empty else []
    return [*first, *((str(member), t(member.label)) for member in members)]


class SectionedForm(forms.Form):
    """Subclasses name their fields as the action names its arguments."""

    required_css_class = "required"
    use_required_attribute = False  # the server's sentences say more than the browser's bubble
    sections: ClassVar[tuple[Section, ...]] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def shown(self) -> list[ShownSection]:
        """All fields in order, in their sections; without sections they are one nameless section."""
        if not self.sections:
            return [ShownSection("", "", "", list(self.visible_fields()))]
        return [
            ShownSection(
                part.legend, part.hint, part.only_for, [self[name] for name in part.names if name in self.fields]
            )
            for part in self.sections
        ]

    def values(self) -> dict[str, Any]:
        """The action's arguments."""
        return dict(self.cleaned_data)

    def need(self, name: str, message: str) -> None:
        """Field `name` may not stay empty here."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, t(message))


class Text(forms.CharField):
    """A paragraph or more."""

    kind = "textarea"

    def __init__(self, *, label: str, rows: int = 4, limit: int = LONG_TEXT, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, max_length=limit, widget=widget, **options)
        self.error_messages["required"] = N_("请填写这一项。")
        self.error_messages["max_length"] = _(
            "最多%(limit_value)d个字，您写了%(show_value)d个字。长材料请作为附件上传。"
        )


class Line(forms.CharField):
    """One line."""

    kind = "text"

    def __init__(self, *, label: str, limit: int = 200, **options: Any) -> None:
        super().__init__(label=label, max_length=limit, **options)
        self.error_messages["required"] = N_("请填写这一项。")
        self.error_messages["max_length"] = _("最多%(limit_value)d个字，您写了%(show_value)d个字，请写短一些。")


class Day(forms.DateField):
    """A calendar day, picked or typed."""

    kind = "date"

    def __init__(self, *, label: str, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        formats = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d"]
        super().__init__(label=label, widget=widget, input_formats=formats, **options)
        self.error_messages["required"] = N_("请选择日期。")
        self.error_messages["invalid"] = N_("请按 2025-03-06 的样子填写日期。")


class One(forms.ChoiceField):
    """One of a few, as radio buttons."""

    kind = "radio"

    def __init__(self, *, label: str, of: Iterable[Labelled] = (), **options: Any) -> None:
        members = tuple(of)
        options.setdefault("widget", forms.RadioSelect)
        super().__init__(label=label, choices=lambda: labels(members), **options)
        self.error_messages["required"] = N_("请选择一项。")
        self.error_messages["invalid_choice"] = N_("请从所列各项中选择。")


class Pick(forms.TypedChoiceField):
    """One of many by id, as a drop-down; empty means None."""

    kind = "select"

    def __init__(self, *, label: str, empty: str = N_("请选择"), **options: Any) -> None:
        self.empty_label = empty
        super().__init__(label=label, coerce=int, empty_value=None, **options)
        self.error_messages["required"] = N_("请选择一项。")
        self.error_messages["invalid_choice"] = N_("请从所列各项中选择。")

    def offer(self, rows: Iterable[tuple[int, str]]) -> None:
        """What may be chosen."""
        self.choices = [("", t(self.empty_label)), *rows]


class PickSome(forms.TypedMultipleChoiceField):
    """Several of many by id, as check boxes."""

    kind = "checkboxes"

    def __init__(self, *, label: str, **options: Any) -> None:
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(label=label, coerce=int, **options)
        self.error_messages["required"] = N_("请至少选择一项。")
        self.error_messages["invalid_choice"] = N_("请从所列各项中选择。")


class Yes(forms.BooleanField):
    """A box to tick."""

    kind = "checkbox"

    def __init__(self, *, label: str, required: bool = False, **options: Any) -> None:
        super().__init__(label=label, required=required, **options)
        self.error_messages["required"] = N_("请先勾选确认。")
